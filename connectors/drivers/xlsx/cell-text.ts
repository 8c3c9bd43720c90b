/** Text as a workbook stores it: characters that XML cannot hold are written `_x000D_`. The result is in NFC. */
export function cellText(stored: string): string {
  const text = stored.includes('_x')
    ? stored.replace(/_x([0-9A-Fa-f]{4})_/gu, (whole, code: string) => {
        const unit = Number.parseInt(code, 16)
        return isText(unit) ? String.fromCharCode(unit) : whole
      })
    : stored
  return text.normalize('NFC')
}

/** Neither a control character, which no column of text keeps, nor half a character. */
function isText(unit: number): boolean {
  return unit === 0x09 || unit === 0x0a || unit === 0x0d || (unit >= 0x20 && (unit < 0xd800 || unit > 0xdfff))
}
