import { pipeline, Readable } from 'node:stream'
import { SnapshotPool, copyFailure, type Snapshot, type SnapshotPoolOptions } from '../copy/snapshot.js'
import { sliced } from './byte-range.js'
import { compressor } from './content-coding.js'
import type { Delivery, DownloadSnapshot, DownloadSnapshots, SentFile } from './download-snapshots.js'
import type { FileRecipe } from './file-recipe.js'
import { makeFile, type MadeFile } from './make-file.js'

/** Makes files in the thread that asks for them. */
export class LocalSnapshots implements DownloadSnapshots {
  private readonly pool: SnapshotPool

  constructor(options: SnapshotPoolOptions) {
    this.pool = new SnapshotPool(options)
  }

  async open(): Promise<DownloadSnapshot> {
    return new LocalSnapshot(await this.pool.open())
  }

  dispose(): Promise<void> {
    return this.pool.dispose()
  }
}

class LocalSnapshot implements DownloadSnapshot {
  constructor(private readonly snapshot: Snapshot) {}

  rows(text: string, values: readonly unknown[]): Promise<readonly unknown[]> {
    return this.snapshot.rows(text, values)
  }

  async send(recipe: FileRecipe, { range, coding }: Delivery): Promise<SentFile> {
    const made = await this.begun(recipe)
    const length = (): number => made.length()
    if (range !== undefined) {
      return { stream: Readable.from(sliced(made.stream, range), { objectMode: false }), length }
    }
    if (coding === undefined) return { stream: made.stream, length }
    // What fails in between ends the compressor with the same error, which its reader sees.
    return { stream: pipeline(made.stream, compressor(coding), () => undefined), length }
  }

  async measure(recipe: FileRecipe): Promise<number> {
    const made = await this.begun(recipe)
    for await (const chunk of made.stream) {
      if (!Buffer.isBuffer(chunk)) throw new TypeError('A file comes as bytes.')
    }
    return made.length()
  }

  close(reason?: Error): Promise<void> {
    return this.snapshot.close(reason)
  }

  private async begun(recipe: FileRecipe): Promise<MadeFile> {
    const made = await makeFile(this.snapshot, recipe)
    try {
      await made.copy.begun
    } catch (error) {
      throw copyFailure(error)
    }
    return made
  }
}
