import type { Bilingual } from './record-type.js'

/** Why a row does not fit its record type: one field of it, the value as it came, and a sentence for the agency. */
export interface ValidationProblem {
  readonly field: string
  /** Cut after 200 characters; undefined when the value is missing. */
  readonly value: string | undefined
  readonly reason: Bilingual
}

/** The sentences, in one table. `{name}` is filled in. */
const reasons = {
  missing: { en: 'The value is missing.', vi: 'Thiếu giá trị.' },
  notWhole: { en: 'Must be a whole number.', vi: 'Phải là số nguyên.' },
  wholeRange: { en: 'Must be between {least} and {most}.', vi: 'Phải trong khoảng {least} đến {most}.' },
  notNumber: { en: 'Must be a number.', vi: 'Phải là số.' },
  notBoolean: { en: 'Must be true or false.', vi: 'Phải là đúng hoặc sai.' },
  notDate: { en: 'Must be a day of the calendar, written YYYY-MM-DD.', vi: 'Phải là ngày có thật, viết YYYY-MM-DD.' },
  notInstant: {
    en: 'Must be a date and time with its offset, such as 2025-06-30T08:00:00+07:00.',
    vi: 'Phải là ngày giờ kèm múi giờ, ví dụ 2025-06-30T08:00:00+07:00.',
  },
  notCode: { en: 'Is not in the code list {list}.', vi: 'Không có trong danh mục {list}.' },
  notUrl: {
    en: 'Must be an address that begins with http or https.',
    vi: 'Phải là địa chỉ bắt đầu bằng http hoặc https.',
  },
  notText: {
    en: 'Must be a text, not a list or an object.',
    vi: 'Phải là văn bản, không phải danh sách hay đối tượng.',
  },
  notPlainText: {
    en: 'The text has characters that cannot be stored (U+0000 or half of a surrogate pair).',
    vi: 'Văn bản có ký tự không lưu được (U+0000 hoặc nửa cặp thay thế).',
  },
  notSingle: {
    en: 'Must be one value, not a list or an object.',
    vi: 'Phải là một giá trị, không phải danh sách hay đối tượng.',
  },
  notJson: { en: 'Must be JSON, nested at most {depth} deep.', vi: 'Phải là JSON, lồng nhau tối đa {depth} tầng.' },
  tooLow: { en: 'Must be at least {bound}.', vi: 'Phải từ {bound} trở lên.' },
  tooHigh: { en: 'Must be at most {bound}.', vi: 'Không được quá {bound}.' },
  tooShort: { en: 'Must have at least {bound} characters.', vi: 'Phải có ít nhất {bound} ký tự.' },
  tooLong: { en: 'Must have at most {bound} characters.', vi: 'Không được quá {bound} ký tự.' },
  tooManyBytes: { en: 'Must take at most {bound} bytes in UTF-8.', vi: 'Không được quá {bound} byte UTF-8.' },
  noMatch: { en: 'Must match the pattern {pattern}.', vi: 'Phải khớp mẫu {pattern}.' },
} as const satisfies Record<string, Bilingual>

export type Reason = keyof typeof reasons

/** A value that does not fit; `details` fill the sentence. */
export class Misfit {
  constructor(
    readonly reason: Reason,
    readonly details: Readonly<Record<string, string | number>> = {},
  ) {}

  get sentence(): Bilingual {
    const { vi, en } = reasons[this.reason]
    return { vi: fill(vi, this.details), en: fill(en, this.details) }
  }
}

function fill(template: string, details: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(details[name] ?? whole))
}
