import { createReadStream } from 'node:fs'
import type { Driver } from '../driver.js'
import { onSameServer } from '../same-server.js'
import { describeDocument } from './describe-document.js'
import { documentText } from './document-text.js'
import type { SaidOfEncoding } from './document-encoding.js'
import { xmlOptions, xmlSelection, type XmlOptions, type XmlSelection } from './options.js'
import { parseDocument, type DocumentReader } from './parse-document.js'
import { RowReader } from './row-reader.js'

/** Documents in XML at an address: exports of registers, reports, answers of services. */
export const driver: Driver<XmlOptions, XmlSelection> = {
  name: 'xml',
  title: { vi: 'Tệp hoặc dịch vụ XML', en: 'XML file or service' },
  options: xmlOptions,
  selection: xmlSelection,
  capabilities: { scan: true, lookupBatch: undefined, conditional: true, since: false },

  async check(source) {
    const answer = await source.request(source.options.url)
    const text = documentText(answer.body, saidOf(source.options, answer.header('content-type')))
    const elements = parseDocument(text, new RootReader())
    await elements.next()
    await elements.return()
  },

  async describe(source, sampleRows) {
    const file = await source.download(source.options.url)
    const said = saidOf(source.options, file.header('content-type'))
    return await describeDocument(() => documentText(createReadStream(file.path), said), sampleRows)
  },

  async *scan(source, selection) {
    const answer = await source.request(onSameServer(source.options.url, selection.file))
    const text = documentText(answer.body, saidOf(source.options, answer.header('content-type')))
    yield* parseDocument(text, new RowReader(selection))
  },
}

/** Looks no further than the first element: that a source is there does not depend on all that it has. */
class RootReader implements DocumentReader<true> {
  #found: readonly true[] = []

  open(): void {
    this.#found = [true]
  }

  close(): void {
    this.#found = []
  }

  take(): readonly true[] {
    return this.#found
  }
}

function saidOf(options: XmlOptions, contentType: string | undefined): SaidOfEncoding {
  return { given: options.encoding, contentType }
}
