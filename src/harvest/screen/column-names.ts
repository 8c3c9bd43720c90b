import { folded } from '../../connectors/mapping/text-folding.js'
import { looksPersonal, type PersonalKind } from './personal-text.js'

/** What the names of a column say of its values. */
export interface ColumnMeaning {
  /** Values of the form that such numbers have are those of persons: some have none that would tell by itself. */
  readonly number: PersonalKind | undefined
  readonly isBirth: boolean
  readonly isPersonName: boolean
  /** Codes of taxpayers have as many digits as phone numbers, and begin like them in some provinces. */
  readonly isTaxCode: boolean
}

const numbers: readonly (readonly [PersonalKind, RegExp])[] = [
  ['HEALTH_CARD', /(so|ma) (the )?(bhyt|bao hiem y te)|the (bhyt|bao hiem y te)|health insurance (card|number|code)/],
  ['PASSPORT', /so ho chieu|passport (no|number)/],
  ['BANK_ACCOUNT', /(so|ma) (tai khoan|tk)|\bstk\b|bank account|account (no|number)/],
  ['PLATE', /bien (so|kiem soat)|\bbks\b|(number|licen[cs]e|registration) plate|plate (no|number)/],
  ['CCCD', /cccd|can cuoc|dinh danh ca nhan|(citizen|personal|national) (id|identity|identification)|id card/],
  ['CMND', /cmnd|cmtnd|chung minh (nhan dan|thu)|identity card/],
  [
    'PHONE',
    /so (dien thoai|dt|di dong)|\bsdt\b|^(dien thoai|di dong|dt)( (lien|di|nguoi|cua|rieng) .*)?$|(^| )(tele)?phone( number)?$|mobile/,
  ],
]
const taxCode = /ma so (thue|doanh nghiep)|\bmst\b|tax (code|number|id)|enterprise code/
const personName =
  /\bho (va )?(chu )?(ten|dem)|full name|ten (hoc sinh|hoc vien|sinh vien|benh nhan|nguoi|cong dan)|(patient|student|person) ?name/
const birth = /ngay sinh|ngay thang nam sinh|(date|day|year) of birth|birth ?(date|day|year)|\bdob\b/
/** With its marks: without them it is also the male pupils (nam sinh). */
const birthYear = /năm sinh(?! viên| học)/

const shapes: Readonly<Partial<Record<PersonalKind, RegExp>>> = {
  CCCD: /^(?:\d{9}|\d{11,12})$/,
  CMND: /^(?:\d{9}|\d{11,12})$/,
  PASSPORT: /^[A-Z]\d{7,8}$/i,
  HEALTH_CARD: /^(?:[A-Z]{2}\d{13}|\d{10})$/i,
  BANK_ACCOUNT: /^\d{8,19}$/,
  PLATE: /^[1-9]\d[A-Z]{1,2}\d{4,6}$/i,
  // Where the column holds numbers the leading zero is lost.
  PHONE: /^(?:84|0)?(?:3[2-9]|5[25689]|7[06-9]|8[1-9]|9\d)\d{7}$/,
}

/** `names`: those of the field and of the source's column, in whatever language. */
export function meaningOfNames(names: readonly string[]): ColumnMeaning {
  const said = names.map(asWords)
  const says = (pattern: RegExp): boolean => said.some((name) => pattern.test(name))
  return {
    number: numbers.find(([, pattern]) => says(pattern))?.[0],
    isBirth: says(birth) || names.some((name) => birthYear.test(name.normalize('NFC').toLowerCase())),
    isPersonName: says(personName),
    isTaxCode: says(taxCode),
  }
}

/** What a value of a column seems to tell of a person; undefined: nothing. */
export function personalIn({ number, isTaxCode }: ColumnMeaning, value: string): PersonalKind | undefined {
  if (number !== undefined && hasShapeOf(number, value)) return number
  const kind = looksPersonal(value)
  return kind === 'PHONE' && isTaxCode ? undefined : kind
}

function hasShapeOf(kind: PersonalKind, value: string): boolean {
  return shapes[kind]?.test(value.normalize('NFKC').replace(/[ .-]/g, '')) === true
}

/** `soDinhDanh`, `SO_DINH_DANH` and `Số định danh` alike. */
function asWords(name: string): string {
  return folded(name.replace(/(?<=[a-z\d])(?=[A-Z])/g, ' ')).replace(/[^a-z\d]+/g, ' ')
}
