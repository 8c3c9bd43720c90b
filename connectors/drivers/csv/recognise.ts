import { SourceFault } from '../../../src/errors/source-fault.js'

const binaryFormats: readonly { readonly bytes: readonly number[]; readonly detail: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], detail: 'it is a zip archive or a workbook (.xlsx)' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], detail: 'it is an old Office file (.xls)' },
  { bytes: [0x25, 0x50, 0x44, 0x46], detail: 'it is a PDF file' },
  { bytes: [0x1f, 0x8b], detail: 'it is a gzip archive' },
]

/** Refuses bytes that are some other format before they are decoded as text. */
export function refuseBinary(head: Uint8Array): void {
  if (head.length === 0) throw new SourceFault('NOT_DATA', { expected: 'CSV', detail: 'it is empty' })
  const format = binaryFormats.find(({ bytes }) => bytes.every((byte, index) => head[index] === byte))
  if (format !== undefined) throw new SourceFault('NOT_DATA', { expected: 'CSV', detail: format.detail })
}

/** An error page or a JSON answer sent with status 200 would parse as a table of one column. */
export function refuseOtherText(head: string): void {
  const start = head.trimStart().slice(0, 200)
  const detail = /^<(!doctype|html|head|body|meta|script|table|\?xml|!--)/iu.test(start)
    ? 'it is an HTML or XML page'
    : /^(\{\s*"|\[\s*\{)/u.test(start)
      ? 'it is JSON'
      : start === ''
        ? 'it is empty'
        : undefined
  if (detail !== undefined) throw new SourceFault('NOT_DATA', { expected: 'CSV', detail })
}

/** Passes text through and refuses NUL characters: no text has them, and no text column of Postgres keeps them. */
export async function* refuseNul(text: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of text) {
    if (chunk.includes(0)) {
      throw new SourceFault('NOT_DATA', { expected: 'CSV', detail: 'it holds NUL characters, so it is not text' })
    }
    yield chunk
  }
}
