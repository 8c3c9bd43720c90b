import { pagedList, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { associationItems, fundRows } from './associations.js'
import { lawPracticeRows, legalAidRows, notaryRows } from './legal-services.js'

const office = 'SỞ TƯ PHÁP'

/** The justice department, made up: a workbook of legal services, one of funds, and a service for associations. */
export function createJusticeAgency(): SampleAgency {
  return createSite({
    code: 'justice',
    title: 'Sở Tư pháp (dữ liệu mẫu)',
    documents: [
      workbook('bo-tro-tu-phap-2025.xlsx', 'Công chứng, luật sư, trợ giúp pháp lý', () => [
        listSheet({ name: 'Công chứng', office, title: 'TỔ CHỨC HÀNH NGHỀ CÔNG CHỨNG', rows: notaryRows() }),
        listSheet({ name: 'Luật sư', office, title: 'TỔ CHỨC HÀNH NGHỀ LUẬT SƯ', rows: lawPracticeRows() }),
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
