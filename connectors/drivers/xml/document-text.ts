import { StringDecoder } from 'node:string_decoder'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import { noTextSince } from '../text-encoding/binary-format.js'
import { PeekableBytes } from '../text-encoding/peekable-bytes.js'
import { byteOrderMark, toUtf8 } from '../text-encoding/to-utf8.js'
import { documentEncoding, type SaidOfEncoding } from './document-encoding.js'

const lookAhead = 1024

/**
 * The text of an XML document, in pieces. Throws ENCODING for a byte that its encoding does not know, and NOT_DATA for what is no
 * XML by its beginning already.
 */
export async function* documentText(
  body: AsyncIterable<Uint8Array>,
  said: SaidOfEncoding,
): AsyncGenerator<string, void, undefined> {
  const bytes = new PeekableBytes(body)
  try {
    const head = await bytes.peek(lookAhead)
    refuse(noTextSince(head))
    const encoding = byteOrderMark(head)?.encoding ?? documentEncoding(head, said)
    const decoder = new StringDecoder('utf8')
    let isFirst = true
    for await (const chunk of toUtf8(bytes, encoding)) {
      const text = decoder.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength))
      if (isFirst && text !== '') {
        refuse(noXmlSince(text))
        isFirst = false
      }
      yield text
    }
  } finally {
    await bytes.close()
  }
}

/** Pages and messages that are sent with status 200. What only resembles XML is left to the parser. */
function noXmlSince(beginning: string): Wording | undefined {
  const start = beginning.trimStart().slice(0, 100)
  if (/^<(!doctype\s+html|html|head|body|script|table)\b/iu.test(start))
    return worded('it is an HTML page', 'là trang HTML')
  if (start === '' || start.startsWith('<')) return undefined
  return /^[[{]/u.test(start)
    ? worded('it is JSON', 'là JSON')
    : worded('it does not begin with an element', 'không bắt đầu bằng một phần tử')
}

function refuse(detail: Wording | undefined): void {
  if (detail !== undefined) throw new SourceFault('NOT_DATA', { expected: asWritten('XML'), detail })
}
