import { SourceFault } from '../../../src/errors/source-fault.js'
import type { Encoding } from './encodings.js'
import type { PeekableBytes } from './peekable-bytes.js'
import { SingleByteTable } from './single-byte.js'
import { Utf16 } from './utf16.js'
import { invalidUtf8At, multiByteCharacters, unfinishedBytes } from './utf8.js'

const lookAhead = 64 * 1024

interface ByteOrderMark {
  readonly bytes: readonly number[]
  readonly encoding: Encoding
}

const byteOrderMarks: readonly ByteOrderMark[] = [
  { bytes: [0xef, 0xbb, 0xbf], encoding: 'utf-8' },
  { bytes: [0xff, 0xfe], encoding: 'utf-16le' },
  { bytes: [0xfe, 0xff], encoding: 'utf-16be' },
]

/**
 * The text of a file as UTF-8 without a byte-order mark. Nothing is guessed and nothing replaced: a byte that the encoding
 * does not know ends in a SourceFault ENCODING with its offset. Without a declared encoding the file is UTF-8, or what its
 * byte-order mark says.
 */
export async function* toUtf8(bytes: PeekableBytes, declared: Encoding | undefined): AsyncGenerator<Uint8Array> {
  const head = await bytes.peek(lookAhead)
  const mark = byteOrderMark(head)
  const encoding = mark?.encoding ?? declared ?? 'utf-8'
  const skipped = mark?.bytes.length ?? 0
  const body = without(skipped, bytes.all())
  switch (encoding) {
    case 'utf-8':
      yield* checkedUtf8(body, skipped)
      return
    case 'utf-16le':
    case 'utf-16be':
      yield* fromUtf16(body, new Utf16(encoding, skipped))
      return
    case 'windows-1258':
    case 'windows-1252':
    case 'latin1':
    case 'tcvn5712':
      refuseUtf8As(encoding, head)
      yield* fromSingleBytes(body, new SingleByteTable(encoding))
      return
    default:
      encoding satisfies never
  }
}

/** What a file that begins so has before its text; undefined when there is none. */
export function byteOrderMark(head: Uint8Array): ByteOrderMark | undefined {
  return byteOrderMarks.find((known) => known.bytes.every((byte, index) => head[index] === byte))
}

/** `count` bytes less at the beginning; the first chunk holds at least as many. */
async function* without(count: number, body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let skip = count
  for await (const chunk of body) {
    yield chunk.subarray(skip)
    skip = 0
  }
}

async function* checkedUtf8(body: AsyncIterable<Uint8Array>, start: number): AsyncGenerator<Uint8Array> {
  let offset = start
  let begun: Uint8Array = new Uint8Array(0)
  for await (const chunk of body) {
    const all = begun.length === 0 ? chunk : Buffer.concat([begun, chunk])
    const whole = all.subarray(0, all.length - unfinishedBytes(all))
    const wrong = invalidUtf8At(whole)
    if (wrong >= 0) throw new SourceFault('ENCODING', { encoding: 'UTF-8', offset: offset + wrong })
    begun = all.subarray(whole.length)
    offset += whole.length
    yield whole
  }
  // A file of another encoding may end in such a byte as well as one that was cut off, so it is not called truncated.
  if (begun.length > 0) throw new SourceFault('ENCODING', { encoding: 'UTF-8', offset })
}

async function* fromUtf16(body: AsyncIterable<Uint8Array>, decoder: Utf16): AsyncGenerator<Uint8Array> {
  for await (const chunk of body) yield decoder.toUtf8(chunk)
  decoder.end()
}

async function* fromSingleBytes(body: AsyncIterable<Uint8Array>, table: SingleByteTable): AsyncGenerator<Uint8Array> {
  let offset = 0
  for await (const chunk of body) {
    yield table.toUtf8(chunk, offset)
    offset += chunk.length
  }
}

/**
 * An agency that declared Windows-1258 and now saves UTF-8 would be published as gibberish, as every byte means something
 * there. Text of such an encoding is practically never valid UTF-8, so a few such characters are proof.
 */
function refuseUtf8As(encoding: Encoding, head: Uint8Array): void {
  const whole = head.subarray(0, head.length - unfinishedBytes(head))
  if (invalidUtf8At(whole) === -1 && multiByteCharacters(whole) >= 4) {
    const offset = whole.findIndex((byte) => byte >= 0x80)
    throw new SourceFault('ENCODING', { encoding: `${encoding}, it is UTF-8`, offset })
  }
}
