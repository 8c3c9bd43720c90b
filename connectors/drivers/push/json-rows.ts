import type { SourceObject, SourceValue } from '../driver.js'
import { isSourceList, isSourceObject } from '../source-values.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import { parseSourceJson } from '../../../src/connectors/outbound/source-json.js'
import { elementTexts } from './json-elements.js'

/** How deep a list may lie in a document. */
const deepest = 3

export interface RowList {
  /** Dotted path in the document; empty when the document itself is the list. */
  readonly items: string
  readonly rows: readonly SourceObject[]
}

/**
 * The rows of a JSON text, streamed: a list of objects, objects one a line, or one document with a list in it (named by `items`
 * when there are several). Throws a SourceFault for anything else.
 */
export async function* jsonRows(
  text: AsyncIterable<string>,
  items: string | undefined,
): AsyncGenerator<SourceObject, void, undefined> {
  let first: SourceObject | undefined
  let count = 0
  for await (const { element, isListed } of elementTexts(text)) {
    const row = rowOf(parseSourceJson(element), count + 1)
    count += 1
    if (isListed) {
      yield row
      continue
    }
    // Whether a single object is a row or a document around rows, only the end of the text tells.
    if (count === 1) first = row
    else {
      if (first !== undefined) yield first
      first = undefined
      yield row
    }
  }
  if (first !== undefined) yield* rowsWithin(first, items)
}

function rowOf(value: SourceValue, number: number): SourceObject {
  if (isSourceObject(value)) return value
  throw new SourceFault('NOT_DATA', {
    expected: worded('a list of JSON objects', 'danh sách đối tượng JSON'),
    detail: worded(`row ${number} is not an object`, `dòng ${number} không phải là đối tượng`),
  })
}

function rowsWithin(document: SourceObject, items: string | undefined): readonly SourceObject[] {
  const lists = listsWithin(document)
  if (items !== undefined) {
    const named = lists.find((list) => list.items === items)
    if (named !== undefined) return named.rows
    throw new SourceFault('NOT_FOUND', {
      what: worded(`list ${items} (there are ${namesOf(lists)})`, `danh sách ${items} (hiện có ${namesOf(lists)})`),
    })
  }
  const [only, ...others] = lists
  if (only === undefined) return [document]
  if (others.length === 0) return only.rows
  throw new SourceFault('MAPPING', {
    detail: worded(
      `say in items which list holds the rows: ${namesOf(lists)}`,
      `hãy ghi trong items danh sách nào chứa các dòng: ${namesOf(lists)}`,
    ),
  })
}

/** The lists of objects in a document. */
function listsWithin(document: SourceValue, names: readonly string[] = []): RowList[] {
  if (isSourceList(document)) {
    const rows = document.filter(isSourceObject)
    return rows.length > 0 && rows.length === document.length ? [{ items: names.join('.'), rows }] : []
  }
  if (!isSourceObject(document) || names.length >= deepest) return []
  return Object.entries(document).flatMap(([name, value]) => listsWithin(value, [...names, name]))
}

function namesOf(lists: readonly RowList[]): string {
  return lists.map(({ items }) => items).join(', ') || 'none'
}
