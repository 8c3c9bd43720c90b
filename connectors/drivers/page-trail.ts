import { createHash } from 'node:crypto'
import { SourceFault } from '../../src/errors/source-fault.js'
import { worded, type Wording } from '../../src/errors/wording.js'
import type { SourceValue } from './driver.js'

/** No public dataset needs more; a source that offers more goes round in circles in a way that looks new each time. */
const mostPages = 10_000

/**
 * The pages that one reading of a paged source has gone through. It turns a source that never ends (a `next` to itself, a
 * page parameter that is ignored) into a fault instead of an endless run or, worse, the same rows twice.
 */
export class PageTrail {
  private readonly places = new Set<string>()
  private readonly contents = new Map<string, number>()
  private pages = 0

  constructor(private readonly expected: Wording) {}

  /** Before a page is asked for. `place` is what tells it from others: its URL, cursor or number. */
  enter(place: string): void {
    if (this.places.has(place))
      throw this.fault(worded('the next page is one that was read before', 'trang tiếp theo là trang đã đọc'))
    if (this.pages >= mostPages)
      throw this.fault(worded(`there are more than ${mostPages} pages`, `có hơn ${mostPages} trang`))
    this.places.add(place)
    this.pages += 1
  }

  /** Where a page turned out to be: a link back to it is a way in circles too. */
  arrive(url: string): void {
    this.places.add(url)
  }

  /** With what the page held. An empty page says nothing, so it may come again. */
  read(rows: readonly SourceValue[]): void {
    if (rows.length === 0) return
    const content = createHash('sha256').update(JSON.stringify(rows)).digest('base64')
    const earlier = this.contents.get(content)
    if (earlier !== undefined) {
      throw this.fault(
        worded(`page ${this.pages} repeats page ${earlier}`, `trang ${this.pages} lặp lại trang ${earlier}`),
      )
    }
    this.contents.set(content, this.pages)
  }

  private fault(detail: Wording): SourceFault {
    return new SourceFault('NOT_DATA', { expected: this.expected, detail })
  }
}

/** Where a link in the answer of `base` leads. `keepHost`: not away from the host of `base`, whatever the link says. */
export function linkFrom(link: string, base: string, keepHost: boolean): URL {
  const target = URL.parse(link, base)
  if (target === null) {
    throw new SourceFault('NOT_DATA', {
      expected: worded('a list in pages', 'danh sách chia thành trang'),
      detail: worded('the link to the next page is no address', 'liên kết tới trang tiếp theo không phải là địa chỉ'),
    })
  }
  return keepHost ? new URL(`${target.pathname}${target.search}`, base) : target
}

/** @param total as the source counts its rows; undefined when it does not say. */
export function refuseMissingRows(read: number, total: number | undefined): void {
  if (total === undefined || total === read) return
  throw new SourceFault('TRUNCATED', {
    detail: worded(`${read} of ${total} rows were read`, `mới đọc được ${read} trên ${total} dòng`),
  })
}
