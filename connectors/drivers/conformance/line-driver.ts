import { z } from 'zod'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import type { Driver, Source, SourceRow } from '../driver.js'
import type { DriverFixture, Scenario } from './driver-fixture.js'
import { rowsSince, serveScenario } from './fixture-http.js'

const lineOptions = z.strictObject({ url: z.url() })
const lineSelection = z.strictObject({})
type LineOptions = z.infer<typeof lineOptions>
type LineSelection = z.infer<typeof lineSelection>
export type LineDriver = Driver<LineOptions, LineSelection>

const pageSchema = z.object({
  rows: z.array(z.record(z.string(), z.string())),
  next: z.string().nullable(),
})
type Page = z.infer<typeof pageSchema>

/**
 * A made-up protocol with all that a protocol can have: pages, an error with status 200, lookup by key, ETags. Its correct
 * driver passes the suite, so each way of breaking it shows that the suite would notice.
 */
export const lineDriver: LineDriver = {
  name: 'lines',
  title: { vi: 'Dòng', en: 'Lines' },
  options: lineOptions,
  selection: lineSelection,
  capabilities: { scan: true, lookupBatch: 3, conditional: true, since: true },
  async check(source) {
    await readPage(source, source.options.url)
  },
  async describe(source, sampleRows) {
    const { rows } = await readPage(source, source.options.url)
    return [
      {
        name: 'lines',
        selection: {},
        columns: Object.keys(rows[0] ?? {}),
        sample: numbered(rows, 0).slice(0, sampleRows),
      },
    ]
  },
  async *scan(source, _selection, since) {
    let read = 0
    let next: string | null = linesUrl(source, since)
    let latest = since ?? ''
    while (next !== null) {
      const page: Page = await readPage(source, next)
      yield* numbered(page.rows, read)
      for (const { changed } of page.rows) if (changed !== undefined && changed > latest) latest = changed
      read += page.rows.length
      next = page.next
    }
    if (latest !== '') source.mark(latest)
  },
  async lookup(source, _selection, keys) {
    const wanted = [...new Set(keys)].filter((key) => key !== '')
    const found = new Map<string, SourceRow>()
    for (let at = 0; at < wanted.length; at += 3) {
      const asked = wanted.slice(at, at + 3)
      const page = await readPage(source, keysUrl(source, asked))
      for (const row of numbered(page.rows, 0)) {
        const key = row.values['id']
        if (typeof key === 'string' && asked.includes(key)) found.set(key, row)
      }
    }
    return found
  },
}

export function linesUrl(source: Source<LineOptions>, since: string | undefined): string {
  const url = new URL(source.options.url)
  if (since !== undefined) url.searchParams.set('since', since)
  return url.href
}

export function keysUrl(source: Source<LineOptions>, keys: readonly string[]): string {
  const url = new URL(source.options.url)
  for (const key of keys) url.searchParams.append('key', key)
  return url.href
}

export async function readPage(source: Source<LineOptions>, url: string): Promise<Page> {
  const text = await (await source.request(url)).text()
  try {
    return pageSchema.parse(JSON.parse(text))
  } catch (error) {
    throw new SourceFault(
      'NOT_DATA',
      { expected: worded('lines', 'các dòng'), detail: worded('it is something else', 'là nội dung khác') },
      error,
    )
  }
}

export function numbered(rows: readonly Readonly<Record<string, string>>[], before: number): SourceRow[] {
  return rows.map((values, at) => ({ number: before + at + 1, values }))
}

const errorWith200 = { contentType: 'application/json', body: '{"error":"quota"}' }

export const lineFixture: DriverFixture<LineOptions, LineSelection> = {
  columns: { key: 'id', text: 'name', digits: 'code', number: { column: 'amount', text: '1234567890123456789.10' } },
  paged: true,
  showsItsEnd: true,
  hasDocumentType: true,
  errorWith200,
  async serve(scenario) {
    const server = await serveScenario(
      scenario,
      ({ url }, serverUrl) => pageFor(scenario, new URL(url, serverUrl)),
      errorWith200,
    )
    return server.as({ options: { url: `${server.url}/lines` }, selection: {} })
  },
}

function pageFor(scenario: Scenario, url: URL): { contentType: string; body: string } {
  const keys = url.searchParams.getAll('key')
  const since = url.searchParams.get('since') ?? undefined
  const all = rowsSince(scenario, since).map(({ row, changedAt }) => ({ ...row, changed: changedAt }))
  const start = Number(url.searchParams.get('from') ?? '0')
  const end = start + (scenario.pageSize ?? all.length)
  const asked = keys.flatMap((key) => all.filter((row: Readonly<Record<string, string>>) => row['id'] === key))
  const rows = keys.length === 0 ? all.slice(start, end) : scenario.reversed === true ? asked.toReversed() : asked
  const after = since === undefined ? '' : `&since=${since}`
  const next = keys.length === 0 && end < all.length ? `${url.origin}/lines?from=${end}${after}` : null
  const body = JSON.stringify({ rows, next })
  const { documentType } = scenario
  if (documentType === undefined) return { contentType: 'application/json', body }
  const referring = body.replace(/"name":"[^,]*",/, `"name":"${documentType.reference}",`)
  return { contentType: 'application/json', body: `${documentType.declaration}\n${referring}` }
}
