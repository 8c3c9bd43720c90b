import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded } from '../../../src/errors/wording.js'
import { noTextSince } from '../text-encoding/binary-format.js'

/** Refuses bytes that are some other format before they are decoded as text. */
export function refuseBinary(head: Uint8Array): void {
  const detail = noTextSince(head)
  if (detail !== undefined) throw new SourceFault('NOT_DATA', { expected: asWritten('CSV'), detail })
}

/** An error page or a JSON answer sent with status 200 would parse as a table of one column. */
export function refuseOtherText(head: string): void {
  const start = head.trimStart().slice(0, 200)
  const detail = /^<(!doctype|html|head|body|meta|script|table|\?xml|!--)/iu.test(start)
    ? worded('it is an HTML or XML page', 'là trang HTML hoặc XML')
    : /^(\{\s*"|\[\s*\{)/u.test(start)
      ? worded('it is JSON', 'là JSON')
      : start === ''
        ? worded('it is empty', 'không có nội dung')
        : undefined
  if (detail !== undefined) throw new SourceFault('NOT_DATA', { expected: asWritten('CSV'), detail })
}

/** Passes text through and refuses NUL characters: no text has them, and no text column of Postgres keeps them. */
export async function* refuseNul(text: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of text) {
    if (chunk.includes(0)) {
      throw new SourceFault('NOT_DATA', {
        expected: asWritten('CSV'),
        detail: worded('it holds NUL characters, so it is not text', 'có ký tự NUL nên không phải là văn bản'),
      })
    }
    yield chunk
  }
}
