import type { DriverFixture } from '../conformance/driver-fixture.js'
import { rowsSince, serveScenario, type TimedRow } from '../conformance/fixture-http.js'
import type { RestJsonOptions, RestJsonSelection } from './options.js'
import { restJsonOptions, restJsonSelection } from './options.js'

export const fixture: DriverFixture<RestJsonOptions, RestJsonSelection> = {
  columns: { key: 'id', text: 'name', digits: 'code', number: { column: 'amount', text: '12345678901234567890.10' } },
  paged: true,
  showsItsEnd: true,
  errorWith200: { contentType: 'application/json', body: '{"error":{"message":"Hạn mức đã hết"}}' },
  async serve(scenario) {
    const server = await serveScenario(
      scenario,
      ({ url }) => {
        const { searchParams } = new URL(url, 'http://fixture.test')
        const keys = searchParams.get('ids')?.split(',')
        const all = rowsSince(scenario, searchParams.get('updatedSince') ?? undefined)
        const rows = keys === undefined ? all : keys.flatMap((key) => all.filter(({ row }) => row['id'] === key))
        const size = scenario.pageSize ?? Math.max(1, scenario.rows.length)
        const start = (Number(searchParams.get('page') ?? '1') - 1) * size
        const page = keys === undefined ? rows.slice(start, start + size) : rows
        const items = (scenario.reversed === true ? page.toReversed() : page).map(written)
        const body = `{"data":{"items":[${items.join(',')}],"total":${rows.length}}}`
        return { contentType: 'application/json; charset=utf-8', body }
      },
      fixture.errorWith200,
    )
    return server.as({
      options: restJsonOptions.parse({ url: `${server.url}/api/rows` }),
      selection: restJsonSelection.parse({
        items: 'data.items',
        total: 'data.total',
        paging: scenario.pageSize === undefined ? { kind: 'none' } : { kind: 'page', size: scenario.pageSize },
        lookup: { parameter: 'ids', keyField: 'id' },
        since: { parameter: 'updatedSince', field: 'updatedAt' },
      }),
    })
  },
}

/** JSON by hand, since a JavaScript number would lose the digits that the suite looks for. */
function written({ row, changedAt }: TimedRow): string {
  const members = Object.entries(row).map(([name, value]) => {
    return `${JSON.stringify(name)}:${name === 'amount' ? value : JSON.stringify(value)}`
  })
  return `{${members.join(',')},"updatedAt":"${changedAt}"}`
}
