import type { SourceObject, SourceRow, SourceValue } from '../../../connectors/drivers/driver.js'
import type { Explode, RowStep, Unpivot, Where } from '../manifest/row-step.js'
import { copyObject, emptyObject, isSourceList, isSourceObject } from '../outbound/source-json.js'
import { ColumnsSeen } from './columns-seen.js'
import { joinRows, type OtherRows } from './join-rows.js'
import { tidied } from './text-folding.js'
import { shownText } from './value-text.js'

/**
 * One row step over a stream of rows. Throws MISSING_COLUMNS at the end of the rows when no row had a column that the step
 * names: that is a renamed column, not an empty one. `index`: the step's among those of its resource, from 0 as in a manifest's problems.
 */
export function applyStep(
  rows: AsyncIterable<SourceRow>,
  step: RowStep,
  index: number,
  other: OtherRows,
): AsyncIterable<SourceRow> {
  const at = `steps[${index}]`
  if ('where' in step) return keepRows(rows, step.where, `${at}.where`)
  if ('fillDown' in step) return fillDown(rows, step.fillDown, `${at}.fillDown`)
  if ('unpivot' in step) return unpivot(rows, step.unpivot, `${at}.unpivot`)
  if ('explode' in step) return explode(rows, step.explode, `${at}.explode`)
  if ('joinWith' in step) return joinRows(rows, step.joinWith, other, `${at}.joinWith`)
  // Where the rows come from: already read by whoever opened the resource.
  return rows
}

async function* keepRows(
  rows: AsyncIterable<SourceRow>,
  test: Where,
  at: string,
): AsyncGenerator<SourceRow, void, undefined> {
  const seen = new ColumnsSeen([{ column: test.column, at }])
  const keeps = compileWhere(test)
  for await (const row of rows) {
    seen.look(row)
    if (keeps(row.values[test.column] ?? null)) yield row
  }
  seen.demandAll()
}

const looks: Readonly<Record<NonNullable<Where['matches']>, RegExp>> = {
  digits: /^\d+$/,
  number: /^[-+]?\d[\d.,\u00a0 ]*$/,
  date: /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}$/,
}

function compileWhere(test: Where): (value: SourceValue) => boolean {
  const tests: ((text: string) => boolean)[] = []
  const { equals, notEquals, startsWith, contains, matches, isEmpty } = test
  if (equals !== undefined) tests.push(isOneOf(equals))
  if (notEquals !== undefined) {
    const excluded = isOneOf(notEquals)
    tests.push((text) => !excluded(text))
  }
  if (startsWith !== undefined) tests.push((text) => text.startsWith(tidied(startsWith)))
  if (contains !== undefined) tests.push((text) => text.includes(tidied(contains)))
  if (matches !== undefined) tests.push((text) => looks[matches].test(text))
  if (isEmpty !== undefined) tests.push((text) => (text === '') === isEmpty)
  return (value) => {
    const text = tidied(shownText(value))
    return tests.every((holds) => holds(text))
  }
}

function isOneOf(given: string | readonly string[]): (text: string) => boolean {
  const set = new Set([given].flat().map(tidied))
  return (text) => set.has(text)
}

/** Merged cells: a value stands for the rows below it until the next one. */
async function* fillDown(
  rows: AsyncIterable<SourceRow>,
  columns: readonly string[],
  at: string,
): AsyncGenerator<SourceRow, void, undefined> {
  const seen = new ColumnsSeen(columns.map((column) => ({ column, at })))
  const last = new Map<string, SourceValue>()
  let part: string | undefined
  for await (const row of rows) {
    seen.look(row)
    // A new file or sheet starts anew: nothing is merged across it.
    if (row.part !== part) last.clear()
    part = row.part
    const filled = copyObject(row.values)
    for (const column of columns) {
      const value = row.values[column] ?? null
      if (isNothing(value)) filled[column] = last.get(column) ?? null
      else last.set(column, value)
    }
    yield { ...row, values: filled }
  }
  seen.demandAll()
}

/** Columns to rows: years or levels that stand across the top. */
async function* unpivot(
  rows: AsyncIterable<SourceRow>,
  step: Unpivot,
  at: string,
): AsyncGenerator<SourceRow, void, undefined> {
  const seen = new ColumnsSeen(step.columns.map((column) => ({ column, at })))
  const spread = new Set(step.columns)
  for await (const row of rows) {
    seen.look(row)
    const kept = Object.entries(row.values).filter(([name]) => !spread.has(name))
    for (const column of step.columns) {
      const value = row.values[column] ?? null
      if (step.skipEmpty && isNothing(value)) continue
      yield { ...row, values: objectOf([...kept, [step.name, column], [step.value, value]]) }
    }
  }
  seen.demandAll()
}

/** One row for each item of a list. */
async function* explode(
  rows: AsyncIterable<SourceRow>,
  step: Explode,
  at: string,
): AsyncGenerator<SourceRow, void, undefined> {
  const seen = new ColumnsSeen([{ column: step.column, at }])
  for await (const row of rows) {
    seen.look(row)
    const value = row.values[step.column] ?? null
    const items = isSourceList(value) ? value : isNothing(value) ? [] : [value]
    if (items.length === 0 && step.keepEmpty)
      yield { ...row, values: objectOf([...Object.entries(row.values), [step.column, null]]) }
    for (const item of items) {
      const inner = isSourceObject(item)
        ? Object.entries(item).map(([name, own]): [string, SourceValue] => [`${step.column}.${name}`, own])
        : []
      yield { ...row, values: objectOf([...Object.entries(row.values), [step.column, item], ...inner]) }
    }
  }
  seen.demandAll()
}

export function isNothing(value: SourceValue): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '')
}

export function objectOf(entries: readonly (readonly [string, SourceValue])[]): SourceObject {
  const made = emptyObject()
  for (const [name, value] of entries) made[name] = value
  return made
}
