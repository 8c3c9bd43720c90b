import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import { cellText } from './cell-text.js'
import { readXml, type XmlReader } from './xml-reader.js'
import type { ZipArchive } from '../zip/zip-archive.js'

/** The table is held in memory while a workbook is read, so it is bounded whatever the archive says. */
const mostStrings = 2_000_000
const mostCharacters = 48 * 1024 * 1024
const largestPart = 256 * 1024 * 1024

/** The texts that cells refer to by number. */
export async function readSharedStrings(archive: ZipArchive, part: string, signal: AbortSignal): Promise<string[]> {
  const strings: string[] = []
  let characters = 0
  for await (const text of readXml(archive.read(part, largestPart), new SharedStringsReader(), signal)) {
    strings.push(text)
    characters += text.length
    if (strings.length > mostStrings)
      throw new SourceFault('TOO_LARGE', { limit: worded(`${mostStrings} texts`, `${mostStrings} đoạn chữ`) })
    if (characters > mostCharacters)
      throw new SourceFault('TOO_LARGE', {
        limit: worded(`${mostCharacters} characters of text`, `${mostCharacters} ký tự`),
      })
  }
  return strings
}

/** Joins the runs of rich text; a reading aid (`rPh`) is no part of the text. */
class SharedStringsReader implements XmlReader<string> {
  #found: string[] = []
  #text = ''
  #inText = false
  #inReadingAid = false

  open(name: string): void {
    if (name === 'si') this.#text = ''
    else if (name === 'rPh') this.#inReadingAid = true
    else if (name === 't') this.#inText = !this.#inReadingAid
  }

  text(text: string): void {
    if (this.#inText) this.#text += text
  }

  close(name: string): void {
    if (name === 't') this.#inText = false
    else if (name === 'rPh') this.#inReadingAid = false
    else if (name === 'si') this.#found.push(cellText(this.#text))
  }

  take(): readonly string[] {
    const found = this.#found
    this.#found = []
    return found
  }
}
