import { isSourceList, isSourceObject } from '../source-values.js'
import type { SourceObject, SourceValue } from '../driver.js'

/** A single value that stands in an answer beside its list. */
export interface Said {
  /** A JMESPath expression from the root of the answer. */
  readonly path: string
  /** The last name of it that says what it is: `next` for `links.next` and for `_links.next.href`. */
  readonly name: string
  readonly value: SourceValue
}

/** How far below an object that has the list something about the list may stand. */
const deepest = 3

/** What an answer says beside the list at `names`, nearest to the list first. */
export function saidBeside(document: SourceValue, names: readonly string[]): Said[] {
  const [name, ...rest] = names
  if (name === undefined || !isSourceObject(document)) return []
  const within = saidBeside(document[name] ?? null, rest)
  return [...within.map((one) => ({ ...one, path: `${asIdentifier(name)}.${one.path}` })), ...singles(document, [])]
}

function singles(object: SourceObject, before: readonly string[]): Said[] {
  return Object.entries(object).flatMap(([name, value]): Said[] => {
    const names = [...before, name]
    if (isSourceObject(value)) return names.length < deepest ? singles(value, names) : []
    if (isSourceList(value) || value === null) return []
    const said = /^(href|url)$/i.test(name) ? (before.at(-1) ?? name) : name
    return [{ path: names.map(asIdentifier).join('.'), name: said, value }]
  })
}

export function asIdentifier(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : JSON.stringify(name)
}
