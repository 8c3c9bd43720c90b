import { Readable } from 'node:stream'
import type { Connection, Submittable } from 'pg'

/** Turns the rows of a COPY into the bytes of a file. */
export interface RowEncoder {
  /** The bytes before the first row. */
  begin(): Buffer
  /** One CopyData message: a row, as Postgres wrote it. The bytes before its end are the encoder's. */
  row(source: Buffer, start: number, end: number): void
  /** The bytes of the rows so far that were not taken yet. */
  take(): readonly Buffer[]
  /** What follows the last row; called once, when Postgres has said that all rows were sent. */
  end(): Buffer
}

type BytesListener = (bytes: Buffer) => void

const messageCode = { copyData: 0x64, copyDone: 0x63, error: 0x45 } as const
const headBytes = 5

/**
 * `COPY … TO STDOUT` as a stream of what the encoder makes of its rows. Postgres sends no faster than this is read: while
 * the reader is slow, the socket to Postgres is not read. It ends only after CopyDone, so a stream that ends is whole; one that
 * is destroyed before takes its connection with it.
 *
 * pg hands every message to JavaScript as an object, which at a million rows costs more than the rows. So the socket's bytes
 * are read here from the moment the query is sent until the copy is done.
 */
export class CopyOut extends Readable implements Submittable {
  private connection: Connection | undefined
  private listener: BytesListener | undefined
  private rest: Buffer[] = []
  private restBytes = 0
  private wanted = headBytes
  private ready = true
  private finished = false
  private sentAll = false
  private pushed = 0
  private hasBegun = false
  private readonly start = Promise.withResolvers<undefined>()
  private readonly onReadable = (): void => {
    this.forward()
  }

  constructor(
    private readonly text: string,
    private readonly encoder: RowEncoder,
  ) {
    super({ highWaterMark: 262_144 })
    this.send([encoder.begin()])
    // Who waits for the start is told by `begun`, who reads by the stream; neither may be there.
    this.start.promise.catch(() => undefined)
    this.on('error', () => undefined)
  }

  /** Settles when the first row is there, or that there is none: until then a statement can turn out to be wrong. */
  get begun(): Promise<undefined> {
    return this.start.promise
  }

  /** How many bytes the stream has had so far. */
  get bytes(): number {
    return this.pushed
  }

  /** Whether Postgres has sent all rows. */
  get whole(): boolean {
    return this.sentAll
  }

  /** Called by pg when it is this query's turn on the connection. */
  submit(connection: Connection): void {
    const { stream } = connection
    this.connection = connection
    if (this.destroyed) {
      stream.destroy()
      return
    }
    const listener: unknown = stream.listeners('data')[0]
    if (!isListener(listener)) throw new Error('pg does not read its connection to Postgres.')
    this.listener = listener
    stream.off('data', listener)
    stream.pause()
    stream.on('readable', this.onReadable)
    connection.query(this.text)
  }

  handleError(error: Error): void {
    this.destroy(error)
  }

  // pg tells its query of these; what they say was in the bytes.
  handleCommandComplete(): void {
    return
  }
  handleReadyForQuery(): void {
    return
  }

  override _read(): void {
    this.ready = true
    this.forward()
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    if (!this.finished && this.listener !== undefined) {
      this.finished = true
      this.connection?.stream.off('readable', this.onReadable)
      // Postgres may be waiting for its bytes to be read: only a closed socket wakes it.
      this.connection?.stream.destroy()
    }
    this.start.reject(error ?? new Error('The copy was ended before its first row.'))
    done(error)
  }

  private forward(): void {
    const stream = this.connection?.stream
    if (stream === undefined) return
    while (this.ready && !this.finished) {
      const chunk: unknown = stream.read()
      if (!Buffer.isBuffer(chunk)) return
      this.readChunk(chunk)
    }
  }

  private readChunk(chunk: Buffer): void {
    const begun = this.completeMessage(chunk)
    if (begun === undefined || this.finished) return
    const read = begun + this.readMessages(chunk.subarray(begun))
    if (this.isOver()) return
    this.keep(chunk.subarray(read))
    this.ready = this.send(this.encoder.take())
  }

  /**
   * Reads the message that began in an earlier chunk, and tells how much of this one it takes; undefined when it needs all and
   * more. Only that message is copied together, not the chunk behind it.
   */
  private completeMessage(chunk: Buffer): number | undefined {
    let taken = 0
    while (this.restBytes > 0) {
      const missing = this.wanted - this.restBytes
      if (chunk.length - taken < missing) {
        this.keep(chunk.subarray(taken))
        return undefined
      }
      this.keep(chunk.subarray(taken, taken + missing))
      taken += missing
      const message = this.rest.length === 1 ? this.rest[0] : Buffer.concat(this.rest, this.restBytes)
      this.rest = []
      this.restBytes = 0
      if (message === undefined) break
      const read = this.readMessages(message, chunk.subarray(taken))
      if (this.isOver()) return taken
      // The head of a message says how long it is; the rest of it is still to come.
      if (read === 0) this.keep(message)
    }
    return taken
  }

  private isOver(): boolean {
    return this.finished
  }

  private keep(bytes: Buffer): void {
    if (bytes.length === 0) return
    this.rest.push(bytes)
    this.restBytes += bytes.length
  }

  private send(pieces: readonly Buffer[]): boolean {
    let wantsMore = true
    for (const bytes of pieces) {
      if (bytes.length === 0) continue
      this.pushed += bytes.length
      wantsMore = this.push(bytes)
    }
    return wantsMore
  }

  /** Reads the whole messages and tells how many bytes they were; `behind` is what comes after these bytes. */
  private readMessages(bytes: Buffer, behind: Buffer = Buffer.alloc(0)): number {
    let at = 0
    this.wanted = headBytes
    while (bytes.length - at >= headBytes) {
      const code = bytes[at]
      const end = at + 1 + bytes.readUInt32BE(at + 1)
      if (code === messageCode.error) {
        this.handBack(bytes.subarray(at), behind)
        return at
      }
      if (end > bytes.length) {
        this.wanted = end - at
        return at
      }
      if (code === messageCode.copyData) {
        this.encoder.row(bytes, at + headBytes, end)
        if (!this.hasBegun) this.begin()
      } else if (code === messageCode.copyDone) {
        this.sentAll = true
        this.begin()
        this.handBack(bytes.subarray(end), behind)
        this.send(this.encoder.take())
        this.send([this.encoder.end()])
        this.push(null)
        return end
      }
      at = end
    }
    return at
  }

  private begin(): void {
    this.hasBegun = true
    this.start.resolve(undefined)
  }

  /** From here on pg reads its connection again: an error, or the end of the query. */
  private handBack(...bytes: readonly Buffer[]): void {
    const { connection, listener } = this
    if (connection === undefined || listener === undefined) return
    this.finished = true
    this.rest = []
    connection.stream.off('readable', this.onReadable)
    connection.stream.on('data', listener)
    for (const each of bytes) if (each.length > 0) listener(each)
    // A stream that had a listener for `readable` does not flow by itself again.
    process.nextTick(() => connection.stream.resume())
  }
}

function isListener(value: unknown): value is BytesListener {
  return typeof value === 'function'
}
