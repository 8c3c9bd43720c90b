import { folded } from '../connectors/mapping/text-folding.js'
import type { Bilingual, Field, RecordType } from '../records/schema/record-type.js'
import { constantOf } from './match-type.js'
import { bestResolution, leastShare, ruleOf, type ReferencePorts } from './places.js'
import type { ColumnProfile, TypeCandidate } from './probe-report.js'

export interface ProposedMapping {
  /** The record type is there already. */
  readonly schema?: undefined
  /** As a manifest writes them. */
  readonly fields: Readonly<Record<string, unknown>>
  readonly referenceDate: string | undefined
  readonly notes: readonly (Bilingual & { readonly column: string | undefined })[]
}

export interface MappingQuestion {
  readonly type: RecordType
  /** Code of the dataset that the rows are to belong to. */
  readonly dataset: string
  readonly candidate: TypeCandidate
  readonly columns: readonly ColumnProfile[]
  /** Names of sheet and file. */
  readonly context: string
  readonly today: string
}

/** The fields of a manifest's resource that maps the columns onto the type. */
export async function proposeMapping(question: MappingQuestion, references: ReferencePorts): Promise<ProposedMapping> {
  const { type, candidate, columns, context, today, dataset } = question
  const fields: Record<string, unknown> = {}
  const notes: (Bilingual & { column: string | undefined })[] = []
  let referenceDate: string | undefined
  for (const field of type.fields) {
    const column = columns.find(({ name }) => name === candidate.columns[field.name])
    if (column === undefined) {
      const constant = constantOf(field, context)
      if (constant !== undefined) fields[field.name] = { constant }
      continue
    }
    if (field.reference !== undefined) {
      const { target } = field.reference
      const within = field.reference.dataset === 'same' ? dataset : field.reference.dataset
      const found = await bestResolution(references, target, within, column, today)
      if (found !== undefined && found.share >= leastShare) {
        fields[field.name] = { column: column.name, resolve: ruleOf(found) }
        if (found.on !== today) referenceDate = laterOf(referenceDate, found.on)
      } else {
        notes.push({
          column: column.name,
          vi: `Không nhận ra ${field.title.vi.toLowerCase()} nào trong cột này; cột không được ánh xạ.`,
          en: `No ${field.title.en.toLowerCase()} is recognised in this column; it is not mapped.`,
        })
      }
      continue
    }
    fields[field.name] = { column: column.name, ...converted(convertersFor(field, column)) }
  }
  if (referenceDate !== undefined) {
    notes.push({
      column: undefined,
      vi: `Tên và mã đơn vị hành chính được hiểu theo ngày ${referenceDate}.`,
      en: `Codes and names of places are read as of ${referenceDate}, when these units were valid.`,
    })
  }
  return { fields, referenceDate, notes: [...notes, ...missingNotes(type, fields)] }
}

/** What the owner has to add to the manifest by hand. */
function missingNotes(type: RecordType, mapped: Readonly<Record<string, unknown>>): ProposedMapping['notes'] {
  return type.fields
    .filter(({ name, required }) => required && mapped[name] === undefined)
    .map(({ name, title, codeList }) => {
      const codes = codeList?.values.map(({ value, label }) => `${value} (${label.vi})`).join(', ')
      const example = codeList === undefined ? '"…"' : (codeList.values[0]?.value ?? '…')
      const way = `fields: { ${name}: { column: "…" } | { constant: ${example} } }`
      return {
        column: undefined,
        vi: `Kiểu ${type.code} cần trường “${title.vi}” (${name}) nhưng không nhận ra cột nào: hãy thêm vào bản khai, ${way}.${codes === undefined ? '' : ` Các mã: ${codes}.`}`,
        en: `${type.code} needs “${title.en}” (${name}), and no column is recognised: add it to the manifest, ${way}.${codes === undefined ? '' : ` Codes: ${codes}.`}`,
      }
    })
}

function laterOf(a: string | undefined, b: string): string {
  return a === undefined || b > a ? b : a
}

function converted(convert: readonly unknown[]): { convert?: readonly unknown[] } {
  return convert.length === 0 ? {} : { convert }
}

function convertersFor(field: Field, column: ColumnProfile): readonly unknown[] {
  switch (field.kind) {
    case 'code':
      return codesFor(field, column)
    case 'text':
    case 'json':
      return field.name === 'name' ? ['trim'] : []
    case 'integer':
    case 'bigInteger':
    case 'decimal':
    case 'float':
      return isNumber(column) ? column.convert : column.kind === 'text' ? ['vietnameseNumber'] : []
    case 'date':
    case 'dateTime':
      return column.kind === 'date' || column.kind === 'dateTime'
        ? column.convert
        : [{ date: ['d/M/yyyy', 'yyyy-MM-dd'] }]
    case 'boolean':
      return ['boolean']
    case 'url':
      return []
  }
}

function isNumber({ kind }: ColumnProfile): boolean {
  return kind === 'integer' || kind === 'bigInteger' || kind === 'decimal'
}

type CodeValue = NonNullable<Field['codeList']>['values'][number]

/** The one code whose label ends with the text: `1` of `Hạng chợ` is `Chợ hạng 1`. */
function endingOf(values: readonly CodeValue[], text: string): CodeValue | undefined {
  const fits = values.filter(({ label }) =>
    [label.vi, label.en].some((words) => folded(words).endsWith(` ${folded(text)}`)),
  )
  return fits.length === 1 ? fits[0] : undefined
}

/** The source's words for the codes of the list, where a label says them; others are problems of their rows. */
function codesFor(field: Field, column: ColumnProfile): readonly unknown[] {
  const values = field.codeList?.values ?? []
  if (column.texts.every((text) => values.some(({ value }) => value === text))) return []
  const codes = new Map<string, string>()
  for (const text of new Set(column.texts)) {
    const fits = values.find(({ value, label }) =>
      [value, label.vi, label.en].some((word) => folded(word) === folded(text)),
    )
    const code = fits ?? endingOf(values, text)
    if (code !== undefined) codes.set(text, code.value)
  }
  const all = codes.size > 0 ? codes : new Map(values.map(({ value, label }) => [label.vi, value]))
  return [{ codes: Object.fromEntries(all), fold: true }]
}
