import { toWindows1258 } from '../education/windows-1258.js'
import { pageOf, partOf } from '../transport/paging.js'
import { writeWorkbook, type SheetContent } from '../workbook.js'
import type { SiteDocument } from './site.js'
import { xmlText, type XmlElement } from './xml-document.js'

/** A workbook below `/files/`, made when it is first asked for. */
export function workbook(name: string, title: string, sheets: () => readonly SheetContent[]): SiteDocument {
  return {
    path: `/files/${name}`,
    title: `${title} (Excel)`,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: once(() => writeWorkbook(sheets())),
  }
}

/** A CSV file below `/files/` with semicolons, as an office's Excel writes it: UTF-8 with a byte-order mark, or Windows-1258. */
export function csvFile(
  name: string,
  title: string,
  rows: () => readonly (readonly string[])[],
  encoding: 'utf-8' | 'windows-1258' = 'utf-8',
): SiteDocument {
  return {
    path: `/files/${name}`,
    title: `${title} (CSV)`,
    contentType: 'text/csv',
    body: once(() => {
      const text = csvText(rows())
      return encoding === 'utf-8' ? Buffer.from(`\uFEFF${text}`) : toWindows1258(text)
    }),
  }
}

const xmlEncodings = {
  'UTF-8': (text) => Buffer.from(`\uFEFF${text}`),
  'UTF-16': (text) => Buffer.from(`\uFEFF${text}`, 'utf16le'),
  'windows-1258': toWindows1258,
} as const satisfies Record<string, (text: string) => Uint8Array>

/** An XML file below `/xml/`, in the encoding that it declares. */
export function xmlFile(
  name: string,
  title: string,
  root: () => XmlElement,
  encoding: keyof typeof xmlEncodings = 'UTF-8',
): SiteDocument {
  return {
    path: `/xml/${name}`,
    title: `${title} (XML)`,
    contentType: 'application/xml',
    body: once(() => xmlEncodings[encoding](xmlText(root(), encoding))),
  }
}

/** `{ data, page, pageSize, total }`, 50 rows a page unless `pageSize` says otherwise. */
export function pagedList(path: string, title: string, items: () => readonly object[]): SiteDocument {
  const made = once(items)
  return {
    path,
    title: `${title} (JSON)`,
    contentType: 'application/json; charset=utf-8',
    example: '?page=1&pageSize=50',
    body: (query) => JSON.stringify(pageOf(made(), query)),
  }
}

/** `{ items, total, next }` with a link to the next part. */
export function linkedList(path: string, title: string, items: () => readonly object[]): SiteDocument {
  const made = once(items)
  return {
    path,
    title: `${title} (JSON)`,
    contentType: 'application/json; charset=utf-8',
    example: '?offset=0&limit=40',
    body: (query) => JSON.stringify(partOf(made(), path, query)),
  }
}

function csvText(rows: readonly (readonly string[])[]): string {
  const quoted = (cell: string): string => (/[;"\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)
  return rows.map((row) => `${row.map(quoted).join(';')}\r\n`).join('')
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => (made ??= { value: make() }).value
}
