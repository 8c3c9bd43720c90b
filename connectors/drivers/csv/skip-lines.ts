import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded } from '../../../src/errors/wording.js'

const lineFeed = 0x0a

/** UTF-8 text without its first `count` lines. */
export async function* skipLines(text: AsyncIterable<Uint8Array>, count: number): AsyncGenerator<Uint8Array> {
  let left = count
  for await (const chunk of text) {
    let start = 0
    while (left > 0 && start < chunk.length) {
      const end = chunk.indexOf(lineFeed, start)
      start = end < 0 ? chunk.length : end + 1
      if (end >= 0) left--
    }
    if (start < chunk.length) yield chunk.subarray(start)
  }
  if (left > 0) {
    throw new SourceFault('NOT_DATA', {
      expected: asWritten('CSV'),
      detail: worded(`it has no line ${count + 1} for the column names`, `không có hàng ${count + 1} cho tên cột`),
    })
  }
}
