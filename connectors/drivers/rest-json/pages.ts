import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded, type Wording } from '../../../src/errors/wording.js'
import type { Source, SourceValue } from '../driver.js'
import { linkFrom, PageTrail, refuseMissingRows } from '../page-trail.js'
import { earlierMark } from '../change-mark.js'
import { ask, follow, replyOf, type Question, type Reply } from './exchange.js'
import { find, findCount, findText } from './expression.js'
import { isSourceList, isSourceObject } from '../source-values.js'
import { nextLinkOf } from './link-header.js'
import type { Paging, RestJsonOptions, RestJsonSelection } from './options.js'

/** One page to ask for: by parameters, or by a link that the page before it gave. */
interface Step {
  readonly parameters: Readonly<Record<string, string | number>>
  readonly link?: URL
}

interface Progress {
  readonly reply: Reply
  /** Rows on the page just read, pages read and rows read so far. */
  readonly rows: number
  readonly pages: number
  readonly read: number
  readonly total: number | undefined
}

/**
 * The items of each page in order. Ends only where the source ends; a page too few, again or without its list is a fault.
 * `mark`: only what changed after it, if the selection says how to ask for that.
 */
export async function* readPages(
  source: Source<RestJsonOptions>,
  selection: RestJsonSelection,
  mark?: string,
): AsyncGenerator<readonly SourceValue[]> {
  const { paging } = selection
  const trail = new PageTrail(worded('a list in pages', 'danh sách chia thành trang'))
  let progress = { rows: 0, pages: 0, read: 0 }
  let total: number | undefined
  let step: Step | undefined = { parameters: firstParameters(paging) }
  while (step !== undefined) {
    trail.enter(step.link?.href ?? JSON.stringify(step.parameters))
    const reply = await replyOf(await answerTo(source, selection, step, mark))
    trail.arrive(reply.url)
    const items = itemsIn(reply.document, selection.items)
    trail.read(items)
    total = selection.total === undefined ? undefined : (findCount(selection.total, reply.document) ?? total)
    progress = { rows: items.length, pages: progress.pages + 1, read: progress.read + items.length }
    yield items
    step = nextStep(paging, { ...progress, reply, total })
  }
  if (selection.total !== undefined && total === undefined) {
    throw new SourceFault('NOT_DATA', {
      expected: worded('a list with its length', 'danh sách có tổng số dòng'),
      detail: worded(`no count at ${selection.total}`, `không có tổng số tại ${selection.total}`),
    })
  }
  refuseMissingRows(progress.read, total)
}

/** The list at a path of an answer; a fault that names what is there instead, since many services say "error" with status 200. */
export function itemsIn(document: SourceValue, path: string): readonly SourceValue[] {
  const items = find(path, document)
  if (isSourceList(items)) return items
  const there = outline(document)
  throw new SourceFault('NOT_DATA', {
    expected: worded('a JSON list', 'danh sách JSON'),
    detail: worded(`no list at ${path}, ${there.en}`, `không có danh sách tại ${path}, ${there.vi}`),
  })
}

function answerTo(source: Source<RestJsonOptions>, selection: RestJsonSelection, step: Step, mark?: string) {
  // A link that the service made has all that it was asked for in it.
  if (step.link !== undefined) return follow(source, step.link)
  const place = 'in' in selection.paging ? selection.paging.in : 'query'
  return ask(source, selection, { parameters: step.parameters, in: place, since: sinceParameter(selection, mark) })
}

function sinceParameter({ since }: RestJsonSelection, mark: string | undefined): Question['since'] {
  if (since === undefined || mark === undefined) return undefined
  const overlap = { seconds: since.overlapSeconds, numbers: since.overlapNumbers }
  const value = since.template.replace('{since}', () => earlierMark(mark, overlap))
  return { name: since.parameter, value, in: since.in }
}

function firstParameters(paging: Paging): Step['parameters'] {
  switch (paging.kind) {
    case 'page':
      return pageParameters(paging, paging.first)
    case 'offset':
      return { [paging.parameter]: 0, [paging.limitParameter]: paging.limit }
    case 'none':
    case 'cursor':
    case 'nextLink':
      return {}
  }
}

function nextStep(paging: Paging, progress: Progress): Step | undefined {
  if (paging.kind === 'none' || isEnd(paging, progress)) return undefined
  switch (paging.kind) {
    case 'page':
      return { parameters: pageParameters(paging, paging.first + progress.pages) }
    case 'offset':
      // By what came, not by what was asked for: a source may silently lower the limit.
      return { parameters: { [paging.parameter]: progress.read, [paging.limitParameter]: paging.limit } }
    case 'cursor': {
      const cursor = findText(paging.path, progress.reply.document)
      return cursor === undefined ? undefined : { parameters: { [paging.parameter]: cursor } }
    }
    case 'nextLink': {
      const link =
        paging.path === undefined
          ? nextLinkOf(progress.reply.header('link'))
          : findText(paging.path, progress.reply.document)
      return link === undefined
        ? undefined
        : { parameters: {}, link: linkFrom(link, progress.reply.url, paging.keepHost) }
    }
  }
}

function isEnd(paging: Exclude<Paging, { kind: 'none' }>, { rows, read, total }: Progress): boolean {
  if (total !== undefined && read >= total) return true
  if (rows === 0) return paging.stop !== 'lastLink'
  if (paging.stop !== 'shortPage') return false
  return rows < (paging.kind === 'page' ? paging.size : paging.limit)
}

function pageParameters(paging: Extract<Paging, { kind: 'page' }>, page: number): Step['parameters'] {
  const size = paging.sizeParameter === undefined ? {} : { [paging.sizeParameter]: paging.size }
  return { [paging.parameter]: page, ...size }
}

/** Names of fields only: their values come from outside and this text is read by the public. */
function outline(document: SourceValue): Wording {
  if (isSourceList(document)) return worded('it is a list itself', 'bản thân nó là danh sách')
  if (!isSourceObject(document)) return worded('it is a single value', 'chỉ là một giá trị')
  const names = Object.keys(document)
  const shown = names.slice(0, 8).map((name) => name.slice(0, 40))
  return names.length === 0
    ? worded('it is an empty object', 'là đối tượng rỗng')
    : worded(`it has the fields ${shown.join(', ')}`, `có các trường ${shown.join(', ')}`)
}
