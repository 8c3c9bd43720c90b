import type pg from 'pg'

const batch = 1000

interface Row {
  readonly id: string
  readonly resource: string
  readonly part: string | null
  readonly row_number: number
  readonly field: string | null
  readonly value: string | null
  readonly reason_vi: string
  readonly reason_en: string
}

/**
 * The rows that a run set aside as CSV for a spreadsheet, in pieces of some rows: UTF-8 with a byte order mark, without which
 * Excel reads Vietnamese wrongly. No cell is a formula: what a source wrote must not run at whoever opens the file.
 */
export async function* setAsideCsv(pool: pg.Pool, runId: string): AsyncGenerator<string, void, undefined> {
  yield `\uFEFF${line(['resource', 'part', 'row', 'field', 'value', 'lý do', 'reason'])}`
  for (let last = '0'; ;) {
    const { rows } = await pool.query<Row>(
      `select id, resource, part, row_number, field, value, reason_vi, reason_en from gateway.set_aside_row
       where run_id = $1 and id > $2 order by id limit $3`,
      [runId, last, batch],
    )
    if (rows.length > 0) yield rows.map(rowLine).join('')
    const end = rows.at(-1)
    if (end === undefined || rows.length < batch) return
    last = end.id
  }
}

function rowLine({ resource, part, row_number, field, value, reason_vi, reason_en }: Row): string {
  return line([resource, part ?? '', String(row_number), field ?? '', value ?? '', reason_vi, reason_en])
}

function line(cells: readonly string[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(text: string): string {
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
