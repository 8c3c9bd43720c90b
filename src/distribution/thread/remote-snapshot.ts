import { Readable } from 'node:stream'
import type { MessagePort } from 'node:worker_threads'
import { z } from 'zod'
import type { Delivery, DownloadSnapshot, SentFile } from '../making/download-snapshots.js'
import type { FileRecipe } from '../making/file-recipe.js'
import { failureOf, noteOf, type SnapshotMessage, type SnapshotReport } from './messages.js'

const rowsSchema = z.array(z.unknown())

/** A snapshot in the thread that makes files. */
export class RemoteSnapshot implements DownloadSnapshot {
  private readonly opened = Promise.withResolvers<undefined>()
  private readonly closed = Promise.withResolvers<undefined>()
  private readonly calls = new Map<number, PromiseWithResolvers<unknown>>()
  private lastCall = 0
  private file: ArrivingFile | undefined
  private isClosing = false
  private isClosed = false

  private constructor(private readonly port: MessagePort) {
    // Each is waited for only by who needs it.
    this.opened.promise.catch(() => undefined)
    this.closed.promise.catch(() => undefined)
    port.on('message', (report: SnapshotReport) => {
      this.hear(report)
    })
    port.on('close', () => {
      this.lose()
    })
  }

  /** Settles when the thread has opened it. */
  static async open(port: MessagePort): Promise<RemoteSnapshot> {
    const snapshot = new RemoteSnapshot(port)
    await snapshot.opened.promise
    return snapshot
  }

  async rows(text: string, values: readonly unknown[]): Promise<readonly unknown[]> {
    return rowsSchema.parse(await this.call((call) => ({ kind: 'rows', call, text, values })))
  }

  async measure(recipe: FileRecipe): Promise<number> {
    return z.number().parse(await this.call((call) => ({ kind: 'measure', call, recipe })))
  }

  async send(recipe: FileRecipe, delivery: Delivery): Promise<SentFile> {
    const file = new ArrivingFile(() => {
      this.tell({ kind: 'more' })
    })
    // Its bytes may be there before the answer.
    this.file = file
    await this.call((call) => ({ kind: 'send', call, recipe, delivery }))
    return { stream: file, length: () => file.length }
  }

  close(reason?: Error): Promise<void> {
    if (!this.isClosing) {
      this.isClosing = true
      this.file?.giveUp(reason)
      this.tell({ kind: 'close', reason: reason === undefined ? undefined : noteOf(reason) })
    }
    return this.closed.promise
  }

  private tell(message: SnapshotMessage): void {
    if (!this.isClosed) this.port.postMessage(message)
  }

  private call(message: (call: number) => SnapshotMessage): Promise<unknown> {
    const answer = Promise.withResolvers<unknown>()
    if (this.isClosed) return Promise.reject(threadEnded())
    this.lastCall += 1
    this.calls.set(this.lastCall, answer)
    this.tell(message(this.lastCall))
    return answer.promise
  }

  private hear(report: SnapshotReport): void {
    switch (report.kind) {
      case 'opened':
        this.opened.resolve(undefined)
        return
      case 'answer':
        this.take(report.call)?.resolve(report.value)
        return
      case 'failed':
        this.take(report.call)?.reject(failureOf(report.failure))
        return
      case 'bytes':
        this.file?.arrive(report.bytes)
        return
      case 'ended':
        this.file?.end(report.length)
        return
      case 'broken':
        this.file?.destroy(failureOf(report.failure))
        return
      case 'closed':
        this.isClosed = true
        if (report.failure === undefined) {
          this.closed.resolve(undefined)
        } else {
          this.opened.reject(failureOf(report.failure))
          this.closed.reject(failureOf(report.failure))
        }
        return
    }
  }

  private take(call: number): PromiseWithResolvers<unknown> | undefined {
    const found = this.calls.get(call)
    this.calls.delete(call)
    return found
  }

  /** The port closes after `closed` was said, or because the thread is no more. */
  private lose(): void {
    this.isClosed = true
    const failure = threadEnded()
    this.opened.reject(failure)
    for (const call of this.calls.values()) call.reject(failure)
    this.calls.clear()
    this.file?.giveUp(failure)
    // With the thread its connections have ended, so there is nothing left to close.
    this.closed.resolve(undefined)
  }
}

function threadEnded(): Error {
  return new Error('The thread that makes files has ended.')
}

/** A file whose bytes come from the thread. What of it is not read is not asked for. */
class ArrivingFile extends Readable {
  length = 0
  private owed = 0
  private whole = false

  constructor(private readonly askForMore: () => void) {
    super({ highWaterMark: 524_288 })
    // Who reads it is told; before that nobody may be there.
    this.on('error', () => undefined)
  }

  arrive(bytes: Uint8Array): void {
    if (this.destroyed) return
    if (this.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))) this.askForMore()
    else this.owed += 1
  }

  end(length: number): void {
    this.length = length
    this.whole = true
    this.push(null)
  }

  /** Destroys it unless all of it has come. */
  giveUp(reason: Error | undefined): void {
    if (!this.whole) this.destroy(reason)
  }

  override _read(): void {
    const { owed } = this
    this.owed = 0
    for (let piece = 0; piece < owed; piece += 1) this.askForMore()
  }
}
