import { createReadStream } from 'node:fs'
import { errorCode } from '../../../src/connectors/outbound/network-faults.js'
import { SourceFault } from '../../../src/errors/source-fault.js'

/** The text of a UTF-8 file, in pieces. Throws ENCODING where it is not UTF-8: nothing is replaced in silence. */
export async function* decodedText(path: string): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  const bytes: AsyncIterable<Uint8Array> = createReadStream(path)
  let offset = 0
  for await (const chunk of bytes) {
    yield decoded(() => decoder.decode(chunk, { stream: true }), offset)
    offset += chunk.length
  }
  yield decoded(() => decoder.decode(), offset)
}

function decoded(decode: () => string, offset: number): string {
  try {
    return decode()
  } catch (error) {
    if (errorCode(error) !== 'ERR_ENCODING_INVALID_ENCODED_DATA') throw error
    throw new SourceFault('ENCODING', { encoding: 'UTF-8', offset }, error)
  }
}
