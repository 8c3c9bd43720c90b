import type { DriverFixture, Scenario } from '../conformance/driver-fixture.js'
import { rowsSince, serveScenario, type TimedRow } from '../conformance/fixture-http.js'
import { fhirOptions, fhirSelection, type FhirOptions, type FhirSelection } from './options.js'

const outcome = {
  resourceType: 'OperationOutcome',
  issue: [{ severity: 'error', code: 'exception', diagnostics: 'Cơ sở dữ liệu không phản hồi' }],
}

export const fixture: DriverFixture<FhirOptions, FhirSelection> = {
  columns: { key: 'id', text: 'name', digits: 'alias', number: { column: 'altitude', text: '42.254754780' } },
  paged: true,
  showsItsEnd: true,
  errorWith200: { contentType: 'application/fhir+json', body: JSON.stringify(outcome) },
  async serve(scenario) {
    const server = await serveScenario(
      scenario,
      ({ url }, serverUrl) => {
        const { pathname, searchParams } = new URL(url, serverUrl)
        const since = searchParams.get('_lastUpdated') ?? undefined
        const body =
          pathname === '/fhir/metadata' ? metadata : searchset(scenario, Number(searchParams.get('at') ?? '0'), since)
        return { contentType: 'application/fhir+json; charset=utf-8', body }
      },
      fixture.errorWith200,
    )
    return server.as({
      options: fhirOptions.parse({ baseUrl: `${server.url}/fhir` }),
      selection: fhirSelection.parse({ resourceType: 'Location' }),
    })
  },
}

const metadata = JSON.stringify({
  resourceType: 'CapabilityStatement',
  status: 'active',
  kind: 'instance',
  fhirVersion: '4.0.1',
  format: ['json'],
  rest: [{ mode: 'server', resource: [{ type: 'Location' }, { type: 'Patient' }] }],
})

function searchset(scenario: Scenario, start: number, since: string | undefined): string {
  const rows = rowsSince(scenario, since?.replace(/^gt/, ''))
  const end = start + (scenario.pageSize ?? Math.max(1, rows.length))
  const asked = since === undefined ? '' : `&_lastUpdated=${encodeURIComponent(since)}`
  const link = end < rows.length ? [{ relation: 'next', url: `Location?at=${end}${asked}` }] : []
  const entries = rows.slice(start, end).map((row) => `{"resource":${written(row)},"search":{"mode":"match"}}`)
  return `{"resourceType":"Bundle","type":"searchset","total":${rows.length},"link":${JSON.stringify(link)},"entry":[${entries.join(',')}]}`
}

/** JSON by hand, since a JavaScript number would lose the digits that the suite looks for. */
function written({ row, changedAt }: TimedRow): string {
  const members = Object.entries(row).map(([name, value]) => {
    return `${JSON.stringify(name)}:${name === 'altitude' ? value : JSON.stringify(value)}`
  })
  return `{"resourceType":"Location","meta":{"lastUpdated":"${changedAt}"},${members.join(',')}}`
}
