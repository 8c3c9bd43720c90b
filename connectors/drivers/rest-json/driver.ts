import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'
import type { Driver } from '../driver.js'
import { ChangeWatch } from '../change-mark.js'
import { address, ask, replyOf } from './exchange.js'
import { findText } from './expression.js'
import { lookUp } from './lookup.js'
import { restJsonOptions, restJsonSelection, type RestJsonOptions, type RestJsonSelection } from './options.js'
import { readPages } from './pages.js'
import { listsIn } from './preview.js'
import { valuesOf } from './row-values.js'

/** Any service that answers with a list in JSON, in pages or not, and one that answers for given keys. */
export const driver: Driver<RestJsonOptions, RestJsonSelection> = {
  name: 'rest-json',
  title: { vi: 'Dịch vụ REST trả về JSON', en: 'REST service with JSON answers' },
  options: restJsonOptions,
  selection: restJsonSelection,
  // An unchanged first page says nothing of the pages after it.
  capabilities: { scan: true, lookupBatch: 200, conditional: false, since: true },

  async check(source) {
    const place = { path: source.options.probe }
    const keyed = address(source.options, place).includes('{keys}')
    // A service that is only asked by key may answer 404 for a key that nobody has: it is there all the same.
    const answer = await ask(source, place, keyed ? { keys: '0', accept: [404] } : {})
    await (answer.status === 404 ? answer.bytes() : answer.json())
  },

  async describe(source, sampleRows) {
    const place = { path: source.options.probe }
    if (address(source.options, place).includes('{keys}')) return []
    return listsIn(await replyOf(await ask(source, place)), sampleRows)
  },

  async *scan(source, selection, mark) {
    if (address(source.options, selection).includes('{keys}')) {
      throw new SourceFault('MAPPING', {
        detail: worded('the source answers only for given keys', 'nguồn chỉ trả lời theo khóa được hỏi'),
      })
    }
    const { since } = selection
    const watch = new ChangeWatch(mark)
    let number = 0
    for await (const items of readPages(source, selection, mark)) {
      for (const item of items) {
        number += 1
        if (since !== undefined) watch.see(findText(since.field, item))
        yield { number, values: valuesOf(item) }
      }
      watch.endPage()
    }
    if (since === undefined) return
    if (watch.isBlind)
      throw new SourceFault('MAPPING', {
        detail: worded(
          `no item says at ${since.field} when it was changed`,
          `không mục nào ghi thời điểm thay đổi tại ${since.field}`,
        ),
      })
    if (watch.latest !== undefined) source.mark(watch.latest)
  },

  lookup: lookUp,
}
