import type { Driver, ResourceDescription, Source, SourceRow } from '../driver.js'
import { onSameServer } from '../same-server.js'
import { csvOptions, csvSelection, type CsvOptions, type CsvSelection } from './options.js'
import { readTable } from './read-table.js'

/** Tables of text: comma, semicolon or tab separated files at an address. */
export const driver: Driver<CsvOptions, CsvSelection> = {
  name: 'csv',
  title: { vi: 'Tệp CSV', en: 'CSV file' },
  options: csvOptions,
  selection: csvSelection,
  capabilities: { scan: true, lookupBatch: undefined, conditional: true, since: false },

  async check(source) {
    await firstRows(source, {}, 1)
  },

  async describe(source, sampleRows): Promise<ResourceDescription<CsvSelection>[]> {
    const { columns, sample } = await firstRows(source, {}, sampleRows)
    return [{ name: fileName(source.options.url), selection: {}, columns, sample }]
  },

  async *scan(source, selection) {
    const answer = await source.request(onSameServer(source.options.url, selection.file))
    yield* readTable(answer.body, source.options)
  },
}

async function firstRows(
  source: Source<CsvOptions>,
  selection: CsvSelection,
  count: number,
): Promise<{ columns: readonly string[]; sample: SourceRow[] }> {
  const answer = await source.request(onSameServer(source.options.url, selection.file))
  let columns: readonly string[] = []
  const sample: SourceRow[] = []
  for await (const row of readTable(answer.body, source.options, (names) => (columns = names))) {
    if (sample.length === count) break
    sample.push(row)
  }
  return { columns, sample }
}

function fileName(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) ?? ''
  return name.replace(/\.(csv|tsv|txt)$/iu, '') || 'table'
}
