import { pagedList, workbook, xmlFile } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { associationItems, fundRows } from './associations.js'
import { legalAidRows } from './legal-services.js'
import { lawPracticeReport, notaryReport } from './register-exports.js'

const office = 'SỞ TƯ PHÁP'

/**
 * The justice department, made up: exports of the registers of notaries and lawyers, workbooks of legal aid and of funds, and a
 * service for associations.
 */
export function createJusticeAgency(): SampleAgency {
  return createSite({
    code: 'justice',
    title: 'Sở Tư pháp (dữ liệu mẫu)',
    documents: [
      xmlFile('cong-chung-2025.xml', 'Tổ chức hành nghề công chứng', notaryReport),
      xmlFile('luat-su-2025.xml', 'Tổ chức hành nghề luật sư', lawPracticeReport, 'UTF-16'),
      workbook('bo-tro-tu-phap-2025.xlsx', 'Trợ giúp pháp lý', () => [
        listSheet({
          name: 'Trợ giúp pháp lý',
          office,
          title: 'TỔ CHỨC THỰC HIỆN TRỢ GIÚP PHÁP LÝ',
          rows: legalAidRows(),
        }),
      ]),
      pagedList('/api/hoi', 'Hội có tư cách pháp nhân', associationItems),
      workbook('quy-xa-hoi-2025.xlsx', 'Quỹ xã hội, quỹ từ thiện', () => [
        listSheet({
          name: 'Quỹ',
          office: 'SỞ NỘI VỤ',
          title: 'QUỸ XÃ HỘI, QUỸ TỪ THIỆN ĐƯỢC CẤP PHÉP',
          rows: fundRows(),
        }),
      ]),
    ],
  })
}
