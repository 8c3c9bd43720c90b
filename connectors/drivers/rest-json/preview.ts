import type { ResourceDescription, SourceValue } from '../driver.js'
import { isSourceList, isSourceObject } from '../source-values.js'
import { restJsonSelection, type RestJsonSelection } from './options.js'
import { valuesOf } from './row-values.js'

/** How deep a list may lie in an answer to be offered. */
const deepest = 3

/** The lists of objects in an answer, each as a resource that could be read. */
export function listsIn(document: SourceValue, sampleRows: number): ResourceDescription<RestJsonSelection>[] {
  return [...findLists(document, [])].map(({ names, items }) => {
    const columns = new Set(items.flatMap((item) => (isSourceObject(item) ? Object.keys(item) : ['value'])))
    return {
      name: names.at(-1) ?? 'rows',
      selection: restJsonSelection.parse({ items: names.length === 0 ? '@' : names.map(asIdentifier).join('.') }),
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

function asIdentifier(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
}
