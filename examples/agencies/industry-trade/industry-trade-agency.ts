import { csvFile, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { clusterRows, marketRows, retailRows } from './commerce.js'
import { foodRows, platformLines, ruralProductRows } from './licences.js'
import { tradeLines, tradeYears } from './trade.js'

const office = 'SỞ CÔNG THƯƠNG'

/** The department of industry and trade, made up: workbooks of lists, and a CSV file of trade for each year. */
export function createIndustryTradeAgency(): SampleAgency {
  return createSite({
    code: 'industry-trade',
    title: 'Sở Công Thương (dữ liệu mẫu)',
    documents: [
      workbook('ha-tang-thuong-mai-2025.xlsx', 'Chợ, siêu thị, cụm công nghiệp', () => [
        listSheet({ name: 'Chợ', office, title: 'DANH SÁCH CHỢ', rows: marketRows(), merged: ['Mã huyện'] }),
        listSheet({ name: 'Siêu thị, TTTM', office, title: 'SIÊU THỊ, TRUNG TÂM THƯƠNG MẠI', rows: retailRows() }),
        listSheet({
          name: 'Cụm công nghiệp',
          office,
          title: 'DANH SÁCH CỤM CÔNG NGHIỆP',
          rows: clusterRows(),
          merged: ['Mã huyện'],
        }),
      ]),
      workbook('an-toan-thuc-pham-2025.xlsx', 'Cơ sở thực phẩm ngành Công Thương', () => [
        listSheet({ name: 'ATTP', office, title: 'CƠ SỞ SẢN XUẤT, KINH DOANH THỰC PHẨM', rows: foodRows() }),
      ]),
      workbook('san-pham-cnnt-tieu-bieu.xlsx', 'Sản phẩm công nghiệp nông thôn tiêu biểu', () => [
        listSheet({
          name: 'CNNT',
          office,
          title: 'SẢN PHẨM CÔNG NGHIỆP NÔNG THÔN TIÊU BIỂU',
          rows: ruralProductRows(),
        }),
      ]),
      csvFile('san-thuong-mai-dien-tu.csv', 'Sàn thương mại điện tử', platformLines),
      ...tradeYears.map((year) =>
        csvFile(`xuat-nhap-khau-${year}.csv`, `Xuất, nhập khẩu năm ${year}`, () => tradeLines(year)),
      ),
    ],
  })
}
