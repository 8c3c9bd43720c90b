import { folded } from '../connectors/mapping/text-folding.js'
import type { Bilingual, ValueKind } from '../records/schema/record-type.js'
import { lookOf, type ColumnValues, type Look } from './column-values.js'
import { isCodeHeader } from './header-words.js'

export interface Inferred {
  readonly kind: ValueKind
  readonly list?: boolean
  readonly convert?: readonly unknown[]
  readonly notes?: readonly Bilingual[]
}

/** Of the values so many must fit: the others are mistakes, which the trial shows row by row. */
const share = 0.85
const yesWords = new Set(['co', 'x', 'true', 'yes', 'dung', 'y'])
const noWords = new Set(['khong', 'false', 'no', 'sai', 'n'])

/**
 * What the values of a column are. A text is a number only when nothing speaks against it: no leading zero, no name that codes
 * have, no letter. Where a text can be read in two ways, that is said.
 */
export function inferKind(header: string, values: ColumnValues): Inferred {
  const { texts, numbers, booleans, lists, objects } = values
  if (objects > 0) return { kind: 'json' }
  if (lists > 0) return { kind: 'text', list: true }
  if (booleans > 0 && texts.length + numbers.length === 0) return { kind: 'boolean' }
  if (texts.length === 0 && numbers.length === 0) return { kind: 'text' }
  if (isCodeHeader(header)) return codes(numbers)
  const found = texts.map(lookOf)
  if (found.includes('leadingZero')) {
    return {
      kind: 'text',
      notes: [note('Có số 0 ở đầu nên giữ nguyên là văn bản.', 'Has leading zeros, so it stays text.')],
    }
  }
  const counts = new Map<Look, number>()
  for (const look of found) counts.set(look, (counts.get(look) ?? 0) + 1)
  const all = texts.length + numbers.length
  const countOf = (...kinds: readonly Look[]): number => kinds.reduce((sum, kind) => sum + (counts.get(kind) ?? 0), 0)
  const mostly = (count: number): boolean => count > 0 && count >= share * all
  if (mostly(countOf('slashDate', 'isoDate')) && numbers.length === 0)
    return dates(texts.filter(isSlashDate), countOf('isoDate') > 0)
  if (mostly(countOf('isoDateTime', 'isoDate')) && numbers.length === 0) {
    return { kind: 'dateTime', convert: ['dateTime'] }
  }
  if (mostly(countOf('url'))) return { kind: 'url' }
  if (numbers.length === 0 && isYesNo(texts)) return { kind: 'boolean', convert: ['boolean'] }
  const written = countOf(
    'digits',
    'longDigits',
    'grouped',
    'manyGroups',
    'commaDecimal',
    'shortCommaDecimal',
    'pointDecimal',
  )
  if (mostly(written + numbers.length)) return numeric(texts, numbers, counts)
  return { kind: 'text' }
}

function codes(numbers: readonly string[]): Inferred {
  if (numbers.length === 0) return { kind: 'text' }
  return {
    kind: 'text',
    notes: [
      note(
        'Là mã nhưng tệp lưu dạng số: số 0 ở đầu có thể đã mất; hãy định dạng cột là Văn bản.',
        'A code that the file holds as numbers: leading zeros may be lost already; format the column as Text.',
      ),
    ],
  }
}

function numeric(texts: readonly string[], numbers: readonly string[], counts: ReadonlyMap<Look, number>): Inferred {
  const has = (look: Look): boolean => counts.has(look)
  const plain = [...counts.keys()].every((look) => look === 'digits' || look === 'longDigits')
  const oneLength = texts.length > 1 && texts.every((text) => text.length === texts[0]?.length && text.length >= 6)
  if (plain && oneLength && new Set(texts).size === texts.length) {
    return {
      kind: 'text',
      notes: [note('Giống mã số nên giữ nguyên là văn bản.', 'Looks like codes, so it stays text.')],
    }
  }
  const whole = numbers.every((text) => /^-?\d+$/.test(text))
  const large = [...texts, ...numbers].some((text) => text.replace(/\D/g, '').length > 9)
  const integerKind: ValueKind = large ? 'bigInteger' : 'integer'
  const foreign = has('pointDecimal') && !has('manyGroups') && !has('commaDecimal')
  if (foreign) return { kind: 'decimal' }
  const convert =
    has('grouped') || has('manyGroups') || has('commaDecimal') || has('shortCommaDecimal') ? ['vietnameseNumber'] : []
  const decimal = has('commaDecimal') || has('shortCommaDecimal') || !whole
  const notes: Bilingual[] = []
  if (has('grouped') && !has('manyGroups') && !has('commaDecimal')) {
    notes.push(
      note(
        'Chưa rõ: 1.234 được đọc là một nghìn hai trăm ba mươi tư; nếu là số thập phân hãy bỏ vietnameseNumber.',
        'Ambiguous: 1.234 is read as one thousand two hundred thirty-four; if it is a decimal, leave out vietnameseNumber.',
      ),
    )
  }
  if (has('shortCommaDecimal') && !has('commaDecimal')) {
    notes.push(
      note(
        'Chưa rõ: 1,234 được đọc là số thập phân (dấu phẩy); có thể là một nghìn hai trăm ba mươi tư.',
        'Ambiguous: 1,234 is read as a decimal comma; it may be one thousand two hundred thirty-four.',
      ),
    )
  }
  return { kind: decimal ? 'decimal' : integerKind, convert, notes }
}

function isSlashDate(text: string): boolean {
  return lookOf(text) === 'slashDate'
}

function dates(texts: readonly string[], alsoIso: boolean): Inferred {
  const iso = alsoIso ? ['yyyy-MM-dd'] : []
  if (texts.length === 0) return { kind: 'date' }
  const parts = texts.map((text) => text.split(/[/.-]/).map(Number))
  const firstIsDay = parts.some(([first = 0]) => first > 12)
  const secondIsDay = parts.some(([, second = 0]) => second > 12)
  const separators = new Set(texts.map((text) => /[/.-]/.exec(text)?.[0] ?? '/'))
  const order = secondIsDay && !firstIsDay ? ['M', 'd'] : ['d', 'M']
  const formats = [...separators].map((separator) => [...order, 'yyyy'].join(separator))
  const written = [...formats, ...iso]
  const convert = [{ date: written.length === 1 ? written[0] : written }]
  if (firstIsDay && secondIsDay) {
    return {
      kind: 'date',
      convert,
      notes: [
        note(
          'Cột có cả ngày/tháng và tháng/ngày: các dòng không hợp lệ được liệt kê.',
          'Has days before months and months before days: the rows that do not fit are listed.',
        ),
      ],
    }
  }
  if (firstIsDay || secondIsDay) return { kind: 'date', convert }
  return {
    kind: 'date',
    convert,
    notes: [
      note(
        `Chưa rõ: "${texts[0] ?? ''}" được đọc là ngày/tháng/năm; có thể là tháng/ngày/năm.`,
        `Ambiguous: "${texts[0] ?? ''}" is read as day/month/year; it may be month/day/year.`,
      ),
    ],
  }
}

function isYesNo(texts: readonly string[]): boolean {
  const distinct = new Set(texts.map(folded))
  return distinct.size <= 2 && [...distinct].every((text) => yesWords.has(text) || noWords.has(text))
}

function note(vi: string, en: string): Bilingual {
  return { vi, en }
}
