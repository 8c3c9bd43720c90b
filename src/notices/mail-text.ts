import { csvPath } from './notice-texts.js'
import type { NoticeBody, NoticeRow } from './delivery.js'

export interface MailText {
  readonly subject: string
  readonly text: string
}

const longestSubject = 150

/** A notice as its owner reads it in a mail: what is the matter, in which rows, and what can be done, in Vietnamese and English. */
export function mailText({ notice }: NoticeBody, gatewayUrl: string | undefined): MailText {
  const { connector, dataset, run, title, fix, rows } = notice
  const path = csvPath(connector, run)
  const linked = (text: string): string =>
    gatewayUrl === undefined ? text : text.replace(path, `${gatewayUrl.replace(/\/$/, '')}${path}`)
  const text = [
    `Kết nối: ${connector} (bộ dữ liệu ${dataset})`,
    `Vấn đề: ${title.vi}`,
    `Cách khắc phục: ${linked(fix.vi)}`,
    ...(rows.length === 0 ? [] : ['', 'Các dòng cần sửa:', ...rows.map((row) => rowText(row, 'vi'))]),
    '',
    '-- ',
    '',
    `Connector: ${connector} (dataset ${dataset})`,
    `What is the matter: ${title.en}`,
    `What to do: ${linked(fix.en)}`,
    ...(rows.length === 0 ? [] : ['', 'Rows to correct:', ...rows.map((row) => rowText(row, 'en'))]),
    '',
  ]
  return { subject: subjectOf(`[${connector}] ${title.vi}`), text: text.join('\n') }
}

const words = { vi: { row: 'dòng', field: 'cột' }, en: { row: 'row', field: 'field' } } as const

function rowText({ resource, part, row, field, value, ...reason }: NoticeRow, language: 'vi' | 'en'): string {
  const named = words[language]
  const place = [
    resource,
    ...(part === null ? [] : [part]),
    `${named.row} ${row}`,
    ...(field === null ? [] : [`${named.field} ${field}`]),
  ]
  return `- ${place.join(', ')}: ${value === null ? '' : `"${value}" – `}${reason[language]}`
}

function subjectOf(text: string): string {
  const line = text.replace(/\s+/g, ' ')
  return line.length <= longestSubject ? line : `${line.slice(0, longestSubject - 1)}…`
}
