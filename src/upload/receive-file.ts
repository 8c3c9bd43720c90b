import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** A body that was received whole, in a file that whoever asked for it removes. */
export interface ReceivedFile {
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** The body is larger than it may be. */
export class TooLarge extends Error {
  constructor(readonly mostBytes: number) {
    super(`The file is larger than ${Math.floor(mostBytes / 1024 / 1024)} MB.`)
    this.name = 'TooLarge'
  }
}

/** Marks a file that is not whole yet; such files are of no use after the process has ended. */
export const partEnding = '.part'

/** Streams a body into a new file of the folder. Throws TooLarge, or what broke the body off; the file is then gone. */
export async function receiveFile(body: Readable, folder: string, mostBytes: number): Promise<ReceivedFile> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${randomUUID()}${partEnding}`)
  const hash = createHash('sha256')
  let bytes = 0
  async function* counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of chunks) {
      bytes += chunk.length
      if (bytes > mostBytes) throw new TooLarge(mostBytes)
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    // The body's stream itself is left open when it is refused: the answer goes over its connection.
    const chunks: AsyncIterable<Uint8Array> = body.iterator({ destroyOnReturn: false })
    await pipeline(counted(chunks), createWriteStream(path, { mode: 0o600, flags: 'wx' }))
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  return { path, bytes, sha256: hash.digest('hex') }
}
