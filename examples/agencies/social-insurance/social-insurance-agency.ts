import { csvFile, workbook, xmlFile } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { createSite } from '../office/site.js'
import type { XmlElement } from '../office/xml-document.js'
import { xmlReport } from '../office/xml-report.js'
import type { SampleAgency } from '../sample-agency.js'
import { beneficiaryLines, contributorRows, insuranceYears, unemploymentRows, type InsuranceYear } from './figures.js'

const office = 'BẢO HIỂM XÃ HỘI TỈNH'

function encodingOf(year: InsuranceYear): 'utf-8' | 'windows-1258' {
  return year < 2021 ? 'windows-1258' : 'utf-8'
}

/** The province's social insurance, made up: XML exports and CSV files by year, and a workbook with a sheet for each year. */
export function createSocialInsuranceAgency(): SampleAgency {
  return createSite({
    code: 'social-insurance',
    title: 'Bảo hiểm xã hội tỉnh (dữ liệu mẫu)',
    documents: [
      ...insuranceYears.map((year) =>
        xmlFile(
          `nguoi-dong-${year}.xml`,
          `Số người đóng năm ${year}`,
          () => contributorReport(year),
          year < 2021 ? 'windows-1258' : 'UTF-8',
        ),
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

function contributorReport(year: InsuranceYear): XmlElement {
  return xmlReport({
    root: 'BaoCaoThuBHXH',
    attributes: { nam: String(year), 'xmlns:xsi': 'http://www.w3.org/2001/XMLSchema-instance' },
    office,
    title: `Số người tham gia bảo hiểm năm ${year}`,
    rowName: 'Dong',
    rows: contributorRows(year),
    missing: null,
    layout: [
      ['@quy', 'Quý'],
      ['Huyen/@ma', 'Mã huyện'],
      ['Huyen/Ten', 'Huyện, thị xã, thành phố'],
      ['ChiTieu', 'Chỉ tiêu'],
      ['GioiTinh', 'Giới tính'],
      ['SoNguoi', 'Số người'],
      ['SoTien', 'Số tiền (đồng)'],
    ],
  })
}
