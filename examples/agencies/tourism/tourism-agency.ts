import { visitedSiteRows } from '../culture-sports/heritage-sites.js'
import { csvFile, pagedList, workbook } from '../office/documents.js'
import { withLastLine } from '../office/last-line.js'
import { listSheet } from '../office/list-sheet.js'
import { csvRows } from '../office/rows.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { naturalAttractions, scenicSites, shoppingAndEntertainment } from './attractions.js'
import { lodgingRows } from './lodgings.js'
import { informationPointRows, licensedCompanyRows, travelBusinessRows } from './travel-businesses.js'

const office = 'SỞ DU LỊCH'

/** The tourism department, made up: a service for places to see, workbooks of lodgings and travel businesses, CSV lists. */
export function createTourismAgency(): SampleAgency {
  return createSite({
    code: 'tourism',
    title: 'Sở Du lịch (dữ liệu mẫu)',
    documents: [
      pagedList('/api/diem-du-lich/tu-nhien', 'Điểm du lịch tự nhiên', naturalAttractions),
      pagedList('/api/diem-du-lich/mua-sam-giai-tri', 'Điểm mua sắm, vui chơi, giải trí', shoppingAndEntertainment),
      pagedList('/api/diem-du-lich/danh-lam-thang-canh', 'Danh lam thắng cảnh', scenicSites),
      csvFile('di-tich-du-lich-2025.csv', 'Di tích đón khách du lịch', () =>
        withLastLine(csvRows(visitedSiteRows()), 'Ghi chú: giá vé người lớn.'),
      ),
      workbook('co-so-luu-tru-2025.xlsx', 'Cơ sở lưu trú du lịch', () => [
        listSheet({ name: 'Cơ sở lưu trú', office, title: 'DANH SÁCH CƠ SỞ LƯU TRÚ DU LỊCH', rows: lodgingRows() }),
      ]),
      workbook('lu-hanh-2025.xlsx', 'Doanh nghiệp kinh doanh dịch vụ lữ hành', () => [
        listSheet({ name: 'Dịch vụ lữ hành', office, title: 'KINH DOANH DỊCH VỤ LỮ HÀNH', rows: travelBusinessRows() }),
        listSheet({ name: 'Giấy phép', office, title: 'CÔNG TY LỮ HÀNH ĐƯỢC CẤP PHÉP', rows: licensedCompanyRows() }),
      ]),
      csvFile('diem-thong-tin-du-lich.csv', 'Điểm cung cấp thông tin du lịch', () => csvRows(informationPointRows())),
    ],
  })
}
