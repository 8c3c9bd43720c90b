import type { Labels } from '../columns/column.js'
import type { DownloadFormat } from '../formats.js'
import type { Header } from '../formats/file-context.js'
import { wrongParameter } from '../problem.js'
import { queryArguments, type QueryArgument } from '../query/plan-download.js'

/** What the query of an address asks of a file, each as its text. */
export interface DownloadParameters {
  readonly query: Readonly<Partial<Record<QueryArgument, string>>>
  /** Names of columns in their order; undefined: the usual ones. */
  readonly fields: readonly string[] | undefined
  readonly labels: Labels
  readonly header: Header
  readonly bom: boolean
  /** The file has all records, as it is when nothing else is asked for. */
  readonly isWhole: boolean
  /** The query again, the same for addresses that ask for the same. */
  readonly canonical: string
}

const forAll = [...queryArguments, 'fields', 'labels'] as const
const own = { csv: ['header', 'bom'], xlsx: ['header'], json: [], ndjson: [], xml: [], geojson: [] } as const

const labelNames: ReadonlyMap<string, Labels> = new Map([
  ['codes', 'codes'],
  ['vi', 'vi'],
  ['en', 'en'],
])
const headerNames: ReadonlyMap<string, Header> = new Map([
  ['name', 'name'],
  ['vi', 'vi'],
  ['en', 'en'],
])
const yesNo: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['0', false],
])

/** Reads the query of a download's address; throws BAD_USER_INPUT for what no such file understands. */
export function readParameters(search: URLSearchParams, format: DownloadFormat): DownloadParameters {
  const texts = onceEach(search, [...forAll, ...own[format]])
  const query: Partial<Record<QueryArgument, string>> = {}
  for (const name of queryArguments) {
    const text = texts.get(name)
    if (text !== undefined) query[name] = text
  }
  return {
    query,
    ...columnParameters(texts),
    header: oneOf('header', texts.get('header'), headerNames, 'name'),
    bom: oneOf('bom', texts.get('bom'), yesNo, false),
    isWhole: texts.size === 0,
    canonical: new URLSearchParams([...texts].sort(([a], [b]) => (a < b ? -1 : 1))).toString(),
  }
}

/** Reads the query of an XSD's address: it describes the XML file of the same columns. */
export function readSchemaParameters(search: URLSearchParams): Pick<DownloadParameters, 'fields' | 'labels'> {
  return columnParameters(onceEach(search, ['fields', 'labels']))
}

/** Throws when the query has anything in it. */
export function readNoParameters(search: URLSearchParams): void {
  onceEach(search, [])
}

function columnParameters(texts: ReadonlyMap<string, string>): Pick<DownloadParameters, 'fields' | 'labels'> {
  return {
    fields: fieldNames(texts.get('fields')),
    labels: oneOf('labels', texts.get('labels'), labelNames, 'codes'),
  }
}

function fieldNames(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  const names = text.split(',').map((name) => name.trim())
  if (names.some((name) => name === '')) {
    throw wrongParameter('fields', 'fields is a list of names with commas between: fields=code,name,district.name.', {})
  }
  return names
}

function onceEach(search: URLSearchParams, allowed: readonly string[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>()
  for (const [name, text] of search) {
    if (!allowed.includes(name)) {
      throw wrongParameter(name.slice(0, 100), `There is no parameter ${JSON.stringify(name.slice(0, 100))} here.`, {
        allowed,
      })
    }
    if (texts.has(name)) throw wrongParameter(name, `${name} is given more than once.`, { allowed })
    texts.set(name, text)
  }
  return texts
}

function oneOf<Value>(
  name: string,
  text: string | undefined,
  values: ReadonlyMap<string, Value>,
  otherwise: Value,
): Value {
  if (text === undefined) return otherwise
  const value = values.get(text)
  if (value === undefined) {
    const allowed = [...values.keys()]
    throw wrongParameter(name, `${name} is one of ${allowed.join(', ')}.`, { allowed })
  }
  return value
}
