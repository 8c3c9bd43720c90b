import { writeWorkbook, type Cell } from '../../../examples/agencies/workbook.js'
import type { DriverFixture, Scenario } from '../conformance/driver-fixture.js'
import { serveScenario } from '../conformance/fixture-http.js'
import type { XlsxOptions, XlsxSelection } from './options.js'

const number = { column: 'Diện tích', text: '1234.5' }

/** The suite's rows below a title and a blank row, on the second sheet of a workbook. */
export const fixture: DriverFixture<XlsxOptions, XlsxSelection> = {
  columns: { key: 'Mã', text: 'Tên', digits: 'Mã bưu chính', number },
  paged: false,
  showsItsEnd: true,
  async serve(scenario) {
    const server = await serveScenario(scenario, () => ({
      contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      body: workbookOf(scenario),
    }))
    return server.as({ options: { url: `${server.url}/table.xlsx` }, selection: { sheet: 'Dữ liệu', headerRows: 3 } })
  },
}

function workbookOf(scenario: Scenario): Uint8Array {
  const rows = scenario.rows.map((row) =>
    scenario.columns.map((column): Cell => {
      const text = row[column] ?? ''
      return column === number.column && text !== '' ? Number(text) : text
    }),
  )
  return writeWorkbook([
    { name: 'Ghi chú', rows: [['Số liệu minh hoạ']] },
    { name: 'Dữ liệu', rows: [['Danh sách'], [], scenario.columns, ...rows], merges: ['A1:D1'] },
  ])
}
