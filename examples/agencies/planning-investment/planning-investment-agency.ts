import { listSheet } from '../office/list-sheet.js'
import { csvFile, workbook } from '../office/documents.js'
import { createSite, type SiteDocument } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { BadQuery } from '../transport/paging.js'
import { cooperativeRows, unionRows } from './cooperatives.js'
import { enterpriseAt, enterpriseCount, numbersChangedFrom } from './enterprises.js'
import { populationLines, populationYears } from './population.js'

const office = 'SỞ KẾ HOẠCH VÀ ĐẦU TƯ'
const mostRows = 200

/** The planning department, made up: its business register answers in pages, the cooperatives are a workbook, the population CSV files by year. */
export function createPlanningInvestmentAgency(): SampleAgency {
  return createSite({
    code: 'planning-investment',
    title: 'Sở Kế hoạch và Đầu tư (dữ liệu mẫu)',
    documents: [
      register,
      ...populationYears.map((year) =>
        csvFile(
          `dan-so-${year}.csv`,
          `Dân số, diện tích, mật độ dân số năm ${year}`,
          () => populationLines(year),
          year < 2021 ? 'windows-1258' : 'utf-8',
        ),
      ),
      workbook('hop-tac-xa-2025.xlsx', 'Hợp tác xã, liên hiệp hợp tác xã, quỹ tín dụng nhân dân', () => [
        listSheet({
          name: 'Hợp tác xã',
          office,
          title: 'DANH SÁCH HỢP TÁC XÃ',
          rows: cooperativeRows(),
          merged: ['Mã huyện'],
        }),
        listSheet({
          name: 'Liên hiệp, QTDND',
          office,
          title: 'DANH SÁCH LIÊN HIỆP HỢP TÁC XÃ, QUỸ TÍN DỤNG NHÂN DÂN',
          rows: unionRows(),
        }),
      ]),
    ],
  })
}

/**
 * Rows are made for the page that is asked for; the whole register is never in memory. `capNhatTu` leaves out what was changed last before
 * that day.
 */
const register: SiteDocument = {
  path: '/api/doanh-nghiep',
  title: 'Doanh nghiệp (JSON, phân trang)',
  contentType: 'application/json; charset=utf-8',
  example: '?trang=1&soDong=50',
  body(query) {
    const page = wholeNumber(query, 'trang', 1)
    const size = Math.min(mostRows, wholeNumber(query, 'soDong', 50))
    const since = dayIn(query, 'capNhatTu')
    const numbers = since === undefined ? undefined : numbersChangedFrom(since)
    const total = numbers?.length ?? enterpriseCount
    const start = (page - 1) * size
    const places = Array.from({ length: Math.max(0, Math.min(size, total - start)) }, (_, index) => start + index)
    const rows = places.map((place) => rowAt(numbers?.[place] ?? place))
    return JSON.stringify({ duLieu: rows, trang: page, soDong: size, tongSo: total })
  },
}

/** What the register's clerks typed wrong, by the number of the row. */
const slips: ReadonlyMap<number, object> = new Map([
  [412, { maSoThue: '41-00' }],
  [1503, { vonDieuLe: -500_000_000 }],
  [2999, { ngayDangKy: '2016-02-30' }],
  [4410, { maHuyen: '541' }],
  [5120, { nganhChinh: { ma: 'G46', ten: 'Bán buôn' } }],
])

function rowAt(index: number): object {
  const enterprise = enterpriseAt(index)
  return {
    maSoThue: enterprise.taxCode,
    ten: enterprise.name,
    tenNuocNgoai: enterprise.nameEn ?? null,
    loaiHinh: enterprise.kind,
    tinhTrang: enterprise.status,
    ngayDangKy: enterprise.registeredOn,
    ngayThayDoi: enterprise.statusChangedOn,
    capNhat: enterprise.statusChangedOn,
    vonDieuLe: enterprise.charterCapital,
    nganhChinh: { ma: enterprise.industry.code, ten: enterprise.industry.name },
    nganhCap1: enterprise.industry.section,
    coVonNuocNgoai: enterprise.isForeign,
    diaChi: enterprise.place.address,
    maHuyen: enterprise.place.district.code,
    maXa: enterprise.place.commune.code,
    ...slips.get(index),
  }
}

function dayIn(query: URLSearchParams, name: string): string | undefined {
  const text = query.get(name) ?? undefined
  if (text !== undefined && !/^\d{4}-\d{2}-\d{2}$/u.test(text))
    throw new BadQuery(`${name} phải là ngày dạng yyyy-mm-dd`)
  return text
}

function wholeNumber(query: URLSearchParams, name: string, otherwise: number): number {
  const text = query.get(name)
  if (text === null) return otherwise
  if (!/^[1-9]\d{0,5}$/u.test(text)) throw new BadQuery(`${name} phải là số nguyên dương`)
  return Number(text)
}
