import type { DriverFixture, Scenario } from '../conformance/driver-fixture.js'
import { serveScenario } from '../conformance/fixture-http.js'
import type { CsvOptions, CsvSelection } from './options.js'

/** The suite's rows as a semicolon-separated file with a byte-order mark and CRLF, as a Vietnamese Excel saves it. */
export const fixture: DriverFixture<CsvOptions, CsvSelection> = {
  columns: { key: 'Mã', text: 'Tên', digits: 'Mã bưu chính', number: { column: 'Vĩ độ', text: '13.780' } },
  paged: false,
  showsItsEnd: false,
  async serve(scenario) {
    const server = await serveScenario(scenario, () => ({ contentType: 'text/csv', body: csvOf(scenario) }))
    return server.as({ options: { url: `${server.url}/table.csv`, quote: '"', headerRow: 1 }, selection: {} })
  },
}

function csvOf(scenario: Scenario): string {
  const rows = scenario.rows.map((row) => scenario.columns.map((column) => row[column] ?? ''))
  const lines = [scenario.columns, ...rows].map((cells) => cells.map(quoted).join(';'))
  return `\uFEFF${lines.map((line) => `${line}\r\n`).join('')}`
}

function quoted(cell: string): string {
  return /[";\r\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}
