/**
 * What of a person a value can be. `CCCD`, `CMND`: numbers of persons, since 2016 and before; `HEALTH_CARD`: of their health
 * insurance (thẻ BHYT); `NAME_AND_BIRTH`: both in one row.
 */
export type PersonalKind =
  'CCCD' | 'CMND' | 'PASSPORT' | 'HEALTH_CARD' | 'PHONE' | 'EMAIL' | 'BANK_ACCOUNT' | 'PLATE' | 'NAME_AND_BIRTH'

const provincesBefore2025 = new Set(
  (
    '001 002 004 006 008 010 011 012 014 015 017 019 020 022 024 025 026 027 030 031 033 034 035 036 037 038 040 042 044 045 046 ' +
    '048 049 051 052 054 056 058 060 062 064 066 067 068 070 072 074 075 077 079 080 082 083 084 086 087 089 091 092 093 094 095 096'
  ).split(' '),
)
/** Not within a number: after a digit with a comma or a point there is more of it. */
const start = String.raw`(?<!\d)(?<!\d[.,])`
/** Decimals behind 0, and a day with an hour behind it, are no numbers of persons however long they are. */
const nothingElse = String.raw`(?!\d\.\d{9})(?!\d\d?[ .-]\d\d?[ .-](?:19|20)\d\d(?!\d))`
const between = '[ .-]{0,2}'
const inPhone = '[ .()-]{0,3}'
const twelveDigits = new RegExp(String.raw`${start}${nothingElse}\d(?:${between}\d){11}(?![\d.,]*\d)`, 'g')
const mobile = `(?:3${inPhone}[2-9]|5${inPhone}[25689]|7${inPhone}[06-9]|8${inPhone}[1-9]|9${inPhone}\\d)`
const phone = new RegExp(
  String.raw`${start}${nothingElse}(?:(?:00 ?)?84${inPhone}(?:0${inPhone})?|0${inPhone})${mobile}(?:${inPhone}\d){7}(?!\d)`,
)
/** Beyond the letters: spaces, hyphens, digits of other widths, and marks that nobody sees. */
const unusual = /[\u00a0-\u00bf\u2000-\uffff]/
const beforeAt = /[\p{L}\d._%+-] ?$/u
const domain = / ?(?:[\p{L}\d-]{1,63}\.){1,8}\p{L}[\p{L}\d-]{1,62}/uy
/** Whom the state insures (Decision 1351/QĐ-BHXH), the rate, the province and the ten digits of the person. */
const healthCard =
  /(?<![\p{L}\d])(?:BT|C[ABCHKNSTY]|D[KNTX]|G[BD]|H[CDGNSTX]|K[BC]|LS|M[S]|N[DNO]|PV|QN|SV|T[ABCDEHKNQSUVY]|X[BDKN])[ .-]?[1-5](?:[ .-]?\d){12}(?!\d)/iu
/** With the dot that only plates have: without it they look as numbers of licences do. */
const plate = /(?<![\p{L}\d])[1-9]\d ?-?[A-Z]{1,2}\d?[ -]\d{3}\.\d{2}(?!\d)/iu

/** What the text seems to tell of a person by itself; undefined: nothing. */
export function looksPersonal(text: string): PersonalKind | undefined {
  if ((text.includes('@') || text.includes('＠') || text.includes('﹫')) && hasEmail(plain(text))) return 'EMAIL'
  const digits = countDigits(text)
  if (digits < 7) return undefined
  const asTyped = plain(text)
  if (digits >= 9) {
    for (const [match] of asTyped.matchAll(twelveDigits)) if (isCitizenNumber(match)) return 'CCCD'
    if (phone.test(asTyped)) return 'PHONE'
    if (digits >= 13 && healthCard.test(asTyped)) return 'HEALTH_CARD'
  }
  return asTyped.includes('.') && plate.test(asTyped) ? 'PLATE' : undefined
}

/**
 * As plain as people could have typed it: signs that look like digits, hyphens or spaces become those, and marks that nobody sees go. Two
 * long numbers with a comma between are two.
 */
function plain(text: string): string {
  const usual = unusual.test(text)
    ? text
        .normalize('NFKC')
        .replace(/\p{Cf}/gu, '')
        .replace(/\p{Pd}/gu, '-')
        .replaceAll('·', '.')
    : text
  const spaced = /\t| {2}/.test(usual) ? usual.replace(/[\t ]+/g, ' ') : usual
  return spaced.length >= 19 && spaced.includes(',') ? spaced.replace(/(?<=\d{9}),(?=\d{9})/g, '; ') : spaced
}

/** Looked for around each @: one expression for all of it takes hours for a long text without spaces. */
function hasEmail(text: string): boolean {
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    domain.lastIndex = at + 1
    if (beforeAt.test(text.slice(Math.max(0, at - 2), at)) && domain.test(text)) return true
  }
  return false
}

/** Nothing but a number that is as long as those of persons and phones, and none of them. */
export function isOtherNumber(text: string): boolean {
  // Most texts begin with a letter: this is asked for each cell.
  return text.length >= 10 && text.charCodeAt(0) <= 0x39 && /^\d(?:[ .-]?\d){9,13}$/.test(text)
}

/** Most texts have fewer digits than any number of a person, and are not looked at any closer. */
function countDigits(text: string): number {
  if (text.length < 9) return 0
  let digits = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    // Full-width, raised and circled digits become plain ones when the text is folded; they stand beyond the letters.
    if ((code >= 0x30 && code <= 0x39) || code >= 0x2000 || (code >= 0xb2 && code <= 0xbe)) digits++
  }
  return digits
}

/** Province, then century and sex, then year of birth, then six digits; there is no check digit. */
function isCitizenNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  return provincesBefore2025.has(digits.slice(0, 3)) && /^[0-3]$/.test(digits.charAt(3))
}
