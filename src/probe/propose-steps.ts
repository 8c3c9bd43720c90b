import type { ResourceDescription, SourceRow } from '../../connectors/drivers/driver.js'
import { applyStep } from '../connectors/mapping/row-steps.js'
import { shownText } from '../connectors/mapping/value-text.js'
import { rowStepSchema } from '../connectors/manifest/row-step.js'
import type { Bilingual } from '../records/schema/record-type.js'
import { isRowNumber } from './header-words.js'

export interface ProposedSteps {
  /** As a manifest writes them. */
  readonly steps: readonly Readonly<Record<string, unknown>>[]
  /** The rows after them. */
  readonly rows: readonly SourceRow[]
  readonly notes: readonly (Bilingual & { readonly column: string | undefined })[]
}

/** With their marks, since `Công ty` is none. */
const totals = /^(tổng(?! (hội|công ty|cục|kho|đài)(?!\p{L}))|cộng|tong (so|cong)|cong( |:|$)|total)(?!\p{L})/iu

/** The row steps that a list made for people needs: without totals and notes, with merged cells filled. Programs make none. */
export async function proposeSteps({
  columns,
  sample,
  isStructured = false,
}: ResourceDescription<unknown>): Promise<ProposedSteps> {
  if (isStructured) return { steps: [], rows: sample, notes: [] }
  const steps: Readonly<Record<string, unknown>>[] = []
  const notes: (Bilingual & { column: string | undefined })[] = []
  let rows = sample
  const add = async (step: Readonly<Record<string, unknown>>): Promise<void> => {
    steps.push(step)
    rows = await applied(step, rows)
  }
  const number = columns.find(isRowNumber)
  if (number !== undefined && rows.some((row) => !/^\d+$/.test(textOf(row, number)))) {
    await add({ where: { column: number, matches: 'digits' } })
    notes.push({
      column: number,
      vi: 'Chỉ giữ các dòng có số thứ tự; dòng tổng cộng và ghi chú bị bỏ.',
      en: 'Only rows with a number are kept; totals and notes are left out.',
    })
  }
  for (const column of number === undefined ? columns : []) {
    const written = [
      ...new Set(rows.map((row) => textOf(row, column)).filter((text) => totals.test(text.normalize('NFC')))),
    ]
    if (written.length === 0 || written.length > 5) continue
    await add({ where: { column, notEquals: written } })
    notes.push({
      column,
      vi: `Bỏ các dòng tổng: ${written.join(', ')}.`,
      en: `Totals are left out: ${written.join(', ')}.`,
    })
  }
  const merged = columns.filter((column) => column !== number && looksMerged(rows.map((row) => textOf(row, column))))
  if (merged.length > 0) {
    await add({ fillDown: merged })
    for (const column of merged) {
      notes.push({
        column,
        vi: 'Ô trống được điền theo ô phía trên (ô gộp).',
        en: 'Empty cells take the value above them (merged cells).',
      })
    }
  }
  return { steps, rows, notes }
}

/** Each value once, at the top of a run of blanks, again and again: a cell that was merged over the rows below it. */
function looksMerged(texts: readonly string[]): boolean {
  const filled = texts.filter((text) => text !== '')
  const blank = texts.length - filled.length
  return (
    texts.length >= 4 &&
    texts[0] !== '' &&
    filled.length >= 2 &&
    blank >= 0.3 * texts.length &&
    new Set(filled).size === filled.length
  )
}

function textOf(row: SourceRow, column: string): string {
  return shownText(row.values[column] ?? null).trim()
}

async function applied(step: Readonly<Record<string, unknown>>, rows: readonly SourceRow[]): Promise<SourceRow[]> {
  const kept: SourceRow[] = []
  const nothing = (): AsyncIterable<SourceRow> => streamOf([])
  for await (const row of applyStep(streamOf(rows), rowStepSchema.parse(step), 0, nothing)) kept.push(row)
  return kept
}

async function* streamOf(rows: readonly SourceRow[]): AsyncGenerator<SourceRow, void, undefined> {
  yield* await Promise.resolve(rows)
}
