import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import type { SourceValue } from '../driver.js'
import type { OpenedElement } from './element-names.js'
import { ElementTree } from './element-tree.js'

/** Values that stand once in a document, before its rows: the year of the report, the office. */
export class DocumentValues {
  readonly #columns: readonly { readonly column: string; readonly path: string }[]
  readonly #keepsWhitespace: boolean
  readonly #found = new Map<string, string | null>()
  #held: { readonly path: string; readonly tree: ElementTree } | undefined

  /** `columns`: from the name of a column to the path of its value. */
  constructor(columns: Readonly<Record<string, string>>, keepsWhitespace: boolean) {
    this.#columns = Object.entries(columns).map(([column, path]) => ({ column, path: path.normalize('NFC') }))
    this.#keepsWhitespace = keepsWhitespace
  }

  open(names: readonly string[], element: OpenedElement): void {
    if (this.#held !== undefined) this.#held.tree.open(element)
    if (this.#columns.length === 0) return
    const path = `/${names.join('/')}`
    for (const [name, value] of element.attributes) this.#find(`${path}/@${name}`, value)
    if (this.#held !== undefined || !this.#isWanted(path)) return
    this.#held = { path, tree: new ElementTree() }
    this.#held.tree.open(element)
  }

  text(text: string): void {
    this.#held?.tree.text(text)
  }

  close(): void {
    const closed = this.#held?.tree.close()
    if (closed === undefined || this.#held === undefined) return
    this.#find(this.#held.path, closed.isNil ? null : closed.text)
    this.#held = undefined
  }

  /** The columns for a row. Throws MAPPING when one has not come before it. */
  columns(): readonly (readonly [string, SourceValue])[] {
    return this.#columns.map(({ column, path }) => {
      const value = this.#found.get(path)
      if (value !== undefined) return [column, value]
      throw new SourceFault('MAPPING', {
        detail: worded(`nothing stands at ${path} before the first row`, `không có gì tại ${path} trước dòng đầu tiên`),
      })
    })
  }

  #find(path: string, value: string | null): void {
    if (!this.#isWanted(path) || this.#found.has(path)) return
    this.#found.set(path, value === null || this.#keepsWhitespace ? value : value.trim())
  }

  #isWanted(path: string): boolean {
    return this.#columns.some((wanted) => wanted.path === path)
  }
}
