import type { Connection, Submittable } from 'pg'
import { GatewayError } from '../../../../errors/gateway-error.js'
import { RowSocket } from './row-socket.js'
import type { RowSink } from './row-frames.js'

/** The columns of a row in their text form. */
export type RowBytes = readonly (Buffer | null)[]

export interface RowsStatement {
  readonly text: string
  readonly values: readonly (string | null)[]
  /** Undefined: not kept prepared. */
  readonly name: string | undefined
}

/** What the answers of one operation may take together. */
const mostAnswerBytes = 10 * 1024 * 1024

/** How many bytes the answers of an operation may still take. */
export class AnswerBudget {
  private left = mostAnswerBytes

  /** False once there are too many. */
  take(bytes: number): boolean {
    this.left -= bytes
    return this.left >= 0
  }
}

const preparedOn = new WeakMap<Connection, Set<string>>()

/**
 * Runs one statement on a client of node-postgres and gives its rows as bytes: what to expect of the columns is known, so they
 * are not described. The handlers are those that node-postgres calls (as pg-cursor's).
 */
export class RowsQuery implements Submittable, RowSink {
  readonly name: string | undefined
  readonly text: string
  private readonly received: RowBytes[] = []
  private pieces: Buffer[] = []
  private isParsed = false
  private isTooLarge = false
  private readonly parsed = (): void => {
    this.isParsed = true
  }

  constructor(
    private readonly statement: RowsStatement,
    private readonly budget: AnswerBudget,
    private readonly done: (result: readonly RowBytes[] | Error) => void,
  ) {
    this.name = statement.name
    this.text = statement.text
  }

  submit(connection: Connection): void {
    const { name = '', text, values } = this.statement
    const { stream } = connection
    if (stream instanceof RowSocket) stream.frames.sink = this
    stream.cork()
    try {
      if (preparedOn.get(connection)?.has(name) !== true) {
        connection.once('parseComplete', this.parsed)
        connection.parse({ name, text, types: [] }, true)
      }
      connection.bind({ statement: name, values: [...values] }, true)
      connection.execute(null, true)
      connection.sync()
    } finally {
      stream.uncork()
    }
  }

  piece(bytes: Buffer, last: boolean): void {
    if (!this.budget.take(bytes.length)) this.isTooLarge = true
    // What is too large is read to its end, so that the connection can be used again, and not kept.
    if (this.isTooLarge) this.pieces = []
    else this.pieces.push(bytes)
    if (!last || this.isTooLarge) return
    const [only = bytes] = this.pieces
    this.received.push(columnsOf(this.pieces.length === 1 ? only : Buffer.concat(this.pieces)))
    this.pieces = []
  }

  /** Over TLS the driver reads the rows. */
  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const row = fields.map((field) => (field === null ? null : Buffer.from(field)))
    for (const column of row) if (!this.budget.take(column?.length ?? 0)) this.isTooLarge = true
    if (!this.isTooLarge) this.received.push(row)
  }

  handleReadyForQuery(connection: Connection): void {
    this.end(connection)
    if (this.isParsed && this.name !== undefined) keepPrepared(connection, this.name)
    this.done(this.isTooLarge ? tooLarge() : this.received)
  }

  handleError(error: Error, connection: Connection): void {
    this.end(connection)
    // A statement that failed when it ran stays prepared.
    if (this.isParsed && this.name !== undefined) keepPrepared(connection, this.name)
    this.done(error)
  }

  handleRowDescription(): void {
    // Not asked for.
  }

  handleCommandComplete(): void {
    // The rows are all there when the connection is ready again.
  }

  handleEmptyQuery(): void {
    // The same.
  }

  private end(connection: Connection): void {
    const { stream } = connection
    connection.off('parseComplete', this.parsed)
    if (stream instanceof RowSocket && stream.frames.sink === this) stream.frames.sink = undefined
  }
}

function tooLarge(): GatewayError {
  const megabytes = mostAnswerBytes / 1024 / 1024
  return new GatewayError(
    'QUERY_TOO_COMPLEX',
    `The answer is larger than ${megabytes} MB; ask for fewer records or fields, or download the file.`,
    { extensions: { limit: { what: 'bytes of the answer', most: mostAnswerBytes } } },
  )
}

function keepPrepared(connection: Connection, name: string): void {
  const known = preparedOn.get(connection) ?? new Set()
  preparedOn.set(connection, known.add(name))
}

/** The body of a data row: how many columns, then for each its length and its bytes; the length of NULL is -1. */
function columnsOf(body: Buffer): RowBytes {
  const columns: (Buffer | null)[] = []
  let at = 2
  for (let left = body.readInt16BE(0); left > 0; left -= 1) {
    const length = body.readInt32BE(at)
    at += 4
    columns.push(length < 0 ? null : body.subarray(at, at + length))
    at += Math.max(length, 0)
  }
  return columns
}
