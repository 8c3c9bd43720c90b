import type { Answer, SourceValue } from '../../../connectors/drivers/driver.js'
import { single, type OpenAnswer } from './exchange.js'
import { parseSourceJson } from './source-json.js'
import { utf8Text } from './utf8-text.js'

/** Reads the whole body, by asking again when it breaks off. `asJson`: its text shows that it is whole. */
export type WholeBytes = (reading?: 'asJson') => Promise<Uint8Array>

/** An answer as drivers see it. `body`: as it comes; `jsonValues`: as in Limits. */
export function answerOf(
  open: OpenAnswer,
  body: AsyncIterable<Uint8Array>,
  bytes: WholeBytes,
  jsonValues: number,
): Answer {
  return {
    status: open.status,
    url: open.url.href,
    header: (name) => single(open.headers[name.toLowerCase()]),
    body,
    bytes: () => bytes(),
    text: async () => utf8Text(await bytes()),
    json: async (): Promise<SourceValue> => parseSourceJson(utf8Text(await bytes('asJson')), jsonValues),
  }
}

export async function wholeBody(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
