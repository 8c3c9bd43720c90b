import { csvFile, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { assistanceRows, assistanceYears, poorHouseholdRows, povertyYears } from './assistance.js'
import { ownershipRows, surveyYears, unemploymentLines } from './figures.js'
import { employmentServiceRows, overseasRows, socialFacilityRows } from './lists.js'

const office = 'SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI'

/** The labour department, made up: a CSV file for each survey year and workbooks of figures and lists. */
export function createLabourAgency(): SampleAgency {
  return createSite({
    code: 'labour',
    title: 'Sở Lao động - Thương binh và Xã hội (dữ liệu mẫu)',
    documents: [
      ...surveyYears.map((year) =>
        csvFile(
          `that-nghiep-${year}.csv`,
          `Tỷ lệ thất nghiệp năm ${year}`,
          () => unemploymentLines(year),
          year < 2021 ? 'windows-1258' : 'utf-8',
        ),
      ),
      workbook('lao-dong-co-viec-lam.xlsx', 'Lao động có việc làm theo loại hình kinh tế', () =>
        surveyYears.map((year) =>
          listSheet({
            name: String(year),
            office,
            title: `LAO ĐỘNG TỪ 15 TUỔI CÓ VIỆC LÀM NĂM ${year}`,
            rows: ownershipRows(year),
          }),
        ),
      ),
      workbook('ho-ngheo.xlsx', 'Hộ nghèo, hộ cận nghèo', () =>
        povertyYears.map((year) =>
          listSheet({
            name: String(year),
            office,
            title: `KẾT QUẢ RÀ SOÁT HỘ NGHÈO, HỘ CẬN NGHÈO NĂM ${year}`,
            rows: poorHouseholdRows(year),
            merged: ['Mã huyện'],
          }),
        ),
      ),
      workbook('tro-giup-xa-hoi-hang-thang.xlsx', 'Trợ giúp xã hội hằng tháng', () =>
        assistanceYears.map((year) =>
          listSheet({
            name: String(year),
            office,
            title: `ĐỐI TƯỢNG HƯỞNG TRỢ GIÚP XÃ HỘI HẰNG THÁNG NĂM ${year}`,
            rows: assistanceRows(year),
          }),
        ),
      ),
      workbook('danh-sach-2025.xlsx', 'Dịch vụ việc làm, đưa lao động đi nước ngoài, trợ giúp xã hội', () => [
        listSheet({
          name: 'Dịch vụ việc làm',
          office,
          title: 'ĐƠN VỊ DỊCH VỤ VIỆC LÀM',
          rows: employmentServiceRows(),
        }),
        listSheet({
          name: 'Đi nước ngoài',
          office,
          title: 'DOANH NGHIỆP ĐƯA LAO ĐỘNG ĐI NƯỚC NGOÀI',
          rows: overseasRows(),
        }),
        listSheet({ name: 'Trợ giúp xã hội', office, title: 'CƠ SỞ TRỢ GIÚP XÃ HỘI', rows: socialFacilityRows() }),
      ]),
    ],
  })
}
