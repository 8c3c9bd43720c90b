import type { Answer, SourceValue } from '../../../connectors/drivers/driver.js'
import { single, type OpenAnswer } from './exchange.js'
import { parseSourceJson } from './source-json.js'
import { utf8Text } from './utf8-text.js'

/** An answer as drivers see it. `bytes` reads the whole body, by asking again when it breaks off; `jsonValues`: as in Limits. */
export function answerOf(open: OpenAnswer, bytes: () => Promise<Uint8Array>, jsonValues: number): Answer {
  return {
    status: open.status,
    url: open.url.href,
    header: (name) => single(open.headers[name.toLowerCase()]),
    body: open.body,
    bytes,
    text: async () => utf8Text(await bytes()),
    json: async (): Promise<SourceValue> => parseSourceJson(utf8Text(await bytes()), jsonValues),
  }
}

export async function wholeBody(body: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks)
}
