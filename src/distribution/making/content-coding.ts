import type { Transform } from 'node:stream'
import { constants, createBrotliCompress, createGzip } from 'node:zlib'

export type ContentCoding = 'br' | 'gzip'

/** The compression that the client likes best of those that can be streamed; undefined: none. */
export function chooseCoding(acceptEncoding: string | undefined): ContentCoding | undefined {
  if (acceptEncoding === undefined) return undefined
  const qualities = new Map<string, number>()
  for (const part of acceptEncoding.split(',')) {
    const [name = '', ...parameters] = part.split(';').map((each) => each.trim().toLowerCase())
    const quality = parameters.map((each) => /^q=([\d.]+)$/.exec(each)?.[1]).find((each) => each !== undefined)
    if (name !== '') qualities.set(name, quality === undefined ? 1 : Number(quality))
  }
  const any = qualities.get('*') ?? 0
  const br = qualities.get('br') ?? any
  const gzip = qualities.get('gzip') ?? qualities.get('x-gzip') ?? any
  const best = Math.max(br, gzip)
  // Who names it too, and likes it better, gets the bytes as they are.
  if (best === 0 || best < (qualities.get('identity') ?? 0)) return undefined
  return br >= gzip ? 'br' : 'gzip'
}

/** Levels that keep up with the rows: more would cost more time than it saves bytes. */
export function compressor(coding: ContentCoding): Transform {
  return coding === 'gzip'
    ? createGzip({ level: 4 })
    : createBrotliCompress({ params: { [constants.BROTLI_PARAM_QUALITY]: 3 } })
}
