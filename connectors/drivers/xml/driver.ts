import { createReadStream } from 'node:fs'
import type { Driver } from '../driver.js'
import { describeDocument } from './describe-document.js'
import { documentText } from './document-text.js'
import { askDocument, questionOf, saidOf } from './exchange.js'
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
    const elements = parseDocument(await askDocument(source), new RootReader())
    await elements.next()
    await elements.return()
  },

  async describe(source, sampleRows) {
    const file = await source.download(source.options.url, questionOf(source.options))
    const said = saidOf(source.options, file)
    return await describeDocument(() => documentText(createReadStream(file.path), said), sampleRows)
  },

  async *scan(source, selection) {
    yield* parseDocument(await askDocument(source, selection.file), new RowReader(selection))
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
