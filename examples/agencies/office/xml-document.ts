/** An element with a text, with elements in it, or empty. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Null: there is no value, written as `xsi:nil`. */
  readonly content: string | null | readonly XmlElement[]
}

export function element(
  name: string,
  content: XmlElement['content'],
  attributes: Readonly<Record<string, string>> = {},
): XmlElement {
  return { name, content, attributes }
}

/** The document as the export of a program writes it: a declaration, and each element on a line of its own. */
export function xmlText(root: XmlElement, encoding: string): string {
  return `<?xml version="1.0" encoding="${encoding}"?>\r\n${elementLines(root, '').join('\r\n')}\r\n`
}

function elementLines({ name, attributes, content }: XmlElement, indent: string): string[] {
  const written = Object.entries(attributes).map(([attribute, value]) => ` ${attribute}="${escaped(value)}"`)
  const begin = `${indent}<${name}${written.join('')}`
  if (content === null) return [`${begin} xsi:nil="true"/>`]
  if (content.length === 0) return [`${begin}/>`]
  if (typeof content === 'string') return [`${begin}>${escaped(content)}</${name}>`]
  return [`${begin}>`, ...content.flatMap((child) => elementLines(child, `${indent}  `)), `${indent}</${name}>`]
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
