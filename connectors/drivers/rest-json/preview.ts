import type { ResourceDescription, SourceValue } from '../driver.js'
import { isSourceList, isSourceObject } from '../source-values.js'
import { findCount } from './expression.js'
import { restJsonSelection, type RestJsonSelection } from './options.js'
import { valuesOf } from './row-values.js'

/** How deep a list may lie in an answer to be offered. */
const deepest = 3

/** The lists of objects in an answer, each as a resource that could be read. */
export function listsIn(document: SourceValue, sampleRows: number): ResourceDescription<RestJsonSelection>[] {
  return [...findLists(document, [])].map(({ names, items }) => {
    const total = totalBeside(document, names, items.length)
    const columns = new Set(items.flatMap((item) => (isSourceObject(item) ? Object.keys(item) : ['value'])))
    return {
      name: names.at(-1) ?? 'rows',
      selection: restJsonSelection.parse({
        items: names.length === 0 ? '@' : names.map(asIdentifier).join('.'),
        ...(total === undefined ? {} : { total }),
      }),
      columns: [...columns],
      sample: items.slice(0, sampleRows).map((item, index) => ({ number: index + 1, values: valuesOf(item) })),
      isStructured: true,
    }
  })
}

function* findLists(
  document: SourceValue,
  names: readonly string[],
): Generator<{ names: readonly string[]; items: readonly SourceValue[] }> {
  if (isSourceList(document)) {
    if (names.length === 0 || document.some(isSourceObject)) yield { names, items: document }
  } else if (isSourceObject(document) && names.length < deepest) {
    for (const [name, value] of Object.entries(document)) yield* findLists(value, [...names, name])
  }
}

const totalName = /^(total|tongso|tong)_?(count|items|records|rows|elements|results|dong|banghi)?$/i

/**
 * Where the answer says how many rows there are, beside the list or in an object beside it: then one that is only the first page of
 * more is found out.
 */
function totalBeside(document: SourceValue, names: readonly string[], listed: number): string | undefined {
  const [name, ...rest] = names
  if (name === undefined || !isSourceObject(document)) return undefined
  const within = totalBeside(document[name] ?? null, rest, listed)
  if (within !== undefined) return `${asIdentifier(name)}.${within}`
  const beside = Object.keys(document).flatMap((key) => {
    const value = document[key]
    const inner = isSourceObject(value) ? Object.keys(value).map((one) => [key, one]) : []
    return [[key], ...inner]
  })
  const paths = beside
    .filter((path) => totalName.test(path.at(-1) ?? ''))
    .map((path) => path.map(asIdentifier).join('.'))
  return paths.find((path) => (findCount(path, document) ?? -1) >= listed)
}

function asIdentifier(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
}
