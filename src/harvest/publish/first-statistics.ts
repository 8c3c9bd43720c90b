import type pg from 'pg'
import { recordTable } from '../../database/identifiers.js'
import type { Comparison } from './changes-of-run.js'

/**
 * Tells the planner what a first load has put into its tables. Postgres would find out by itself within a minute, and until then
 * take each of them for a row or two and join them by going through all for each of the others, which takes for ever. `allNew`: the
 * comparisons that are first loads, by ordinal.
 */
export async function analyzeFirstLoads(
  client: pg.ClientBase,
  comparisons: readonly Comparison[],
  allNew: ReadonlySet<number>,
): Promise<void> {
  const codes = new Set(comparisons.filter((_, ordinal) => allNew.has(ordinal)).map(({ type }) => type.code))
  // Each is locked until the commit: in one order, so that no two runs wait for each other.
  for (const code of [...codes].sort()) await client.query(`analyze ${recordTable(code)}`)
}
