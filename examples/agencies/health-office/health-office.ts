import { csvFile, pagedList, workbook } from '../office/documents.js'
import { jsonItems } from '../office/json-items.js'
import { listSheet } from '../office/list-sheet.js'
import { statisticYears } from '../office/periods.js'
import { createSite } from '../office/site.js'
import type { Row } from '../office/rows.js'
import type { SampleAgency } from '../sample-agency.js'
import type { SheetContent } from '../workbook.js'
import { certifiedRows, laboratoryRows, supervisedRows } from './food.js'
import { medicineRows, priceRows } from './medicines.js'
import { servicePriceRows, visitLines } from './services.js'

function sheet(name: string, title: string, rows: readonly Row[]): SheetContent {
  return listSheet({ name, office: 'SỞ Y TẾ', title, rows })
}

/** The offices of the health department beside its FHIR server, made up: workbooks, yearly files and three services. */
export function createHealthOffice(): SampleAgency {
  return createSite({
    code: 'health-office',
    title: 'Sở Y tế – văn phòng (dữ liệu mẫu)',
    documents: [
      pagedList('/api/co-so-thuc-pham', 'Cơ sở thực phẩm do Sở Y tế quản lý', () => jsonItems(supervisedRows())),
      workbook('an-toan-thuc-pham-2025.xlsx', 'Giấy chứng nhận và kiểm nghiệm thực phẩm', () => [
        sheet('Giấy chứng nhận', 'CƠ SỞ ĐƯỢC CẤP GIẤY CHỨNG NHẬN AN TOÀN THỰC PHẨM', certifiedRows()),
        sheet('Kiểm nghiệm', 'CƠ SỞ KIỂM NGHIỆM, KIỂM TRA NHÀ NƯỚC VỀ THỰC PHẨM', laboratoryRows()),
      ]),
      pagedList('/api/thuoc', 'Danh mục thuốc', () => jsonItems(medicineRows())),
      pagedList('/api/gia-thuoc', 'Giá thuốc', () => jsonItems(priceRows())),
      workbook('gia-dich-vu-y-te.xlsx', 'Giá dịch vụ khám bệnh, chữa bệnh', () => [
        sheet('2023', 'GIÁ DỊCH VỤ KHÁM BỆNH, CHỮA BỆNH TỪ 17/11/2023', servicePriceRows('2023')),
        sheet('2025', 'GIÁ DỊCH VỤ KHÁM BỆNH, CHỮA BỆNH TỪ 01/01/2025', servicePriceRows('2025')),
      ]),
      ...statisticYears.map((year) =>
        csvFile(
          `kham-chua-benh-bhyt-${year}.csv`,
          `Khám chữa bệnh bảo hiểm y tế năm ${year}`,
          () => visitLines(year),
          year < 2022 ? 'windows-1258' : 'utf-8',
        ),
      ),
    ],
  })
}
