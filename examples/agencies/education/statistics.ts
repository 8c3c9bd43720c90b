import type { Cell, SheetContent } from '../workbook.js'
import { districts, type District } from './districts.js'
import { schoolsInYear, vietnamese } from './school-rows.js'
import { levels, type Level, type SchoolYear } from './schools.js'

const levelTitles = {
  NURSERY: 'Nhà trẻ',
  KINDERGARTEN: 'Mẫu giáo',
  PRIMARY: 'Tiểu học',
  LOWER_SECONDARY: 'Trung học cơ sở',
  UPPER_SECONDARY: 'Trung học phổ thông',
} as const satisfies Record<Level, string>

type Measure = 'teachers' | 'pupils'

/** The sum over the schools of a district and level; the lists' slips are not in it. */
export function countOf(measure: Measure, district: District, level: Level, year: SchoolYear): number {
  return schoolsInYear(level, year)
    .filter(({ school }) => school.district === district)
    .reduce((sum, school) => sum + school[measure], 0)
}

/** Teachers by district and level, levels across the top below a merged title. */
export function teachersSheet(year: SchoolYear): SheetContent {
  const rows: Cell[][] = [
    [{ bold: `SỐ GIÁO VIÊN TỪNG CẤP NĂM HỌC ${year}` }],
    ['(Dữ liệu minh hoạ, không phải số liệu thật)'],
    [],
    ['TT', 'Mã huyện', 'Huyện, thị xã, thành phố', 'Số giáo viên', null, null, null, null, 'Tổng số'],
    [null, null, null, ...levels.map((level) => levelTitles[level]), null],
  ]
  districts.forEach((district, index) => {
    const counts = levels.map((level) => countOf('teachers', district, level, year))
    rows.push([index + 1, district.code, district.name, ...counts.map(typed), vietnamese(sumOf(counts))])
  })
  const totals = levels.map((level) => sumOf(districts.map((district) => countOf('teachers', district, level, year))))
  rows.push(['Tổng cộng', null, null, ...totals.map(vietnamese), vietnamese(sumOf(totals))])
  const merges = ['A1:I1', 'A2:I2', 'A4:A5', 'B4:B5', 'C4:C5', 'D4:H4', 'I4:I5', `A${rows.length}:C${rows.length}`]
  return { name: 'Giáo viên', rows, merges }
}

/** Thousands are often typed with a dot, which makes them text. */
function typed(count: number): Cell {
  return count >= 1000 ? vietnamese(count) : count
}

/** Pupils by district and level, as rows of a CSV file with its totals. */
export function pupilRows(year: SchoolYear): string[][] {
  const header = ['Mã huyện', 'Huyện, thị xã, thành phố', ...levels.map((level) => levelTitles[level])]
  const counts = districts.map((district) => levels.map((level) => countOf('pupils', district, level, year)))
  const rows = districts.map((district, index) => [
    district.code,
    district.name,
    ...(counts[index] ?? []).map(vietnamese),
  ])
  const totals = levels.map((_, level) => vietnamese(sumOf(counts.map((row) => row[level] ?? 0))))
  return [header, ...rows, ['Tổng cộng', '', ...totals]]
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}
