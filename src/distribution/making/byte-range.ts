/** The bytes from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number
  readonly end: number
}

/**
 * The one range that a Range header asks for, in a file of that many bytes; `unsatisfiable` when the file has none of it.
 * Several ranges, other units and what cannot be read count as none: the whole file is an answer to them too.
 */
export function readRange(header: string, length: number): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header.trim())
  if (match === null) return undefined
  const [, from = '', to = ''] = match
  if (from === '' && to === '') return undefined
  const start = from === '' ? Math.max(0, length - Number(to)) : Number(from)
  const end = from === '' || to === '' ? length - 1 : Math.min(Number(to), length - 1)
  if (from !== '' && to !== '' && Number(to) < Number(from)) return undefined
  return start > end ? 'unsatisfiable' : { start, end }
}

/** Whether the header is one that `readRange` gives a range for, once the length is known. */
export function isRange(header: string): boolean {
  return readRange(header, Number.MAX_SAFE_INTEGER) !== undefined
}

/** Only the bytes of a range; the rest of the file is not made. */
export async function* sliced(file: AsyncIterable<unknown>, { start, end }: ByteRange): AsyncGenerator<Buffer> {
  let position = 0
  for await (const chunk of file) {
    if (!Buffer.isBuffer(chunk)) throw new TypeError('A file comes as bytes.')
    const from = Math.max(0, start - position)
    const to = Math.min(chunk.length, end + 1 - position)
    position += chunk.length
    if (from < to) yield chunk.subarray(from, to)
    if (position > end) return
  }
}
