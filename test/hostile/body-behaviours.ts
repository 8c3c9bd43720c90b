import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { randomBytes } from 'node:crypto'
import { sendBody, unreadable, type Behaviour } from './behaviour.js'

const page =
  '<!DOCTYPE html>\n<html><head><title>Bảo trì</title></head><body><p>Hệ thống đang bảo trì.</p></body></html>\n'
const zeros = Buffer.alloc(24 * 1024 ** 2)
const bomb = gzipSync(zeros)
const bombInBomb = gzipSync(bomb)
const brotliBomb = brotliCompressSync(zeros, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } })

function replies(name: string, body: (good: Buffer) => Uint8Array | string, headers: Record<string, string> = {}) {
  return {
    name,
    play: (play) => {
      sendBody(play, body(play.good.body), headers)
    },
    expected: unreadable,
  } satisfies Behaviour
}

/** Bytes that are no UTF-8, in the middle of the document. */
function withBadBytes(good: Buffer): Buffer {
  const at = Math.floor(good.length / 2)
  return Buffer.concat([good.subarray(0, at), Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0xa0]), good.subarray(at)])
}

/** What goes wrong within the document, whatever its format should be. */
export const bodyBehaviours: readonly Behaviour[] = [
  { ...replies('an HTML page with status 200', () => page, { 'content-type': 'text/html' }), expected: ['NOT_DATA'] },
  replies('an HTML page said to be data', () => page),
  replies('an error in JSON with status 200', () => '{"error":{"code":500,"message":"Lỗi hệ thống"}}', {
    'content-type': 'application/json',
  }),
  replies('an empty body', () => ''),
  replies('random bytes', () => randomBytes(200_000)),
  replies('zero bytes', () => Buffer.alloc(200_000)),
  replies('gzip that is none', (good) => good, { 'content-encoding': 'gzip' }),
  replies('gzip that ends early', (good) => gzipSync(good).subarray(0, -9), { 'content-encoding': 'gzip' }),
  replies('a gzip bomb', () => bomb, { 'content-encoding': 'gzip' }),
  replies('a gzip bomb in a gzip', () => bombInBomb, { 'content-encoding': 'gzip, gzip' }),
  replies('a brotli bomb', () => brotliBomb, { 'content-encoding': 'br' }),
  replies('a coding that nobody knows', (good) => good, { 'content-encoding': 'x-own' }),
  replies('one line of 6 MB', () => Buffer.alloc(6 * 1024 ** 2, 'a')),
  replies('one quote that stays open for 6 MB', () =>
    Buffer.concat([Buffer.from('a,b\n"'), Buffer.alloc(6 * 1024 ** 2, 'a\n')]),
  ),
  replies('bytes that are no UTF-8', withBadBytes),
  replies('JSON nested half a million deep', () => '['.repeat(500_000)),
  replies('JSON objects nested deep', () => `${'{"a":'.repeat(200_000)}1${'}'.repeat(200_000)}`),
  replies('a number without end', () => `[${'1'.repeat(3_000_000)}]`),
  // A mapping that was made for another format does not say which elements are rows, and is refused for that before they are read.
  { ...replies('entities that grow (XML)', () => laughs('lol')), expected: [...unreadable, 'MAPPING'] },
]

/** Each entity is ten of the one before. */
export function laughs(root: string, inner = ''): string {
  const entities = Array.from({ length: 9 }, (_, at) => `<!ENTITY l${at + 1} "${`&l${at};`.repeat(10)}">`)
  return `<?xml version="1.0"?><!DOCTYPE ${root} [<!ENTITY l0 "lol">${entities.join('')}]><${root}>${inner}&l9;</${root}>`
}
