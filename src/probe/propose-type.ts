import type { Bilingual, ValueKind } from '../records/schema/record-type.js'
import { standardTypes } from '../records/schema/table-schema.js'
import { fieldNames, pascalCase } from './field-names.js'
import { headerWords, isCodeHeader, isRowNumber } from './header-words.js'
import { bestResolution, leastShare, ruleOf, type ReferencePorts } from './places.js'
import type { ColumnProfile } from './probe-report.js'

export interface ProposedType {
  /** A schema file's content. */
  readonly schema: Readonly<Record<string, unknown>>
  readonly fields: Readonly<Record<string, unknown>>
  readonly referenceDate: string | undefined
  readonly notes: readonly (Bilingual & { readonly column: string | undefined })[]
}

export interface TypeQuestion {
  readonly name: string
  /** The name was asked for, not made of a title. */
  readonly isGiven: boolean
  readonly title: string
  readonly columns: readonly ColumnProfile[]
  /** Names that are taken already, of types and of root fields. */
  readonly taken: ReadonlySet<string>
  readonly today: string
}

/** A record type for columns that no type has, with the mapping onto it. Undefined when no column can be its key. */
export async function proposeType(
  question: TypeQuestion,
  references: ReferencePorts,
): Promise<ProposedType | undefined> {
  const { columns, today } = question
  const notes: (Bilingual & { column: string | undefined })[] = []
  const published = columns.filter((column) => !isRowNumber(column.name) && column.filled > 0)
  const safe = published.filter((column) => {
    if (column.personal === undefined) return true
    notes.push({
      column: column.name,
      vi: `Có dấu hiệu dữ liệu cá nhân (${column.personal}) nên không được đưa vào. Nếu là liên hệ công vụ, hãy thêm trường có "sensitivity": "officialContact".`,
      en: `Seems to hold personal data (${column.personal}), so it is left out. If it is an office's contact, add a field with "sensitivity": "officialContact".`,
    })
    return false
  })
  const key = keyColumn(safe)
  if (key === undefined) {
    notes.push({
      column: undefined,
      vi: 'Không cột nào có giá trị duy nhất và đầy đủ để làm khóa.',
      en: 'No column has a value of its own in every row, which the key needs.',
    })
    return undefined
  }
  const preferred = new Map([[key.name, isCodeHeader(key.name) ? 'code' : undefined]].filter(isNamed))
  const main = safe.find((column) => column !== key && /^ten( |$)/.test(headerWords(column.name)))
  if (main !== undefined) preferred.set(main.name, 'name')
  const names = fieldNames(
    safe.map(({ name }) => name),
    preferred,
  )
  const fields: Record<string, unknown> = {}
  const schemaFields: Record<string, unknown>[] = []
  const foreignKeys: Record<string, unknown>[] = []
  let referenceDate: string | undefined
  for (const column of safe) {
    const name = names.get(column.name) ?? column.name
    const place = isPlace(column)
      ? await bestResolution(references, 'AdministrativeUnit', 'places', column, today)
      : undefined
    const resolved = place !== undefined && place.share >= leastShare
    const kind: ValueKind = column === key || resolved ? 'text' : column.kind
    schemaFields.push({
      name,
      ...(column.list ? { type: 'array', items: standardTypes[kind] } : standardTypes[kind]),
      title: column.name,
      titleEn: column.name,
      ...(column === key ? { constraints: { required: true, maxLength: 200 }, ordered: true } : {}),
      ...(column === main ? { searched: true, ordered: true } : {}),
    })
    if (resolved) {
      foreignKeys.push({
        fields: name,
        reference: { resource: 'AdministrativeUnit', fields: 'key' },
        dataset: 'places',
        cardinality: 'one',
      })
      if (place.on !== today && (referenceDate === undefined || place.on > referenceDate)) referenceDate = place.on
    }
    const convert = kind === 'text' ? [] : column.convert
    fields[name] = {
      column: column.name,
      ...(convert.length === 0 ? {} : { convert }),
      ...(resolved ? { resolve: ruleOf(place) } : {}),
    }
  }
  const { code, plural } = freeName(question)
  return {
    schema: {
      name: code,
      plural,
      title: question.title,
      titleEn: question.title,
      description: question.title,
      descriptionEn: question.title,
      fields: schemaFields,
      primaryKey: [names.get(key.name)],
      ...(foreignKeys.length === 0 ? {} : { foreignKeys }),
      ...locationIn(schemaFields),
    },
    fields,
    referenceDate,
    notes,
  }
}

/** The column that names each row: a code that is there once in every row before anything else. */
function keyColumn(columns: readonly ColumnProfile[]): ColumnProfile | undefined {
  const possible = columns.filter(
    ({ isUnique, empty, kind, list }) => isUnique && empty === 0 && !list && isKeyKind(kind),
  )
  return (
    possible.find(({ name }) => isCodeHeader(name)) ??
    columns.find(({ name, filled, texts, empty }) => isCodeHeader(name) && nearlyUnique(texts, filled, empty)) ??
    possible.find(({ kind }) => kind === 'text') ??
    possible[0]
  )
}

/** A few rows without a code, or with one that is there twice, are the mistakes of a list whose key it is all the same. */
function nearlyUnique(texts: readonly string[], filled: number, empty: number): boolean {
  return filled > 0 && new Set(texts).size >= 0.9 * (filled + empty)
}

function isKeyKind(kind: ValueKind): boolean {
  return kind === 'text' || kind === 'integer' || kind === 'date'
}

function isPlace({ name, kind }: ColumnProfile): boolean {
  return (
    (kind === 'text' || kind === 'integer') &&
    /(^| )(huyen|quan|xa|phuong|thi xa|thi tran|thanh pho|tinh|district|commune|ward|province)( |$)/.test(
      headerWords(name),
    )
  )
}

function locationIn(fields: readonly Readonly<Record<string, unknown>>[]): { location?: object } {
  const has = (name: string): boolean => fields.some((field) => field['name'] === name && field['type'] === 'number')
  return has('latitude') && has('longitude') ? { location: { latitude: 'latitude', longitude: 'longitude' } } : {}
}

function freeName({ name, isGiven, taken }: TypeQuestion): { code: string; plural: string } {
  const wished = pascalCase(name) ?? 'Row'
  for (let count = 1; ; count++) {
    const code = count === 1 ? wished : `${wished}N${count}`
    const singular = code.charAt(0).toLowerCase() + code.slice(1)
    // An English name was given; how a Vietnamese word would be in the plural is not for us to guess.
    const plurals = isGiven ? [`${singular}s`, `${singular}List`] : [`${singular}List`]
    const plural = plurals.find((one) => !taken.has(one))
    if (plural !== undefined && !taken.has(code) && !taken.has(singular)) return { code, plural }
  }
}

function isNamed(entry: readonly (string | undefined)[]): entry is [string, string] {
  return entry[1] !== undefined
}
