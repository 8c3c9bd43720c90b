import { folded } from '../connectors/mapping/text-folding.js'
import type { Field, RecordType } from '../records/schema/record-type.js'
import { headerWords, isRowNumber, lastLevel, usualFields } from './header-words.js'
import type { ColumnProfile, TypeCandidate } from './probe-report.js'

const leastLikeness = 0.6
const leastScore = 0.3
/** Code, name, district and address are in every list: one that never says what it lists may be of anything. */
const unnamed = 0.25

/** The record types that the columns resemble, best first. `context`: names of the sheet and file, which may say a code. */
export function matchTypes(
  types: Iterable<RecordType>,
  columns: readonly ColumnProfile[],
  context: string,
): TypeCandidate[] {
  return [...types]
    .map((type) => matchType(type, columns, context))
    .filter(({ score }) => score >= leastScore)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
}

/** Which column each field of the type could come from. A column serves one field. */
export function matchType(type: RecordType, columns: readonly ColumnProfile[], context: string): TypeCandidate {
  const data = columns.filter((column) => !isRowNumber(column.name) && column.filled > 0)
  const pairs = type.fields
    .flatMap((field) => data.map((column) => ({ field, column, likeness: likeness(type, field, column) })))
    .filter((pair) => pair.likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness)
  const found = new Map<string, string>()
  const used = new Set<string>()
  let sum = 0
  for (const { field, column, likeness: value } of pairs) {
    if (found.has(field.name) || used.has(column.name)) continue
    found.set(field.name, column.name)
    used.add(column.name)
    sum += value
  }
  const required = type.fields.filter((field) => field.required)
  const missing = required.filter((field) => !found.has(field.name) && constantOf(field, context) === undefined)
  const covered = required.length === 0 ? 1 : 1 - missing.length / required.length
  const alike = data.length === 0 ? 0 : 0.5 * covered + 0.5 * (sum / data.length)
  const score = Math.max(0, alike - (namesSubject(type, columns, context) ? 0 : unnamed))
  return {
    recordType: type.code,
    score: Number((found.size < 2 ? score / 2 : score).toFixed(2)),
    columns: Object.fromEntries(found),
    missing: missing.map((field) => field.name),
  }
}

/** The sheet, the file or a header has at least half of the words that the type is called by. */
function namesSubject({ title, code }: RecordType, columns: readonly ColumnProfile[], context: string): boolean {
  const said = new Set(headerWords([context, ...columns.map(({ name }) => name)].join(' ')).split(' '))
  return [title.vi, title.en, spaced(code)].some((name) => {
    const words = headerWords(name).split(' ')
    return words.filter((word) => said.has(word)).length >= words.length / 2
  })
}

/** A code of the field's list that the sheet's or file's own name says: a sheet `Tiểu học` has primary schools. */
export function constantOf(field: Field, context: string): string | undefined {
  const text = ` ${headerWords(context)} `
  const said = field.codeList?.values.filter(({ label }) => text.includes(` ${headerWords(label.vi)} `)) ?? []
  // Of labels within each other the longest counts; two apart say nothing.
  const [longest, ...others] = said.sort((a, b) => b.label.vi.length - a.label.vi.length)
  if (longest === undefined) return undefined
  return others.every((other) => folded(longest.label.vi).includes(folded(other.label.vi))) ? longest.value : undefined
}

function likeness(type: RecordType, field: Field, column: ColumnProfile): number {
  const named = nameLikeness(type, field, column.name)
  return named === 0 ? 0 : named - (kindFits(field, column) ? 0 : 0.3)
}

function nameLikeness(type: RecordType, field: Field, header: string): number {
  const titles = [field.title, ...(field.codeList === undefined ? [] : [field.codeList.title])]
  const wanted = [...titles.flatMap(({ vi, en }) => [vi, en]), spaced(field.name)].map(headerWords)
  const last = lastLevel(header)
  const whole = headerWords(header)
  if (wanted.includes(whole)) return 1
  if (usualFields(header).includes(field.name)) return isKeyColumn(field, header) ? 0.97 : 0.95
  if (wanted.includes(withoutSubject(whole, type))) return 0.9
  if (last !== header && wanted.includes(headerWords(last))) return 0.85
  return Math.max(...wanted.map((text) => overlap(text, whole)))
}

/** `Hạng chợ` of a list of markets is its `Hạng`. */
function withoutSubject(words: string, { title }: RecordType): string {
  const subject = new Set(headerWords(title.vi).split(' '))
  return words
    .split(' ')
    .filter((word) => !subject.has(word))
    .join(' ')
}

/** A code resolves to one place where a name may not. */
function isKeyColumn(field: Field, header: string): boolean {
  return field.reference !== undefined && headerWords(header).startsWith('ma ')
}

function overlap(a: string, b: string): number {
  const left = new Set(a.split(' '))
  const right = new Set(b.split(' '))
  const common = [...left].filter((word) => right.has(word)).length
  const all = new Set([...left, ...right]).size
  const share = all === 0 ? 0 : common / all
  return share >= 0.6 ? 0.45 + 0.4 * share : 0
}

function spaced(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1 $2')
}

const numbers = new Set(['integer', 'bigInteger', 'decimal', 'float'])

function kindFits(field: Field, { kind }: ColumnProfile): boolean {
  if (field.kind === 'text' || field.kind === 'code' || field.kind === 'json' || field.kind === kind) return true
  if (numbers.has(field.kind)) return numbers.has(kind)
  return (field.kind === 'date' || field.kind === 'dateTime') && (kind === 'date' || kind === 'dateTime')
}
