import { csvFile, pagedList, workbook } from '../office/documents.js'
import { jsonItems } from '../office/json-items.js'
import { listSheet } from '../office/list-sheet.js'
import { statisticYears } from '../office/periods.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { publicAmenityRows } from './amenities.js'
import { costIndexLines } from './cost-index.js'
import { permitRows } from './permits.js'
import { labourRows, labourYears, machineRates, materialLines, monthName, priceMonths } from './prices.js'

/** The construction department, made up: monthly price files, workbooks of labour rates and amenities, index files and two services. */
export function createConstructionAgency(): SampleAgency {
  return createSite({
    code: 'construction',
    title: 'Sở Xây dựng (dữ liệu mẫu)',
    documents: [
      ...priceMonths.map((of) =>
        csvFile(`gia-vat-lieu-${monthName(of)}.csv`, `Công bố giá vật liệu xây dựng ${monthName(of)}`, () =>
          materialLines(of),
        ),
      ),
      workbook('don-gia-nhan-cong.xlsx', 'Đơn giá nhân công xây dựng', () =>
        labourYears.map((year) =>
          listSheet({
            name: String(year),
            office: 'SỞ XÂY DỰNG',
            title: `ĐƠN GIÁ NHÂN CÔNG XÂY DỰNG NĂM ${year}`,
            rows: labourRows(year),
            merged: ['Mã huyện'],
          }),
        ),
      ),
      ...statisticYears.map((year) =>
        csvFile(
          `chi-so-gia-${year}.csv`,
          `Chỉ số giá xây dựng năm ${year}`,
          () => costIndexLines(year),
          year < 2023 ? 'windows-1258' : 'utf-8',
        ),
      ),
      workbook('cong-trinh-cong-cong-2025.xlsx', 'Công trình công cộng', () => [
        listSheet({
          name: 'Công trình công cộng',
          office: 'SỞ XÂY DỰNG',
          title: 'CÔNG VIÊN, NHÀ VỆ SINH CÔNG CỘNG, ĐỊA ĐIỂM THỂ DỤC THỂ THAO',
          rows: publicAmenityRows(),
          merged: ['Mã huyện'],
        }),
      ]),
      pagedList('/api/gia-ca-may', 'Giá ca máy và thiết bị thi công', machineRates),
      pagedList('/api/giay-phep-xay-dung', 'Giấy phép xây dựng', () => jsonItems(permitRows())),
    ],
  })
}
