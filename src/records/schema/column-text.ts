import { SourceNumber, type SourceValue } from '../../../connectors/drivers/driver.js'
import { deepestJson, isList, jsonText } from './json-text.js'
import { decimalText, floatText, int4, int8, wholeText } from './number-text.js'
import { composed, isPlainText } from './plain-text.js'
import type { Field } from './record-type.js'
import { dateText, instantText } from './time-text.js'
import { Misfit } from './validation-problem.js'

/** One value as Postgres writes it, or why it is none of the field's kind. The value is neither null nor empty. */
export type ReadValue = (value: SourceValue) => string | Misfit

/** How a single value of a field is read. `zone` is where a date and time without an offset is, if that may be. */
export function readerOf(field: Field, zone: string | undefined): ReadValue {
  switch (field.kind) {
    case 'text':
      return (value) => {
        const text = singleText(value)
        if (text === undefined) return new Misfit('notText')
        return isPlainText(text) ? composed(text) : new Misfit('notPlainText')
      }
    case 'url':
      return fromText(readUrl)
    case 'code':
      return codeReader(field)
    case 'integer':
      return fromText((text) => readWhole(text, int4))
    case 'bigInteger':
      return fromText((text) => readWhole(text, int8))
    case 'decimal':
      return fromText((text) => decimalText(text) ?? new Misfit('notNumber'))
    case 'float':
      return fromText((text) => floatText(text) ?? new Misfit('notNumber'))
    case 'boolean':
      return fromText((text) => booleans.get(text.toLowerCase()) ?? new Misfit('notBoolean'))
    case 'date':
      return fromText((text) => dateText(text) ?? new Misfit('notDate'))
    case 'dateTime':
      return fromText((text) => instantText(text, zone) ?? new Misfit('notInstant'))
    case 'json':
      return (value) => jsonText(value) ?? new Misfit('notJson', { depth: deepestJson })
  }
}

/** Kinds other than text are written without the space around them that files have. */
function fromText(read: (text: string) => string | Misfit): ReadValue {
  return (value) => {
    const text = singleText(value)
    return text === undefined ? new Misfit('notSingle') : read(text.trim())
  }
}

function singleText(value: SourceValue): string | undefined {
  if (typeof value === 'string') return value
  if (value instanceof SourceNumber) return value.text
  return typeof value === 'boolean' ? String(value) : undefined
}

function readWhole(text: string, range: { readonly least: bigint; readonly most: bigint }): string | Misfit {
  const whole = wholeText(text, range.least, range.most)
  if (whole !== undefined) return whole
  const plain = decimalText(text)
  if (plain === undefined || plain.includes('.')) return new Misfit('notWhole')
  return new Misfit('wholeRange', { least: String(range.least), most: String(range.most) })
}

const booleans: ReadonlyMap<string, string> = new Map([
  ...['true', 't', '1', 'yes', 'y', 'có'].map((word) => [word, 'true'] as const),
  ...['false', 'f', '0', 'no', 'n', 'không'].map((word) => [word, 'false'] as const),
])

function readUrl(text: string): string | Misfit {
  const fits =
    /^https?:\/\//i.test(text) && text.length <= 2000 && !/\s/.test(text) && isPlainText(text) && URL.canParse(text)
  return fits ? composed(text) : new Misfit('notUrl')
}

function codeReader({ codeList }: Field): ReadValue {
  const values = new Set(codeList?.values.map(({ value }) => value))
  return fromText((text) => (values.has(text) ? text : new Misfit('notCode', { list: codeList?.code ?? '' })))
}

/** Missing: nothing, null, or text without any character that shows. An empty list is a value. */
export function isEmpty(value: SourceValue | undefined): value is null | undefined | '' {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '')
}

/** The items of a list field's value: a source with one item often writes it without the list. */
export function itemsOf(value: SourceValue): readonly SourceValue[] {
  return isList(value) ? value : [value]
}

/** As Postgres reads an array. */
export function arrayText(items: readonly string[]): string {
  return `{${items.map((item) => `"${item.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`
}

/** The value as the agency wrote it, for the list of what was set aside. */
export function shownValue(value: SourceValue | undefined): string | undefined {
  if (value === undefined || value === null) return undefined
  const text = singleText(value) ?? jsonText(value) ?? ''
  const plain = isPlainText(text) ? text : text.replace(/\0|\p{Surrogate}/gu, '\uFFFD')
  if (plain.length <= 200) return plain
  // Not between the halves of a pair.
  const end = /[\uD800-\uDBFF]/.test(plain.charAt(198)) ? 198 : 199
  return `${plain.slice(0, end)}…`
}
