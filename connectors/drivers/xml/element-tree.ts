import { composed } from '../../../src/records/schema/plain-text.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import type { OpenedElement } from './element-names.js'

/** An element that is held as a whole: a row, or less. */
export interface XmlElement extends OpenedElement {
  readonly children: readonly XmlElement[]
  /** All text in it, that of elements within it included, in NFC. */
  readonly text: string
  /** It has text of its own that is more than space. */
  readonly hasOwnText: boolean
}

const mostCharacters = 4 * 1024 * 1024
const mostParts = 16_384

/** Builds one element out of what a parser tells. Throws TOO_LARGE when it grows beyond what a row may be. */
export class ElementTree {
  readonly #open: Building[] = []
  #characters = 0
  #parts = 0
  #root: XmlElement | undefined

  open(element: OpenedElement): void {
    this.#parts += 1 + element.attributes.length
    if (this.#parts > mostParts)
      throw new SourceFault('TOO_LARGE', {
        limit: worded(`${mostParts} values in one row`, `${mostParts} giá trị trong một dòng`),
      })
    for (const [name, value] of element.attributes) this.#grow(name.length + value.length)
    this.#grow(element.name.length)
    this.#open.push({ ...element, children: [], text: '', hasOwnText: false })
  }

  text(text: string): void {
    const element = this.#open.at(-1)
    if (element === undefined) return
    this.#grow(text.length)
    element.text += text
    element.hasOwnText ||= /\S/u.test(text)
  }

  /** The whole element, when it was its end that closed. */
  close(): XmlElement | undefined {
    const element = this.#open.pop()
    if (element === undefined) return this.#root
    const parent = this.#open.at(-1)
    const closed = { ...element, text: composed(element.text) }
    if (parent === undefined) this.#root = closed
    else {
      parent.children.push(closed)
      parent.text += element.text
    }
    return this.#root
  }

  #grow(characters: number): void {
    this.#characters += characters
    if (this.#characters > mostCharacters) {
      throw new SourceFault('TOO_LARGE', {
        limit: worded(`${mostCharacters} characters in one row`, `${mostCharacters} ký tự trong một dòng`),
      })
    }
  }
}

interface Building extends OpenedElement {
  readonly children: XmlElement[]
  text: string
  hasOwnText: boolean
}
