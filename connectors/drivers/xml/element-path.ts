const name = String.raw`[^\s/@:()*[\]]+`
const step = `(?:${name}:)?${name}`
const elementPath = new RegExp(`^(?:/${step})+$`, 'u')
const valuePath = new RegExp(`^(?:/${step})+(?:/@${step})?$`, 'u')
const rowPath = new RegExp(`^${step}(?:/${step})*$`, 'u')

/** `/DanhSach/DoanhNghiep`, from the root. */
export function isElementPath(text: string): boolean {
  return elementPath.test(text)
}

/** The same, or with an attribute at its end: `/BaoCao/@nam`. */
export function isValuePath(text: string): boolean {
  return valuePath.test(text)
}

/** `DiaChi/Tinh`, from the row. */
export function isRowPath(text: string): boolean {
  return rowPath.test(text)
}

/** The names of a document path, in NFC. */
export function stepsOf(path: string): string[] {
  return path.normalize('NFC').split('/').slice(1)
}

export function prefixesIn(path: string): string[] {
  return path.split('/').flatMap((part) => {
    const [prefix, local] = part.replace(/^@/u, '').split(':')
    return local === undefined || prefix === undefined ? [] : [prefix]
  })
}
