import { writeWorkbook } from '../workbook.js'
import { nurseryRows } from './nursery-list.js'
import { registerFiles } from './register-files.js'
import type { SampleFile } from './sample-file.js'
import { schoolSheet } from './school-sheet.js'
import { schoolYears, type SchoolYear } from './schools.js'
import { pupilRows, teachersSheet } from './statistics.js'
import { toWindows1258 } from './windows-1258.js'

/** What the department publishes: a workbook and a CSV file for each school year, the list of nurseries, and its registers. */
export function sampleFiles(): SampleFile[] {
  return [...schoolYears.map(workbookFile), ...schoolYears.map(pupilsFile), nurseriesFile(), ...registerFiles()]
}

function workbookFile(year: SchoolYear): SampleFile {
  return {
    name: `truong-hoc-${year}.xlsx`,
    title: `Trường học và giáo viên năm học ${year} (Excel)`,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    modified: endOf(year),
    bytes: once(() =>
      writeWorkbook([
        teachersSheet(year),
        schoolSheet('Mẫu giáo', 'DANH SÁCH TRƯỜNG MẪU GIÁO', 'KINDERGARTEN', year),
        schoolSheet('Tiểu học', 'DANH SÁCH TRƯỜNG TIỂU HỌC', 'PRIMARY', year),
        schoolSheet('THCS', 'DANH SÁCH TRƯỜNG TRUNG HỌC CƠ SỞ', 'LOWER_SECONDARY', year),
        schoolSheet('THPT', 'DANH SÁCH TRƯỜNG TRUNG HỌC PHỔ THÔNG', 'UPPER_SECONDARY', year),
      ]),
    ),
  }
}

/** The program of the older years saved Windows-1258; the newest file is UTF-8 with a byte-order mark. */
function pupilsFile(year: SchoolYear): SampleFile {
  const isNewest = year === schoolYears.at(-1)
  return {
    name: `hoc-sinh-${year}.csv`,
    title: `Số học sinh từng cấp năm học ${year} (CSV, ${isNewest ? 'UTF-8' : 'Windows-1258'})`,
    contentType: 'text/csv',
    modified: endOf(year),
    bytes: once(() => {
      const text = csv(pupilRows(year))
      return isNewest ? Buffer.from(`\uFEFF${text}`) : toWindows1258(text)
    }),
  }
}

function nurseriesFile(): SampleFile {
  return {
    name: 'nha-tre.csv',
    title: 'Danh sách nhà trẻ (CSV, Windows-1258)',
    contentType: 'text/csv',
    modified: endOf('2024-2025'),
    bytes: once(() => toWindows1258(csv(nurseryRows()))),
  }
}

function csv(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string => (/[;"\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return rows.map((row) => `${row.map(quoted).join(';')}\r\n`).join('')
}

function endOf(year: SchoolYear): Date {
  return new Date(`${year.slice(5)}-06-30T01:00:00Z`)
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
