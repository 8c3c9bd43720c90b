import { SourceFault } from '../../../src/errors/source-fault.js'
import type { Answer, RequestOptions, Source } from '../driver.js'
import { onSameServer } from '../same-server.js'
import type { SaidOfEncoding } from './document-encoding.js'
import { documentText } from './document-text.js'
import type { XmlOptions } from './options.js'
import { parseDocument } from './parse-document.js'
import { RowReader } from './row-reader.js'
import { SoapFault } from './soap-fault.js'

/** The document at the address, or another one of its server; a question is sent when there is one. */
export async function askDocument(source: Source<XmlOptions>, file?: string): Promise<AsyncIterable<string>> {
  const { options } = source
  const answer = await source.request(onSameServer(options.url, file), questionOf(options))
  const text = documentText(answer.body, saidOf(options, answer))
  if (answer.status < 300) return text
  throw await refusal(answer, text)
}

/** How the address is asked. SOAP services give their faults with status 500, and those say more than the status. */
export function questionOf({ headers = {}, body }: XmlOptions): RequestOptions {
  if (body === undefined) return { headers }
  return { method: 'POST', headers: { 'content-type': 'text/xml; charset=utf-8', ...headers }, body, accept: [500] }
}

export function saidOf(options: XmlOptions, answer: Pick<Answer, 'header'>): SaidOfEncoding {
  return { given: options.encoding, contentType: answer.header('content-type') }
}

async function refusal({ status }: Answer, text: AsyncIterable<string>): Promise<SourceFault> {
  const rows = parseDocument(text, new RowReader({ rows: '/Envelope/Body/Fault' }))
  try {
    await rows.next()
  } catch (error) {
    if (error instanceof SoapFault || !(error instanceof SourceFault)) throw error
  } finally {
    await rows.return()
  }
  return new SourceFault('BAD_STATUS', { status })
}
