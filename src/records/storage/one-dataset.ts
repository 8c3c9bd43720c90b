import type { Pool, PoolClient } from 'pg'
import { GatewayError } from '../../errors/gateway-error.js'
import { isWholeKey } from '../schema/check-record-type.js'
import type { RecordType } from '../schema/record-type.js'
import { tableSchemaOf } from '../schema/table-schema.js'

interface SpreadType {
  readonly code: string
  readonly target: string
  readonly reverse: string
  readonly datasets: readonly string[]
}

// What is to be single is what `isWholeKey` says, of another dataset than the record's own: there each has its own.
const statement = `
  with single as (
    select type ->> 'name' as code, k -> 'reference' ->> 'resource' as target, k ->> 'reverse' as reverse
    from jsonb_array_elements($1::jsonb) as type cross join lateral jsonb_array_elements(type -> 'foreignKeys') as k
    where k ? 'reverse' and k ->> 'cardinality' = 'one' and k ->> 'dataset' <> 'same'
      and type -> 'primaryKey' = jsonb_build_array(k -> 'fields')
  )
  select s.code, s.target, s.reverse, array_agg(distinct d.code order by d.code) as datasets
  from single s join gateway.resource r on r.record_type = s.code and (r.active or r.record_count > 0)
  join gateway.dataset d on d.id = r.dataset_id
  group by s.code, s.target, s.reverse having count(distinct r.dataset_id) > 1`

/**
 * Throws CONFLICT when one of these types, as they are or as they would be, has records in two datasets and a field on the far
 * side that is one record: two records could answer for it. Ask it in the transaction of what may have made it so.
 */
export async function refuseSecondDataset(client: Pool | PoolClient, types: Iterable<RecordType>): Promise<void> {
  const single = [...types].filter(isSingleSomewhere)
  if (single.length > 0) await refuseSecondDatasetOf(client, single.map(tableSchemaOf))
}

/** Few are, and the others need not go to the database with each change. */
function isSingleSomewhere(type: RecordType): boolean {
  return type.fields.some((field) => field.reference?.reverse !== undefined && isWholeKey(type, field))
}

/** The same for stored definitions. */
export async function refuseSecondDatasetOf(client: Pool | PoolClient, definitions: readonly unknown[]): Promise<void> {
  const { rows } = await client.query<SpreadType>(statement, [JSON.stringify(definitions)])
  if (rows.length === 0) return
  const reasons = rows.map(
    ({ code, target, reverse, datasets }) =>
      `${target}.${reverse} is one ${code}, so records of ${code} can be in one dataset only, not in ${datasets.join(' and ')}.`,
  )
  throw new GatewayError('CONFLICT', reasons.join(' '), { extensions: { reasons } })
}
