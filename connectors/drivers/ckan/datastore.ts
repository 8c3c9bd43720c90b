import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import { SourceNumber, type Source, type SourceObject, type SourceRow, type SourceValue } from '../driver.js'
import { PageTrail, refuseMissingRows } from '../page-trail.js'
import { isSourceList, isSourceObject } from '../source-values.js'
import { resultOf } from './action.js'
import type { CkanOptions, CkanSelection } from './options.js'

/** The portal's own number of a row. Nothing of the agency's: it begins anew whenever the file is loaded again. */
export const rowIdColumn = '_id'

export interface RecordsPage {
  readonly columns: readonly string[]
  readonly records: readonly SourceObject[]
  /** How many rows there are over all pages; undefined: the portal does not say, or only by estimate. */
  readonly total: number | undefined
}

export type Asked = Omit<CkanSelection, 'resource'>

/** A resource of the DataStore. */
export interface Place {
  readonly id: string
  /** The name, when there are several in the package. */
  readonly part?: string
}

/**
 * The rows of a resource in pages. The end is where the portal's count says or where a page is empty; a link to the next
 * page is in every answer of CKAN, behind the last one too, and says nothing.
 */
export async function* readRecords(
  source: Source<CkanOptions>,
  { id, ...part }: Place,
  asked: Asked,
): AsyncGenerator<SourceRow> {
  const trail = new PageTrail(
    worded('a resource of the DataStore in pages', 'một tài nguyên của DataStore chia thành trang'),
  )
  const order = new RowOrder(asked.sort)
  let total: number | undefined
  let read = 0
  for (;;) {
    trail.enter(String(read))
    const page = await pageOf(source, id, asked, read, asked.pageSize)
    trail.read(page.records)
    if (read > 0) refuseMovedTotal(total, page.total)
    total = page.total
    for (const [index, values] of page.records.entries()) {
      yield { number: order.next(values) ?? read + index + 1, ...part, values }
    }
    read += page.records.length
    if (page.records.length === 0 || (total !== undefined && read >= total)) break
  }
  refuseMissingRows(read, total)
}

export async function pageOf(
  source: Source<CkanOptions>,
  resource: string,
  { filters, fields, sort, query }: Omit<Asked, 'pageSize'>,
  offset: number,
  limit: number,
): Promise<RecordsPage> {
  const columns = fields === undefined || sort !== rowIdColumn ? fields : [...new Set([rowIdColumn, ...fields])]
  const result = await resultOf(source, {
    action: 'datastoreSearch',
    parameters: {
      ...query,
      resource_id: resource,
      ...(filters === undefined ? {} : { filters: JSON.stringify(filters) }),
      ...(columns === undefined ? {} : { fields: columns.join(',') }),
      ...(sort === '' ? {} : { sort }),
      limit: String(limit),
      offset: String(offset),
    },
    about: worded(`the resource ${resource} in the DataStore`, `tài nguyên ${resource} trong DataStore`),
  })
  const records = isSourceObject(result) ? result['records'] : undefined
  if (!isSourceObject(result) || !isSourceList(records) || !records.every(isSourceObject)) {
    throw new SourceFault('NOT_DATA', {
      expected: worded('a page of the DataStore', 'một trang của DataStore'),
      detail: worded('it has no list of records', 'không có danh sách bản ghi (records)'),
    })
  }
  return { columns: columnsIn(result['fields'], records), records, total: totalIn(result) }
}

function columnsIn(fields: SourceValue | undefined, records: readonly SourceObject[]): string[] {
  const named = isSourceList(fields)
    ? fields.flatMap((field) => (isSourceObject(field) && typeof field['id'] === 'string' ? [field['id']] : []))
    : []
  return [...new Set([...named, ...records.flatMap((record) => Object.keys(record))])]
}

function totalIn(result: SourceObject): number | undefined {
  if (result['total_was_estimated'] === true) return undefined
  const total = result['total']
  // DKAN writes it as text.
  const text = total instanceof SourceNumber ? total.text : typeof total === 'string' ? total : ''
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined
}

function refuseMovedTotal(before: number | undefined, now: number | undefined): void {
  if (before === now) return
  const shown = (total: number | undefined): Wording =>
    total === undefined ? worded('an unknown number of', 'không rõ bao nhiêu') : asWritten(total)
  const [first, later] = [shown(before), shown(now)]
  throw changed(
    worded(
      `it had ${first.en} rows at first and ${later.en} later`,
      `lúc đầu có ${first.vi} dòng, về sau có ${later.vi} dòng`,
    ),
  )
}

/** Watches that the rows come in the order that was asked for: a row twice or one left out lies between pages otherwise. */
class RowOrder {
  readonly #isById: boolean
  #last = 0

  constructor(sort: string) {
    this.#isById = sort === rowIdColumn
  }

  /** The row's number on the portal; undefined when it is not asked for. */
  next(record: SourceObject): number | undefined {
    if (!this.#isById) return undefined
    const id = record[rowIdColumn]
    const number = id instanceof SourceNumber ? Number(id.text) : Number.NaN
    if (!Number.isSafeInteger(number) || number < 1) {
      throw new SourceFault('MAPPING', {
        detail: worded(
          `a row has no ${rowIdColumn}; set sort to a column of the portal that has no duplicates`,
          `có dòng không có ${rowIdColumn}; hãy đặt sort là một cột không trùng giá trị của cổng dữ liệu`,
        ),
      })
    }
    if (number <= this.#last) {
      throw changed(
        worded(`the row ${number} came after the row ${this.#last}`, `dòng ${number} đến sau dòng ${this.#last}`),
      )
    }
    this.#last = number
    return number
  }
}

function changed({ en, vi }: Wording): SourceFault {
  return new SourceFault('TRUNCATED', {
    detail: worded(`the rows were changed while they were read, ${en}`, `các dòng bị thay đổi trong lúc đọc, ${vi}`),
  })
}
