import type pg from 'pg'
import { SourceFault } from '../../errors/source-fault.js'
import { worded } from '../../errors/wording.js'
import type { Reading } from '../reading/reading.js'
import type { Connector } from '../registration/connector.js'
import type { ReadTask } from './checked-row.js'
import type { Staged } from './stage-resource.js'
import { dropStagingTable } from './staging-table.js'

/**
 * May what was read be half of it? Its answers do not say where they end, and there are fewer rows than before, or there is nothing to
 * compare them with. `before`: rows of the last good version. What is under way now is another each time it is asked.
 */
export function endIsDoubtful(
  { manifest }: Connector,
  { unmarkedEnds, mapped, setAside }: Staged,
  before: number | undefined,
): boolean {
  if (unmarkedEnds === undefined || manifest.refresh.mode === 'live') return false
  return before === undefined || mapped - setAside < before
}

export interface SecondReading {
  readonly task: ReadTask
  /** The first one, which holds `table`. */
  readonly staged: Staged
  readonly table: string
  readonly pool: pg.Pool
  readonly signal: AbortSignal
}

/** Reads once more: a connection that broke off does so at another place. Throws TRUNCATED when something else came. */
export async function readAgain(reading: Reading, { task, staged, table, pool, signal }: SecondReading): Promise<void> {
  await dropStagingTable(pool, table)
  const second = await reading.stage(task, table, signal)
  if (second.modified && second.unmarkedEnds === staged.unmarkedEnds) return
  throw new SourceFault('TRUNCATED', {
    detail: worded(
      'it does not say where it ends, and a second reading was not the same; send it with its length (Content-Length)',
      'trả lời không cho biết chỗ kết thúc và lần đọc thứ hai cho kết quả khác; hãy gửi kèm độ dài (Content-Length)',
    ),
  })
}
