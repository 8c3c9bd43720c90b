import type pg from 'pg'

/** How a run ended, as the agency that uploaded reads it. */
export interface RunReport {
  readonly id: string
  readonly outcome: string
  readonly datasetVersion: number | null
  readonly read: number
  readonly mapped: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly setAside: number
  /** The first rows that were set aside, a line for each thing that is wrong. */
  readonly setAsideRows: readonly ReportedRow[]
  /** Lines beyond those. */
  readonly moreSetAsideRows: number
}

export interface ReportedRow {
  readonly resource: string
  readonly part: string | null
  readonly row: number
  readonly field: string | null
  readonly value: string | null
  readonly vi: string
  readonly en: string
}

const shownRows = 100

export async function readRunReport(pool: pg.Pool, runId: string): Promise<RunReport> {
  const { rows } = await pool.query<Omit<RunReport, 'setAsideRows' | 'moreSetAsideRows'> & { lines: string }>(
    `select id, outcome, dataset_version as "datasetVersion", read, mapped, added, changed, removed, set_aside as "setAside",
       (select count(*) from gateway.set_aside_row s where s.run_id = r.id) as lines
     from gateway.run r where id = $1`,
    [runId],
  )
  const run = rows[0]
  if (run === undefined) throw new Error(`Run ${runId} is gone.`)
  const setAside = await pool.query<ReportedRow>(
    `select resource, part, row_number as row, field, value, reason_vi as vi, reason_en as en
     from gateway.set_aside_row where run_id = $1 order by resource, part, row_number, field limit $2`,
    [runId, shownRows],
  )
  const { lines, ...counts } = run
  return { ...counts, setAsideRows: setAside.rows, moreSetAsideRows: Number(lines) - setAside.rows.length }
}
