import iconv from 'iconv-lite'

const tone = /[\u0300\u0301\u0303\u0309\u0323]/u

/**
 * Vietnamese text in Windows-1258, as Windows writes it: the encoding has the letters with breve, circumflex and horn, and the
 * tones as marks that follow their letter.
 */
export function toWindows1258(text: string): Uint8Array {
  const written = new Map<string, string>()
  const units = Array.from(text.normalize('NFC'), (character) => {
    const known = written.get(character) ?? (isKnown(character) ? character : parted(character))
    written.set(character, known)
    return known
  })
  return iconv.encode(units.join(''), 'windows-1258')
}

function parted(character: string): string {
  const marks = character.normalize('NFD')
  const mark = tone.exec(marks)?.[0]
  const letter = mark === undefined ? character : marks.replace(mark, '').normalize('NFC')
  if (!isKnown(letter)) throw new Error(`Windows-1258 has no ${character}.`)
  return letter + (mark ?? '')
}

function isKnown(character: string): boolean {
  return iconv.decode(iconv.encode(character, 'windows-1258'), 'windows-1258') === character
}
