import type { SourceObject, SourceRow, SourceValue } from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import { worded } from '../../errors/wording.js'
import type { JoinWith } from '../manifest/row-step.js'
import { ColumnsSeen } from './columns-seen.js'
import { copyObject } from '../outbound/source-json.js'
import { shownText } from './value-text.js'

/** Opens another resource of the source, as a `joinWith` or a part of a `concat` names it. */
export type OtherRows = (part: {
  readonly selection?: unknown
  readonly options?: Readonly<Record<string, unknown>> | undefined
}) => AsyncIterable<SourceRow>

/** Rows of the other resource that are held in memory at most. */
const mostJoined = 1_000_000

/** Adds columns of another resource, whose rows are read first. Of several partners the first one counts. `at`: the step's place. */
export async function* joinRows(
  rows: AsyncIterable<SourceRow>,
  step: JoinWith,
  other: OtherRows,
  at: string,
): AsyncGenerator<SourceRow, void, undefined> {
  const partners = await readPartners(step, other, at)
  const seen = new ColumnsSeen([{ column: step.on.left, at: `${at}.on.left` }])
  for await (const row of rows) {
    seen.look(row)
    const taken = partners.get(keyOf(row.values[step.on.left] ?? null))
    if (taken === undefined && step.missing === 'drop') continue
    const values = copyObject(row.values)
    step.take.forEach((column, at) => {
      values[`${step.prefix}${column}`] = taken?.[at] ?? null
    })
    yield { ...row, values }
  }
  seen.demandAll()
}

async function readPartners(
  step: JoinWith,
  other: OtherRows,
  at: string,
): Promise<Map<string, readonly SourceValue[]>> {
  const partners = new Map<string, readonly SourceValue[]>()
  const seen = new ColumnsSeen([
    { column: step.on.right, at: `${at}.on.right` },
    ...step.take.map((column) => ({ column, at: `${at}.take` })),
  ])
  for await (const row of other(step)) {
    seen.look(row)
    const key = keyOf(row.values[step.on.right] ?? null)
    if (key === '' || partners.has(key)) continue
    if (partners.size >= mostJoined) {
      throw new SourceFault('TOO_LARGE', {
        limit: worded(`${mostJoined} rows to join with`, `${mostJoined} dòng để ghép`),
      })
    }
    partners.set(key, taken(row.values, step.take))
  }
  seen.demandAll()
  return partners
}

function taken(values: SourceObject, columns: readonly string[]): readonly SourceValue[] {
  return columns.map((column) => values[column] ?? null)
}

function keyOf(value: SourceValue): string {
  return shownText(value).trim()
}
