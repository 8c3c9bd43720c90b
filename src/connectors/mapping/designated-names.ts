import { folded } from './text-folding.js'

/** How Vietnamese offices shorten what they write before the name of a place, folded. */
const abbreviations: Readonly<Record<string, string>> = {
  tp: 'thanh pho',
  tx: 'thi xa',
  tt: 'thi tran',
  h: 'huyen',
  q: 'quan',
  p: 'phuong',
  x: 'xa',
}

/** The field that a type has when its records are also called by what they are: `Huyện` of `Huyện Tuy Phước`. */
export const designationField = 'designation'

/**
 * A name as it would be with its designation written out, folded: `TP. Quy Nhơn` → `thanh pho quy nhon`. Only for comparing with
 * a designation and a name: by itself an `H. …` may be anything.
 */
export function writtenOut(name: string): string {
  const text = folded(name)
  const [, short = '', rest = ''] = /^([a-z]{1,2})(?:\. ?| )(.+)$/.exec(text) ?? []
  const long = Object.hasOwn(abbreviations, short) ? abbreviations[short] : undefined
  return long === undefined ? text : `${long} ${rest}`
}
