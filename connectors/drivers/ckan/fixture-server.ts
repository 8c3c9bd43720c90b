import type { DriverFixture } from '../conformance/driver-fixture.js'
import { serveScenario } from '../conformance/fixture-http.js'
import { ckanOptions, ckanSelection, type CkanOptions, type CkanSelection } from './options.js'

const resourceId = '5f0b6c1e-2f57-4d4b-9a57-6a3f4f0f7c11'

export const fixture: DriverFixture<CkanOptions, CkanSelection> = {
  columns: { key: 'ma', text: 'ten', digits: 'ma_xa', number: { column: 'so_tien', text: '12345678901234567890.10' } },
  paged: true,
  showsItsEnd: true,
  errorWith200: {
    contentType: 'application/json;charset=utf-8',
    body: '{"help":"","success":false,"error":{"__type":"Internal Error","message":"Lỗi máy chủ"}}',
  },
  async serve(scenario) {
    const server = await serveScenario(
      scenario,
      ({ url }) => {
        const { pathname, searchParams } = new URL(url, 'http://fixture.test')
        const result = pathname.endsWith('package_show') ? shownPackage : searched(scenario, searchParams)
        return { contentType: 'application/json;charset=utf-8', body: `{"help":"","success":true,"result":${result}}` }
      },
      fixture.errorWith200,
    )
    // By the id alone the first answer has rows, so that faults between pages are met; by the package's name faults before them.
    const place = scenario.pageSize === undefined ? { package: 'mau' } : { resource: resourceId }
    return server.as({
      options: ckanOptions.parse({ endpoint: server.url, ...place }),
      selection: ckanSelection.parse(scenario.pageSize === undefined ? {} : { pageSize: scenario.pageSize }),
    })
  },
}

const shownPackage = JSON.stringify({
  name: 'mau',
  resources: [
    {
      id: resourceId,
      name: 'Bảng mẫu',
      format: 'CSV',
      url_type: 'upload',
      datastore_active: true,
      last_modified: '2025-06-01T08:00:00.000000',
    },
  ],
})

/** JSON by hand, since a JavaScript number would lose the digits that the suite looks for. */
function searched({ rows, columns }: Parameters<typeof fixture.serve>[0], query: URLSearchParams): string {
  const offset = Number(query.get('offset') ?? '0')
  const records = rows.slice(offset, offset + Number(query.get('limit') ?? '100')).map((row, index) => {
    const members = columns.map((name) => {
      const value = row[name] ?? ''
      return `${JSON.stringify(name)}:${name === 'so_tien' ? value : JSON.stringify(value)}`
    })
    return `{"_id":${offset + index + 1},${members.join(',')}}`
  })
  const fields = ['_id', ...columns].map((id) => ({ id, type: id === '_id' ? 'int' : 'text' }))
  return `{"fields":${JSON.stringify(fields)},"records":[${records.join(',')}],"_links":{"next":"/api/3/action/datastore_search?offset=100"},"total":${rows.length}}`
}
