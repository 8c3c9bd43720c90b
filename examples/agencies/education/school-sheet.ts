import { columnLetters, type Cell, type SheetContent } from '../workbook.js'
import { withMistakes } from './mistakes.js'
import { schoolsInYear, typedRow, vietnamese, type SchoolInYear, type TypedRow } from './school-rows.js'
import type { Level, SchoolYear } from './schools.js'

const firstHeaderRow = 6
const columns = 17

/** The list of a level's schools as an office prints it: titles, a header of two rows, districts merged down, totals. */
export function schoolSheet(name: string, title: string, level: Level, year: SchoolYear): SheetContent {
  const schools = schoolsInYear(level, year)
  const typed = schools.map(typedRow)
  const rows = year === '2024-2025' ? withMistakes(level, typed) : typed
  const sheet: Cell[][] = [
    ['ỦY BAN NHÂN DÂN TỈNH BÌNH ĐỊNH'],
    [{ bold: 'SỞ GIÁO DỤC VÀ ĐÀO TẠO' }],
    [{ bold: `${title} NĂM HỌC ${year}` }],
    ['(Dữ liệu minh hoạ, không phải số liệu thật)'],
    [],
    ...header(),
  ]
  const merges = ['A1:F1', 'A2:F2', 'A3:Q3', 'A4:Q4', ...headerMerges()]
  for (const group of byDistrict(schools)) {
    const first = sheet.length + 1
    group.forEach(({ index, inYear }, nth) => {
      const district = nth === 0 ? inYear.school.district : undefined
      const row = rows[index]
      if (row !== undefined) sheet.push(cellsOf(index + 1, district, row))
    })
    if (group.length > 1) merges.push(`B${first}:B${sheet.length}`, `C${first}:C${sheet.length}`)
    sheet.push(
      totals(
        'Cộng',
        group.map(({ inYear }) => inYear),
      ),
    )
    merges.push(`A${sheet.length}:J${sheet.length}`)
  }
  sheet.push(totals('Tổng cộng', schools))
  merges.push(`A${sheet.length}:J${sheet.length}`)
  sheet.push([], ['Ghi chú: Số liệu tính đến ngày 30 tháng 6; ô trống là chưa có số liệu.'])
  return { name, rows: sheet, merges }
}

function header(): Cell[][] {
  const upper = [
    'STT',
    'Mã huyện',
    'Huyện, thị xã, thành phố',
    'Mã trường',
    'Tên trường',
    'Mã xã',
    'Xã, phường, thị trấn',
    'Địa chỉ',
    'Loại hình',
    'Ngày thành lập',
    'Số lớp',
    'Học sinh',
    null,
    'Số giáo viên',
    'Chuẩn quốc gia',
    'Toạ độ',
    null,
  ]
  const lower = upper.map((_, index) => lowerNames[index] ?? null)
  return [upper.map(bold), lower.map(bold)]
}

const lowerNames: Readonly<Record<number, string>> = { 11: 'Tổng số', 12: 'Nữ', 15: 'Vĩ độ', 16: 'Kinh độ' }

function bold(text: string | null): Cell {
  return text === null ? null : { bold: text }
}

function headerMerges(): string[] {
  const below = firstHeaderRow + 1
  const downward = Array.from({ length: columns }, (_, index) => index)
    .filter((index) => lowerNames[index] === undefined)
    .map((index) => `${columnLetters(index + 1)}${firstHeaderRow}:${columnLetters(index + 1)}${below}`)
  return [...downward, `L${firstHeaderRow}:M${firstHeaderRow}`, `P${firstHeaderRow}:Q${firstHeaderRow}`]
}

interface Listed {
  readonly index: number
  readonly inYear: SchoolInYear
}

function byDistrict(schools: readonly SchoolInYear[]): Listed[][] {
  const groups = new Map<string, Listed[]>()
  schools.forEach((inYear, index) => {
    const code = inYear.school.district.code
    groups.set(code, [...(groups.get(code) ?? []), { index, inYear }])
  })
  return [...groups.values()]
}

function cellsOf(number: number, district: { code: string; name: string } | undefined, row: TypedRow): Cell[] {
  return [
    number,
    district?.code ?? null,
    district?.name ?? null,
    row.code,
    row.name,
    row.communeCode,
    row.commune,
    row.address,
    row.ownership,
    row.openedOn,
    row.classes,
    row.pupils,
    row.girls,
    row.teachers,
    row.standard,
    row.latitude,
    row.longitude,
  ]
}

function totals(label: string, schools: readonly SchoolInYear[]): Cell[] {
  const sum = (of: (school: SchoolInYear) => number): string =>
    vietnamese(schools.reduce((total, school) => total + of(school), 0))
  const blank = Array.from({ length: 9 }, () => null)
  return [
    { bold: label },
    ...blank,
    sum(({ classes }) => classes),
    sum(({ pupils }) => pupils),
    sum(({ girls }) => girls),
    sum(({ teachers }) => teachers),
  ]
}
