import { SaxesParser } from 'saxes'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import { XmlDecoder } from './xml-decoder.js'
import { notWorkbook } from './open-archive.js'

const mostAttributes = 128
const deepest = 64
/** Characters that may pass without an element beginning or ending: a cell holds at most 32,767. */
const longestSilence = 4 * 1024 * 1024

/** What reads one part of a workbook; names come without their namespace prefix. `take` hands over what was found so far. */
export interface XmlReader<T> {
  open?(name: string, attributes: Readonly<Record<string, string>>): void
  close?(name: string): void
  text?(text: string): void
  take(): readonly T[]
}

/**
 * Runs a part's XML through a reader, streamed. Refuses document type definitions, so no entity can be declared, and bounds
 * what the parser itself would gather: attributes, depth, text without an end.
 */
export async function* readXml<T>(
  bytes: AsyncIterable<Uint8Array>,
  reader: XmlReader<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  const parser = new SaxesParser({ xmlns: false, position: false })
  let silence = 0
  let depth = 0
  let attributes = 0
  parser.on('doctype', () => {
    throw notWorkbook(worded('its XML declares a document type', 'XML bên trong có khai báo kiểu tài liệu (DOCTYPE)'))
  })
  parser.on('opentagstart', () => {
    attributes = 0
    silence = 0
    depth += 1
    if (depth > deepest) throw notWorkbook(worded('its XML is nested too deeply', 'XML bên trong lồng nhau quá sâu'))
  })
  parser.on('attribute', () => {
    attributes += 1
    if (attributes > mostAttributes)
      throw notWorkbook(
        worded('its XML has an element with too many attributes', 'XML bên trong có phần tử quá nhiều thuộc tính'),
      )
  })
  parser.on('opentag', (tag) => reader.open?.(localName(tag.name), tag.attributes))
  parser.on('closetag', (tag) => {
    silence = 0
    depth -= 1
    reader.close?.(localName(tag.name))
  })
  parser.on('text', (text) => reader.text?.(text))
  parser.on('cdata', (text) => reader.text?.(text))
  const decoder = new XmlDecoder()
  try {
    for await (const chunk of bytes) {
      signal.throwIfAborted()
      const text = decoder.decode(chunk)
      silence += text.length
      if (silence > longestSilence)
        throw new SourceFault('TOO_LARGE', {
          limit: worded(`${longestSilence} characters in one text`, `${longestSilence} ký tự trong một đoạn chữ`),
        })
      parser.write(text)
      yield* reader.take()
    }
    parser.write(decoder.end())
    parser.close()
    yield* reader.take()
  } catch (error) {
    if (error instanceof SourceFault || signal.aborted) throw error
    throw notWorkbook(worded('its XML is not well formed', 'XML bên trong không đúng cú pháp'), error)
  }
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
