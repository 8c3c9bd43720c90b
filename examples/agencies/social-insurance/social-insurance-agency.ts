import { csvFile, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { beneficiaryLines, contributorLines, insuranceYears, unemploymentRows, type InsuranceYear } from './figures.js'

const office = 'BẢO HIỂM XÃ HỘI TỈNH'

function encodingOf(year: InsuranceYear): 'utf-8' | 'windows-1258' {
  return year < 2021 ? 'windows-1258' : 'utf-8'
}

/** The province's social insurance, made up: CSV files by year and a workbook with a sheet for each year. */
export function createSocialInsuranceAgency(): SampleAgency {
  return createSite({
    code: 'social-insurance',
    title: 'Bảo hiểm xã hội tỉnh (dữ liệu mẫu)',
    documents: [
      ...insuranceYears.map((year) =>
        csvFile(`nguoi-dong-${year}.csv`, `Số người đóng năm ${year}`, () => contributorLines(year), encodingOf(year)),
      ),
      ...insuranceYears.map((year) =>
        csvFile(
          `nguoi-huong-${year}.csv`,
          `Số người hưởng năm ${year}`,
          () => beneficiaryLines(year),
          encodingOf(year),
        ),
      ),
      workbook('bao-hiem-that-nghiep.xlsx', 'Số người hưởng bảo hiểm thất nghiệp', () =>
        insuranceYears.map((year) =>
          listSheet({
            name: String(year),
            office,
            title: `SỐ NGƯỜI HƯỞNG BẢO HIỂM THẤT NGHIỆP NĂM ${year}`,
            rows: unemploymentRows(year),
          }),
        ),
      ),
    ],
  })
}
