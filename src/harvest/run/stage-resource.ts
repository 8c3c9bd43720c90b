import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { NotModified } from '../../../connectors/drivers/driver.js'
import { PersonalDataScreen, reasonOf, type PersonalCell } from '../screen/personal-data-screen.js'
import { tryingAgain } from '../trying-again.js'
import { abortable } from './abortable.js'
import type { CheckedRow, ReadTally, ReadTask, RecordReader, RowProblem } from './checked-row.js'
import { copyText } from './copy-text.js'
import { textHash } from './row-hash.js'
import { hiddenValue, keptSetAsideRows, reportedValue, type SetAsideRow } from './set-aside.js'
import { createStagingTable, stagingColumns } from './staging-table.js'

/** The staged rows of one resource; plain data. */
export interface Staged {
  readonly modified: boolean
  /** Rows of the source; rows after the manifest's steps; those of them that do not fit. */
  readonly read: number
  readonly mapped: number
  readonly setAside: number
  readonly setAsideRows: readonly SetAsideRow[]
  readonly bytes: number
  /** When the source's last row was read, by the database's clock. */
  readonly fetchedAt: string
  /** The source's columns and what they hold. */
  readonly columns: Readonly<Record<string, string>>
  readonly memory: Readonly<Record<string, string>>
  /** Stands for what came by answers that do not say where they end; undefined: all did. */
  readonly unmarkedEnds?: string | undefined
}

const chunkLength = 65_536

/**
 * read → map → validate → screen → stage of one resource into a table made for it. The task and the result are plain data: this
 * function can be given a process of its own. Throws a SourceFault, or the signal's reason.
 */
export async function stageResource(
  pool: pg.Pool,
  reader: RecordReader,
  task: ReadTask,
  table: string,
  signal: AbortSignal,
): Promise<Staged> {
  const tally: ReadTally = { read: 0, bytes: 0, columns: {}, memory: new Map() }
  const rows = new RowsToStage(task)
  const source = abortable(reader.scan(task, tally, signal), signal)
  try {
    // The first rows tell whether there is something to stage at all.
    const first = await firstOf(source)
    const client = await tryingAgain(() => pool.connect())
    let broken = true
    try {
      if (first !== undefined) await copyRows(client, task, table, rows.lines(first, source))
      const fetchedAt = await afterCopy(client, first === undefined ? undefined : table)
      broken = false
      return {
        modified: first !== undefined,
        read: Math.max(tally.read, rows.mapped),
        mapped: rows.mapped,
        setAside: rows.setAside,
        setAsideRows: rows.setAsideRows,
        bytes: tally.bytes,
        fetchedAt,
        columns: tally.columns,
        memory: Object.fromEntries(tally.memory),
        unmarkedEnds: tally.unmarkedEnds,
      }
    } finally {
      // After a COPY that was broken off the connection may still be in its middle.
      client.release(broken)
    }
  } finally {
    await source.return()
  }
}

type FirstRows = IteratorResult<readonly CheckedRow[], void>

/** Undefined: the source has not changed. */
async function firstOf(source: AsyncGenerator<readonly CheckedRow[], void, undefined>): Promise<FirstRows | undefined> {
  try {
    return await source.next()
  } catch (error) {
    if (error instanceof NotModified) return undefined
    throw error
  }
}

async function copyRows(
  client: pg.PoolClient,
  task: ReadTask,
  table: string,
  lines: AsyncIterable<Buffer>,
): Promise<void> {
  await createStagingTable(client, table, task.type)
  const copy = client.query(copyFrom(`copy ${table} (${stagingColumns(task.type)}) from stdin`))
  await pipeline(Readable.from(lines, { objectMode: false, highWaterMark: chunkLength }), copy)
}

async function afterCopy(client: pg.PoolClient, table: string | undefined): Promise<string> {
  // Without statistics the comparison of a large table would be planned for a small one.
  if (table !== undefined) await client.query(`analyze ${table}`)
  const { rows } = await client.query<{ at: string }>('select clock_timestamp()::text as at')
  const at = rows[0]?.at
  if (at === undefined) throw new Error('The database did not tell the time.')
  return at
}

/** Rows with a cell that may be personal data, which wait for the end of the file: only then is known what its column is. */
const mostHeldBack = 10_000

interface HeldBack {
  readonly row: CheckedRow
  readonly line: string
  readonly cells: readonly PersonalCell[]
}

class RowsToStage {
  mapped = 0
  setAside = 0
  readonly setAsideRows: SetAsideRow[] = []
  readonly #task: ReadTask
  readonly #screen: PersonalDataScreen
  readonly #heldBack: HeldBack[] = []

  constructor(task: ReadTask) {
    this.#task = task
    const { resources } = task.connector.manifest
    this.#screen = new PersonalDataScreen(
      task.type.fields,
      resources.find(({ name }) => name === task.resource.name),
    )
  }

  async *lines(
    first: FirstRows,
    rest: AsyncIterator<readonly CheckedRow[], void>,
  ): AsyncGenerator<Buffer, void, undefined> {
    let chunk = ''
    for (let next = first; next.done !== true; next = await rest.next()) {
      for (const row of next.value) chunk += this.#line(row)
      this.#screen.refuse()
      if (chunk.length >= chunkLength) {
        yield Buffer.from(chunk)
        chunk = ''
      }
    }
    this.#screen.end()
    this.#screen.refuse()
    for (const held of this.#heldBack) chunk += this.#judged(held)
    if (chunk !== '') yield Buffer.from(chunk)
  }

  #line(row: CheckedRow): string {
    this.mapped++
    const { outcome } = row
    if (!outcome.ok) {
      this.#setAside(row, outcome.problems)
      return ''
    }
    const cells = this.#screen.row(outcome.columns)
    const columns = copyText(outcome.columns)
    const place = copyText([outcome.key, textHash(columns), String(this.mapped), String(row.number), row.part ?? null])
    const line = `${place}\t${columns}\n`
    if (cells.length === 0) return line
    if (this.#heldBack.length < mostHeldBack) this.#heldBack.push({ row, line, cells })
    else this.#setAsidePersonal(row, cells)
    return ''
  }

  #judged({ row, line, cells }: HeldBack): string {
    const personal = cells.filter((cell) => !this.#screen.isByChance(cell))
    if (personal.length === 0) return line
    this.#setAsidePersonal(row, personal)
    return ''
  }

  #setAsidePersonal(row: CheckedRow, cells: readonly PersonalCell[]): void {
    const problems = cells.map(({ field, kind }): RowProblem => {
      const { vi, en } = reasonOf(kind)
      return { field: field.name, value: hiddenValue, reasonVi: vi, reasonEn: en }
    })
    this.#setAside(row, problems)
  }

  #setAside(row: CheckedRow, problems: readonly RowProblem[]): void {
    this.setAside++
    for (const problem of problems) {
      if (this.setAsideRows.length >= keptSetAsideRows) return
      this.setAsideRows.push({
        resource: this.#task.resource.name,
        part: row.part,
        number: row.number,
        field: problem.field,
        value: reportedValue(problem.value),
        reasonVi: problem.reasonVi,
        reasonEn: problem.reasonEn,
      })
    }
  }
}
