import type { DriverFixture, Scenario } from '../conformance/driver-fixture.js'
import { serveScenario } from '../conformance/fixture-http.js'
import { xmlOptions, xmlSelection, type XmlOptions, type XmlSelection } from './options.js'

const columns = {
  key: '@ma',
  text: 'Ten',
  digits: 'DiaChi/MaBuuChinh',
  number: { column: 'DienTich', text: '12345678901234567890.50' },
}
const namespace = 'urn:example:danh-sach'

/** The suite's rows below a block about the report, as registers export them: attributes, nested elements, a default namespace. */
export const fixture: DriverFixture<XmlOptions, XmlSelection> = {
  columns,
  paged: false,
  showsItsEnd: true,
  hasDocumentType: true,
  errorWith200: {
    contentType: 'text/xml; charset=utf-8',
    body: '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>Hệ thống bận</faultstring></s:Fault></s:Body></s:Envelope>',
  },
  async serve(scenario) {
    const server = await serveScenario(
      scenario,
      () => ({ contentType: 'application/xml', body: documentOf(scenario) }),
      fixture.errorWith200,
    )
    return server.as({
      options: xmlOptions.parse({ url: `${server.url}/danh-sach.xml` }),
      selection: xmlSelection.parse({ rows: '/BaoCao/DanhSach/CoSo' }),
    })
  },
}

function documentOf({ rows, documentType }: Scenario): string {
  const items = rows.map((row, at) => {
    const cell = (column: string): string => escaped(row[column] ?? '')
    const name = at === 0 && documentType !== undefined ? documentType.reference : cell(columns.text)
    return `    <CoSo ma="${cell(columns.key)}">
      <Ten>${name}</Ten>
      <DiaChi><MaBuuChinh>${cell(columns.digits)}</MaBuuChinh></DiaChi>
      <DienTich>${cell(columns.number.column)}</DienTich>
    </CoSo>`
  })
  return `<?xml version="1.0" encoding="UTF-8"?>
${documentType?.declaration ?? ''}
<BaoCao xmlns="${namespace}">
  <NgayLap>30/06/2025</NgayLap>
  <DanhSach>
${items.join('\n')}
  </DanhSach>
</BaoCao>
`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
