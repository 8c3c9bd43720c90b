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
  /** Whether its plan for any values is kept; else Postgres decides. */
  readonly isSettled: boolean
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

interface PlanMode {
  readonly name: string
  readonly text: string
}

const settledMode: PlanMode = { name: 'settled', text: 'set plan_cache_mode = force_generic_plan' }
const usualMode: PlanMode = { name: 'unsettled', text: 'set plan_cache_mode = auto' }
/** What a connection is in; undefined: a failure may have undone what was set. */
const modeOf = new WeakMap<Connection, PlanMode | undefined>()

/**
 * Runs one statement on a client of node-postgres and gives its rows as bytes: what to expect of the columns is known, so they
 * are not described. The handlers are those that node-postgres calls (as pg-cursor's).
 */
export class RowsQuery implements Submittable, RowSink {
  readonly name: string | undefined
  readonly text: string
  private readonly received: RowBytes[] = []
  private pieces: Buffer[] = []
  private isTooLarge = false
  private readonly mode: PlanMode
  /** The statements that the connection was asked to prepare and has not yet, in their order. */
  private readonly unparsed: string[] = []
  private readonly parsed: string[] = []
  private readonly whenParsed = (): void => {
    const name = this.unparsed.shift()
    if (name !== undefined) this.parsed.push(name)
  }

  constructor(
    private readonly statement: RowsStatement,
    private readonly budget: AnswerBudget,
    private readonly done: (result: readonly RowBytes[] | Error) => void,
  ) {
    this.name = statement.name
    this.text = statement.text
    this.mode = statement.isSettled ? settledMode : usualMode
  }

  submit(connection: Connection): void {
    const { name = '', text, values } = this.statement
    const { stream } = connection
    if (stream instanceof RowSocket) stream.frames.sink = this
    stream.cork()
    connection.on('parseComplete', this.whenParsed)
    try {
      // In the same round trip, and undone with it when the statement fails.
      if (isIn(connection) !== this.mode) this.send(connection, this.mode, [])
      this.send(connection, { name, text }, values)
      connection.sync()
    } finally {
      stream.uncork()
    }
  }

  private send(
    connection: Connection,
    { name, text }: { readonly name: string; readonly text: string },
    values: readonly (string | null)[],
  ): void {
    if (preparedOn.get(connection)?.has(name) !== true) {
      this.unparsed.push(name)
      connection.parse({ name, text, types: [] }, true)
    }
    connection.bind({ statement: name, values: [...values] }, true)
    connection.execute(null, true)
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
    // An operation whose answer is too large is rolled back.
    modeOf.set(connection, this.isTooLarge ? undefined : this.mode)
    this.done(this.isTooLarge ? tooLarge() : this.received)
  }

  handleError(error: Error, connection: Connection): void {
    this.end(connection)
    modeOf.set(connection, undefined)
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
    connection.off('parseComplete', this.whenParsed)
    // A statement that failed when it ran stays prepared.
    for (const name of this.parsed) if (name !== '') keepPrepared(connection, name)
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

/** Connections begin as usual. */
function isIn(connection: Connection): PlanMode | undefined {
  return modeOf.has(connection) ? modeOf.get(connection) : usualMode
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
