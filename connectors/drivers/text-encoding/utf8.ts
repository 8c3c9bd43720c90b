import { isUtf8 } from 'node:buffer'

/** Bytes at the end of a chunk that begin a character whose rest is still to come: 0 to 3. */
export function unfinishedBytes(chunk: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, chunk.length); back++) {
    const byte = chunk[chunk.length - back] ?? 0
    if ((byte & 0b1100_0000) === 0b1000_0000) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1
    return length > back ? back : 0
  }
  return 0
}

/** Where the first byte stands that is not UTF-8, or -1. */
export function invalidUtf8At(chunk: Uint8Array): number {
  if (isUtf8(chunk)) return -1
  // The longest valid prefix, by halving: a prefix may also end within a character, whose begun bytes then do not count.
  let valid = 0
  let beyond = chunk.length
  while (beyond - valid > 1) {
    const middle = (valid + beyond) >> 1
    const prefix = chunk.subarray(0, middle)
    if (isUtf8(prefix.subarray(0, middle - unfinishedBytes(prefix)))) valid = middle
    else beyond = middle
  }
  const prefix = chunk.subarray(0, valid)
  return valid - unfinishedBytes(prefix)
}

/** Characters outside ASCII in text that is known to be UTF-8. */
export function multiByteCharacters(chunk: Uint8Array): number {
  let count = 0
  for (const byte of chunk) if (byte >= 0xc0) count++
  return count
}
