import { pipeline, Readable, type Transform } from 'node:stream'
import { createBrotliDecompress, createGunzip, createInflate, createInflateRaw } from 'node:zlib'
import { SourceFault } from '../../errors/source-fault.js'
import { worded, type Wording } from '../../errors/wording.js'
import { errorCode } from './network-faults.js'

const longestChain = 2

/** What we ask for. */
export const acceptedCodings = 'gzip, deflate, br'

/** The body without its content codings, the last applied taken off first. */
export function decoded(
  body: AsyncIterable<Uint8Array>,
  contentEncoding: string | undefined,
): AsyncIterable<Uint8Array> {
  const codings = (contentEncoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'identity')
  if (codings.length > longestChain) {
    throw unreadable(worded(`compressed ${codings.length} times over`, `bị nén chồng ${codings.length} lần`))
  }
  return codings.reduceRight(undo, body)
}

function undo(body: AsyncIterable<Uint8Array>, coding: string): AsyncIterable<Uint8Array> {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return through(body, () => createGunzip())
    case 'br':
      return through(body, () => createBrotliDecompress())
    case 'deflate':
      // Some servers send the bare stream without its two header bytes.
      return through(body, (first) => (((first ?? 8) & 0x0f) === 8 ? createInflate() : createInflateRaw()))
    default:
      throw unreadable(
        worded(`an unknown content coding ${coding.slice(0, 40)}`, `không biết kiểu nén ${coding.slice(0, 40)}`),
      )
  }
}

async function* through(
  body: AsyncIterable<Uint8Array>,
  makeDecoder: (firstByte: number | undefined) => Transform,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = body[Symbol.asyncIterator]()
  const first = await iterator.next()
  if (first.done === true) return
  async function* all(start: Uint8Array): AsyncGenerator<Uint8Array, void, undefined> {
    yield start
    yield* { [Symbol.asyncIterator]: () => iterator }
  }
  const decoder = makeDecoder(first.value[0])
  // The failure reaches the reader of the decoder; the callback is what keeps it from being thrown twice.
  pipeline(Readable.from(all(first.value), { objectMode: false }), decoder, () => undefined)
  try {
    for await (const chunk of decoder) {
      if (chunk instanceof Uint8Array) yield chunk
    }
  } catch (error) {
    throw codingFault(error)
  } finally {
    decoder.destroy()
    await iterator.return?.()
  }
}

function codingFault(error: unknown): unknown {
  const code = errorCode(error)
  if (code === 'Z_BUF_ERROR') {
    const detail = worded('its compressed data ends early', 'dữ liệu nén kết thúc quá sớm')
    return new SourceFault('TRUNCATED', { detail }, error)
  }
  if (code.startsWith('Z_') || code.startsWith('ERR_')) {
    const expected = worded('compressed data', 'dữ liệu nén')
    const detail = worded('it cannot be decompressed', 'không giải nén được')
    return new SourceFault('NOT_DATA', { expected, detail }, error)
  }
  return error
}

function unreadable(detail: Wording): SourceFault {
  return new SourceFault('NOT_DATA', { expected: worded('readable data', 'dữ liệu đọc được'), detail })
}
