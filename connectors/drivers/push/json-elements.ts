import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded, type Wording } from '../../../src/errors/wording.js'

/** Characters of one row, or of a document that is not a list. */
const longestElement = 32 * 1024 * 1024

export interface JsonElement {
  readonly element: string
  /** An item of the list that the text is; otherwise the text is objects one after the other. */
  readonly isListed: boolean
}

/**
 * Cuts a JSON text into its items, or into its values when it is not a list, without holding all of it. What lies within an item
 * is not checked here. Throws TRUNCATED when the text ends within an item or the list, NOT_DATA for text outside of them.
 */
export async function* elementTexts(text: AsyncIterable<string>): AsyncGenerator<JsonElement, void, undefined> {
  const cutter = new ElementCutter()
  for await (const chunk of text) yield* cutter.push(chunk)
  cutter.end()
}

type Place = 'start' | 'before item' | 'item' | 'after item' | 'end'

class ElementCutter {
  #place: Place = 'start'
  #isListed = false
  #seen = false
  #element = ''
  #depth = 0
  #inText = false
  #escaped = false

  end(): void {
    if (this.#place === 'start') throw notJson(worded('it is empty', 'không có nội dung'))
    const whole = this.#isListed ? this.#place === 'end' : this.#place === 'before item'
    if (!whole)
      throw new SourceFault('TRUNCATED', {
        detail: worded(
          'the JSON text ends within a row or before the end of its list',
          'văn bản JSON kết thúc giữa một dòng hoặc trước khi hết danh sách',
        ),
      })
  }

  *push(chunk: string): Generator<JsonElement, void, undefined> {
    let from = 0
    for (let at = 0; at < chunk.length; at++) {
      const character = chunk.charAt(at)
      if (this.#place !== 'item') {
        if (this.#between(character)) continue
        from = at
      }
      if (!this.#within(character)) continue
      this.#element += chunk.slice(from, at + 1)
      yield this.#take()
    }
    if (this.#place === 'item') this.#element += chunk.slice(from)
    if (this.#element.length > longestElement) {
      throw new SourceFault('TOO_LARGE', {
        limit: worded(
          `${longestElement / 1024 / 1024} MB in one row`,
          `${longestElement / 1024 / 1024} MB trong một dòng`,
        ),
      })
    }
  }

  /** True when the character belongs to no item. */
  #between(character: string): boolean {
    if (/[\s\uFEFF]/u.test(character)) return true
    if (this.#place === 'end') throw notJson(worded('there is more after its list', 'còn nội dung sau danh sách'))
    if (this.#place === 'start' && character === '[') {
      this.#isListed = true
      this.#place = 'before item'
      return true
    }
    if (this.#isListed && character === ']' && (this.#place === 'after item' || !this.#seen)) {
      this.#place = 'end'
      return true
    }
    if (this.#place === 'after item') {
      if (character !== ',')
        throw notJson(worded('a comma is missing between two rows', 'thiếu dấu phẩy giữa hai dòng'))
      this.#place = 'before item'
      return true
    }
    if (character !== '{') throw notJson(worded('its rows are not objects', 'các dòng không phải là đối tượng'))
    this.#place = 'item'
    this.#element = ''
    return false
  }

  /** True when the character ends the item. */
  #within(character: string): boolean {
    if (this.#inText) {
      if (this.#escaped) this.#escaped = false
      else if (character === '\\') this.#escaped = true
      else if (character === '"') this.#inText = false
      return false
    }
    if (character === '"') this.#inText = true
    else if (character === '{' || character === '[') this.#depth++
    else if (character === '}' || character === ']') this.#depth--
    return this.#depth === 0
  }

  #take(): JsonElement {
    const element = this.#element
    this.#element = ''
    this.#seen = true
    this.#place = this.#isListed ? 'after item' : 'before item'
    return { element, isListed: this.#isListed }
  }
}

function notJson(detail: Wording): SourceFault {
  return new SourceFault('NOT_DATA', { expected: worded('a list of JSON objects', 'danh sách đối tượng JSON'), detail })
}
