import type { SourceObject, SourceValue } from '../driver.js'
import type { XmlElement } from './element-tree.js'

export interface ColumnRules {
  /** Paths in the row of the elements that are lists. */
  readonly lists: ReadonlySet<string>
  readonly keepsWhitespace: boolean
}

/** The column of the text that a row has beside its elements and attributes. */
const ownText = 'text()'

/**
 * An element as a row: a column for each element in it by its path, and for each attribute. An empty element is an empty text, one
 * with `xsi:nil` is null. An element that comes again without being said to be a list makes a list of its column's values, which
 * no single field takes: such a row is set aside instead of losing one of them.
 */
export function columnsOf(row: XmlElement, rules: ColumnRules): SourceObject {
  return objectOf(row, '', rules)
}

/** `place`: the path in the row of the element, with a slash at its end; empty for the row itself. */
function objectOf(element: XmlElement, place: string, rules: ColumnRules): SourceObject {
  const columns = new Columns()
  for (const [name, value] of element.attributes) columns.add(`@${name}`, shown(value, rules))
  if (element.hasOwnText) columns.add(ownText, shown(element.text, rules))
  addChildren(columns, element, '', place, rules)
  return columns.object()
}

/** `within`: the path from the object that the columns are of; `place`: the same from the row. */
function addChildren(columns: Columns, element: XmlElement, within: string, place: string, rules: ColumnRules): void {
  for (const child of element.children) {
    const column = `${within}${child.name}`
    const path = `${place}${child.name}`
    if (rules.lists.has(path)) {
      columns.addToList(column, itemOf(child, path, rules))
      continue
    }
    if (hasText(child)) columns.add(column, textOf(child, rules))
    for (const [name, value] of child.attributes) columns.add(`${column}/@${name}`, shown(value, rules))
    addChildren(columns, child, `${column}/`, `${path}/`, rules)
  }
}

function itemOf(element: XmlElement, path: string, rules: ColumnRules): SourceValue {
  const isPlain = element.children.length === 0 && element.attributes.length === 0
  return isPlain ? textOf(element, rules) : objectOf(element, `${path}/`, rules)
}

function textOf(element: XmlElement, rules: ColumnRules): string | null {
  return element.isNil ? null : shown(element.text, rules)
}

function shown(text: string, { keepsWhitespace }: ColumnRules): string {
  return keepsWhitespace ? text : text.trim()
}

/** Space between elements is none, and nothing is said by the emptiness of an element that has attributes. */
function hasText(element: XmlElement): boolean {
  return element.hasOwnText || element.isNil || (element.children.length === 0 && element.attributes.length === 0)
}

/** The values of an object while its elements come, in their order. */
class Columns {
  readonly #values = new Map<string, SourceValue[]>()
  readonly #lists = new Set<string>()

  add(column: string, value: SourceValue): void {
    const values = this.#values.get(column)
    if (values === undefined) this.#values.set(column, [value])
    else values.push(value)
  }

  addToList(column: string, item: SourceValue): void {
    this.#lists.add(column)
    this.add(column, item)
  }

  object(): SourceObject {
    const object: Record<string, SourceValue> = { __proto__: null }
    for (const [column, values] of this.#values) {
      const [only = null, ...more] = values
      object[column] = more.length > 0 || this.#lists.has(column) ? values : only
    }
    return object
  }
}
