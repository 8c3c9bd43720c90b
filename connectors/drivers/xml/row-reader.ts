import type { SaxesTagNS } from 'saxes'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import type { SourceObject, SourceRow } from '../driver.js'
import { DocumentValues } from './document-values.js'
import { ElementNames } from './element-names.js'
import { stepsOf } from './element-path.js'
import { ElementTree, type XmlElement } from './element-tree.js'
import { ElementsSeen } from './elements-seen.js'
import type { XmlRows } from './options.js'
import type { DocumentReader } from './parse-document.js'
import { columnsOf, type ColumnRules } from './row-columns.js'
import { isSoapFault, SoapFault } from './soap-fault.js'

/**
 * Finds the rows of a document. Throws NOT_DATA for a SOAP fault, and at the end when the place of the rows was not in it: a document
 * without rows has their surroundings all the same.
 */
export class RowReader implements DocumentReader<SourceRow> {
  readonly #steps: readonly string[]
  readonly #names: ElementNames
  readonly #rules: ColumnRules
  readonly #document: DocumentValues
  readonly #seen: ElementsSeen
  /** Of the elements that are open around rows. */
  readonly #path: string[] = []
  /** How many of them are those of the rows' path. */
  #matched = 0
  #held: { readonly tree: ElementTree; readonly isRow: boolean } | undefined
  #number = 0
  #rows: SourceRow[] = []

  constructor({ rows, namespaces = {}, lists = [], document = {}, whitespace = 'trim' }: XmlRows) {
    if (rows === undefined)
      throw new SourceFault('MAPPING', {
        detail: worded('say in rows which element is a row', 'hãy ghi trong rows phần tử nào là một dòng'),
      })
    const keepsWhitespace = whitespace === 'keep'
    this.#steps = stepsOf(rows)
    this.#names = new ElementNames(namespaces)
    this.#rules = { lists: new Set(lists.map((path) => path.normalize('NFC'))), keepsWhitespace }
    this.#document = new DocumentValues(document, keepsWhitespace)
    this.#seen = new ElementsSeen(this.#steps)
  }

  open(tag: SaxesTagNS): void {
    const element = this.#names.opened(tag)
    const isFault = isSoapFault(tag)
    if (this.#held !== undefined && !isFault) {
      this.#held.tree.open(element)
      return
    }
    if (this.#matched === this.#path.length && this.#steps[this.#matched] === element.name) this.#matched += 1
    this.#path.push(element.name)
    const isRow = this.#matched === this.#steps.length && !isFault
    if (isRow || isFault) {
      this.#held = { tree: new ElementTree(), isRow }
      this.#held.tree.open(element)
      return
    }
    if (this.#number === 0) this.#seen.see(this.#path, this.#matched)
    this.#document.open(this.#path, element)
  }

  text(text: string): void {
    if (this.#held === undefined) this.#document.text(text)
    else this.#held.tree.text(text)
  }

  close(): void {
    if (this.#held === undefined) {
      this.#document.close()
      this.#leave()
      return
    }
    const closed = this.#held.tree.close()
    if (closed === undefined) return
    if (!this.#held.isRow) throw new SoapFault(closed)
    this.#held = undefined
    this.#leave()
    this.#number += 1
    this.#rows.push({ number: this.#number, values: this.#valuesOf(closed) })
  }

  take(): readonly SourceRow[] {
    const rows = this.#rows
    this.#rows = []
    return rows
  }

  end(): void {
    if (this.#number === 0) this.#seen.demandPlace()
  }

  #leave(): void {
    this.#path.pop()
    this.#matched = Math.min(this.#matched, this.#path.length)
  }

  #valuesOf(row: XmlElement): SourceObject {
    const values = columnsOf(row, this.#rules)
    const added = this.#document.columns()
    return added.length === 0 ? values : { __proto__: null, ...values, ...Object.fromEntries(added) }
  }
}
