import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded, type Wording } from '../../../src/errors/wording.js'
import type { Source, SourceRow, SourceValue } from '../driver.js'
import { address, ask, replyOf, type Question } from './exchange.js'
import { findText } from './expression.js'
import type { KeyedLookup, RestJsonOptions, RestJsonSelection } from './options.js'
import { itemsIn } from './pages.js'
import { valuesOf } from './row-values.js'

/** Many servers refuse a request line of 8 KiB; the rest of the address needs room too. */
const longestKeys = 6_000

/** The rows of these keys, matched by the key that each item carries. Keys that the service does not know are left out. */
export async function lookUp(
  source: Source<RestJsonOptions>,
  selection: RestJsonSelection,
  keys: readonly string[],
): Promise<ReadonlyMap<string, SourceRow>> {
  const { lookup } = selection
  if (lookup === undefined)
    throw new SourceFault('MAPPING', { detail: worded('the resource has no lookup', 'tài nguyên không có lookup') })
  const inAddress = address(source.options, selection).includes('{keys}')
  if (lookup.parameter === undefined && !inAddress) {
    throw new SourceFault('MAPPING', {
      detail: worded(
        'the lookup has no parameter and the address has no {keys}',
        'lookup không có parameter và địa chỉ không có {keys}',
      ),
    })
  }
  if (lookup.in === 'body' && source.options.method !== 'POST') {
    throw new SourceFault('MAPPING', {
      detail: worded('keys in the body need the method POST', 'khóa trong phần thân cần phương thức POST'),
    })
  }
  const accept = lookup.unknownStatus === undefined ? [] : [lookup.unknownStatus]
  const rows = new Map<string, SourceRow>()
  for (const batch of batches(askable(keys, lookup), lookup)) {
    const answer = await ask(source, selection, { ...questionFor(batch, lookup), accept })
    if (answer.status === lookup.unknownStatus) {
      await answer.bytes()
      continue
    }
    const { document } = await replyOf(answer)
    collect(itemsIn(document, lookup.items ?? selection.items), lookup, new Set(batch), rows)
  }
  return rows
}

/** Each once. An empty key asks for everything; dots in a path would climb up to another address. */
function askable(keys: readonly string[], lookup: KeyedLookup): string[] {
  const unaskable = lookup.parameter === undefined ? ['', '.', '..'] : ['']
  return [...new Set(keys)].filter((key) => !unaskable.includes(key) && key.isWellFormed())
}

function* batches(keys: readonly string[], lookup: KeyedLookup): Generator<readonly string[]> {
  let batch: string[] = []
  let length = 0
  for (const key of keys) {
    const added = encodeURIComponent(key).length + (lookup.parameter?.length ?? 0) + 1
    if (batch.length > 0 && (batch.length >= lookup.batch || length + added > longestKeys)) {
      yield batch
      batch = []
      length = 0
    }
    batch.push(key)
    length += added
  }
  if (batch.length > 0) yield batch
}

function questionFor(keys: readonly string[], lookup: KeyedLookup): Question {
  if (lookup.parameter !== undefined && lookup.in === 'body') {
    return { parameters: { [lookup.parameter]: keys }, in: 'body' }
  }
  const encoded = keys.map((key) => encodeURIComponent(key))
  if (lookup.parameter === undefined) return { keys: encoded.join(lookup.separator) }
  const name = encodeURIComponent(lookup.parameter)
  const query =
    lookup.separator === '&'
      ? encoded.map((key) => `${name}=${key}`).join('&')
      : `${name}=${encoded.join(lookup.separator)}`
  return { encodedQuery: query }
}

function collect(
  items: readonly SourceValue[],
  lookup: KeyedLookup,
  asked: ReadonlySet<string>,
  rows: Map<string, SourceRow>,
): void {
  for (const [index, item] of items.entries()) {
    const key = findText(lookup.keyField, item)
    if (key === undefined)
      throw notKeyed(
        worded(`item ${index + 1} has no ${lookup.keyField}`, `mục ${index + 1} không có ${lookup.keyField}`),
      )
    if (!asked.has(key)) continue
    // Which of the two is right cannot be told, and either could be wrong in public.
    if (rows.has(key)) {
      const shown = key.slice(0, 100)
      throw notKeyed(worded(`two items have the key ${shown}`, `hai mục có cùng khóa ${shown}`))
    }
    rows.set(key, { number: index + 1, values: valuesOf(item) })
  }
}

function notKeyed(detail: Wording): SourceFault {
  return new SourceFault('NOT_DATA', {
    expected: worded('a list of items with keys', 'danh sách các mục có khóa'),
    detail,
  })
}
