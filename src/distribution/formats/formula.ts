/** Characters that make a spreadsheet take a text for a formula, with their full-width forms: = + - @ tab, line ends and |. */
export const formulaStarts: readonly number[] = [
  0x3d, 0x2b, 0x2d, 0x40, 0x09, 0x0d, 0x0a, 0x7c, 0xff1d, 0xff0b, 0xff0d, 0xff20, 0xff5c,
]

/** Whether a spreadsheet would run the text. */
export function isFormula(text: string): boolean {
  const first = text.codePointAt(0)
  return first !== undefined && formulaStarts.includes(first)
}
