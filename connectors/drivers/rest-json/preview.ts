import type { ResourceDescription, SourceValue } from '../driver.js'
import { isSourceList, isSourceObject } from '../source-values.js'
import type { Reply } from './exchange.js'
import { findCount } from './expression.js'
import { restJsonSelection, type RestJsonSelection } from './options.js'
import { pagingShown } from './preview-paging.js'
import { valuesOf } from './row-values.js'
import { asIdentifier, saidBeside, type Said } from './said-beside.js'

/** How deep a list may lie in an answer to be offered. */
const deepest = 3

/** The lists of objects in an answer, each as a resource that could be read. */
export function listsIn(reply: Reply, sampleRows: number): ResourceDescription<RestJsonSelection>[] {
  const { document } = reply
  return [...findLists(document, [])].map(({ names, items }) => {
    const said = saidBeside(document, names)
    const total = totalAmong(said, document, items.length)
    const count = total === undefined ? undefined : findCount(total, document)
    const paging = pagingShown(reply, { said, listed: items.length, total: count })
    const columns = new Set(items.flatMap((item) => (isSourceObject(item) ? Object.keys(item) : ['value'])))
    return {
      name: names.at(-1) ?? 'rows',
      selection: restJsonSelection.parse({
        items: names.length === 0 ? '@' : names.map(asIdentifier).join('.'),
        ...(total === undefined ? {} : { total }),
        ...(paging === undefined ? {} : { paging }),
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

/** Where the answer says how many rows there are: then one that is only the first page of more is found out. */
function totalAmong(said: readonly Said[], document: SourceValue, listed: number): string | undefined {
  return said.find(({ name, path }) => totalName.test(name) && (findCount(path, document) ?? -1) >= listed)?.path
}
