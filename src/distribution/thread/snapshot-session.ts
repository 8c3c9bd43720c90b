import type { Readable } from 'node:stream'
import type { MessagePort } from 'node:worker_threads'
import type { DownloadSnapshot, DownloadSnapshots, SentFile } from '../making/download-snapshots.js'
import { Credits } from './credits.js'
import { failureOf, noteOf, type SnapshotMessage, type SnapshotReport } from './messages.js'
import { Pace } from './pace.js'

/** Pieces that may be under way: enough that neither thread waits for the other. */
const piecesUnderWay = 4
const pieceBytes = 262_144

/** Opens a snapshot for another thread and does what that thread asks for on the port, until it closes the snapshot. */
export async function openSession(
  port: MessagePort,
  snapshots: DownloadSnapshots,
  isBusy: () => boolean,
): Promise<void> {
  const tell = (report: SnapshotReport): void => {
    port.postMessage(report)
  }
  try {
    const session = new SnapshotSession(port, await snapshots.open(), new Pace(isBusy))
    port.on('message', (message: SnapshotMessage) => {
      session.hear(message)
    })
    tell({ kind: 'opened' })
  } catch (error) {
    tell({ kind: 'closed', failure: noteOf(error) })
    port.close()
  }
}

class SnapshotSession {
  private readonly credits = new Credits(piecesUnderWay)
  private closing = false

  constructor(
    private readonly port: MessagePort,
    private readonly snapshot: DownloadSnapshot,
    private readonly pace: Pace,
  ) {}

  hear(message: SnapshotMessage): void {
    switch (message.kind) {
      case 'rows':
        this.answer(message.call, this.snapshot.rows(message.text, message.values))
        return
      case 'measure':
        this.answer(message.call, this.snapshot.measure(message.recipe))
        return
      case 'send':
        this.answer(message.call, this.send(message.recipe, message.delivery))
        return
      case 'more':
        this.credits.give()
        return
      case 'close':
        this.close(message.reason === undefined ? undefined : failureOf(message.reason))
        return
    }
  }

  private tell(report: SnapshotReport, ...transfer: ArrayBuffer[]): void {
    this.port.postMessage(report, transfer)
  }

  private answer(call: number, value: Promise<unknown>): void {
    value.then(
      (settled) => {
        this.tell({ kind: 'answer', call, value: settled })
      },
      (error: unknown) => {
        this.tell({ kind: 'failed', call, failure: noteOf(error) })
      },
    )
  }

  private async send(...what: Parameters<DownloadSnapshot['send']>): Promise<undefined> {
    const sent = await this.snapshot.send(...what)
    this.pass(sent).then(
      () => {
        this.tell({ kind: 'ended', length: sent.length() })
      },
      (error: unknown) => {
        if (!this.closing) this.tell({ kind: 'broken', failure: noteOf(error) })
      },
    )
    return undefined
  }

  private async pass({ stream }: SentFile): Promise<void> {
    let first = true
    for await (const piece of gathered(stream, () => (first ? 0 : pieceBytes))) {
      first = false
      await this.credits.take()
      this.tell({ kind: 'bytes', bytes: piece }, piece.buffer)
      await this.pace.rest()
    }
  }

  private close(reason: Error | undefined): void {
    this.closing = true
    this.credits.end(reason ?? new Error('Nobody reads the file any more.'))
    this.snapshot.close(reason).then(
      () => {
        this.tell({ kind: 'closed', failure: undefined })
        this.port.close()
      },
      (error: unknown) => {
        this.tell({ kind: 'closed', failure: noteOf(error) })
        this.port.close()
      },
    )
  }
}

/** The bytes of a stream in pieces of at least so many bytes, each in memory of its own, which can be given away. */
async function* gathered(stream: Readable, least: () => number): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunks: Buffer[] = []
  let size = 0
  const piece = (): Uint8Array<ArrayBuffer> => {
    const bytes = new Uint8Array(size)
    let at = 0
    for (const chunk of chunks) {
      bytes.set(chunk, at)
      at += chunk.length
    }
    chunks = []
    size = 0
    return bytes
  }
  for await (const chunk of stream) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('A file comes as bytes.')
    chunks.push(chunk)
    size += chunk.length
    if (size > 0 && size >= least()) yield piece()
  }
  if (size > 0) yield piece()
}
