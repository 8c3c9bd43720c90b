const special = /[&<>"\p{Cc}\ufffe\uffff]/u
const specials = new RegExp(special, 'gu')

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '\t',
  '\n': '\n',
  // Bare, it would be read as a line feed.
  '\r': '&#13;',
}

/** Text as the content of an element or attribute; a character that XML 1.0 cannot hold becomes U+FFFD. */
export function xmlText(text: string): string {
  return special.test(text) ? text.replace(specials, escaped) : text
}

function escaped(character: string): string {
  const isAllowedControl = character >= '\x7f' && character <= '\x9f'
  return escapes[character] ?? (isAllowedControl ? character : '\ufffd')
}
