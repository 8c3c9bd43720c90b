import { isUtf8 } from 'node:buffer'
import { SourceFault } from '../../errors/source-fault.js'

const replacement = '\ufffd'
const replacementBytes = Buffer.from(replacement)

/** The text without its byte-order mark. Throws ENCODING with the offset of the first byte that is not UTF-8. */
export function utf8Text(bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw new SourceFault('ENCODING', { encoding: 'UTF-8', offset: firstInvalidByte(bytes) })
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
}

/** A decoder puts a replacement character where a byte is invalid; the first that the source did not write itself is it. */
function firstInvalidByte(bytes: Uint8Array): number {
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
  let offset = 0
  for (const valid of text.split(replacement)) {
    offset += Buffer.byteLength(valid)
    if (!replacementBytes.equals(bytes.subarray(offset, offset + replacementBytes.length))) break
    offset += replacementBytes.length
  }
  return offset
}
