import { csvFile, pagedList, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { eventItems } from './events.js'
import { copyrightLines, copyrightYears, sportsLines, sportsYears } from './figures.js'
import { heritageSiteRows } from './heritage-sites.js'
import { intangibleHeritageLines } from './intangible-heritage.js'
import { antiquityItems, collectionItems, museumRows } from './museums.js'
import { culturalVenueRows } from './venues.js'

const office = 'SỞ VĂN HÓA VÀ THỂ THAO'

/** The culture and sports department, made up: workbooks, CSV files by year, and a service for museum objects and events. */
export function createCultureSportsAgency(): SampleAgency {
  return createSite({
    code: 'culture-sports',
    title: 'Sở Văn hóa và Thể thao (dữ liệu mẫu)',
    documents: [
      workbook('di-tich-2025.xlsx', 'Di tích lịch sử – văn hóa', () => [
        listSheet({
          name: 'Di tích',
          office,
          title: 'DANH MỤC DI TÍCH ĐÃ XẾP HẠNG VÀ KIỂM KÊ',
          rows: heritageSiteRows(),
          merged: ['Mã huyện'],
        }),
      ]),
      csvFile('di-san-phi-vat-the.csv', 'Di sản văn hóa phi vật thể', intangibleHeritageLines, 'windows-1258'),
      workbook('bao-tang-2025.xlsx', 'Bảo tàng', () => [
        listSheet({ name: 'Bảo tàng', office, title: 'DANH SÁCH BẢO TÀNG, NHÀ LƯU NIỆM', rows: museumRows() }),
      ]),
      pagedList('/api/co-vat', 'Di vật, cổ vật, bảo vật quốc gia', antiquityItems),
      pagedList('/api/hien-vat', 'Tài liệu, hiện vật bảo tàng', collectionItems),
      ...copyrightYears.map((year) =>
        csvFile(
          `quyen-tac-gia-${year}.csv`,
          `Đăng ký quyền tác giả năm ${year}`,
          () => copyrightLines(year),
          year < 2021 ? 'windows-1258' : 'utf-8',
        ),
      ),
      workbook('thiet-che-2025.xlsx', 'Công trình văn hóa', () => [
        listSheet({ name: 'Công trình văn hóa', office, title: 'CÔNG TRÌNH VĂN HÓA', rows: culturalVenueRows() }),
      ]),
      pagedList('/api/su-kien', 'Lịch sự kiện, lễ hội', eventItems),
      ...sportsYears.map((year) =>
        csvFile(
          `thanh-tich-${year}.csv`,
          `Thành tích thể thao năm ${year}`,
          () => sportsLines(year),
          year < 2020 ? 'windows-1258' : 'utf-8',
        ),
      ),
    ],
  })
}
