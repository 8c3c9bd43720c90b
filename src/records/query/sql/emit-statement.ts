import type { ResourceInfo } from '../../sources.js'
import { resourceTokenSql } from '../cache/answer-freshness.js'
import type { RootPlan, SingleRecordPlan } from '../plan/plan.js'
import { Availability, type IsFetched } from './availability.js'
import { Emission, Row, type Parameter } from './emission.js'
import { emitConnection } from './emit-connection.js'
import { emitRecord } from './emit-record.js'
import type { EmissionContext } from './emission-context.js'
import { emitRows, isActive } from './emit-rows.js'

export interface Statement {
  readonly text: string
  readonly values: readonly Parameter[]
  /** What each flag of the answer's second column is about. */
  readonly scopes: readonly (readonly ResourceInfo[])[]
}

export interface StatementOptions {
  readonly datasetJson: readonly ReadonlyMap<number, string>[]
  readonly datasetCodes: EmissionContext['datasetCodes']
  readonly timeZone: string
  /** Ids of resources whose state is to be told beside the answer; undefined: nobody asks. */
  readonly tokensOf?: readonly number[] | undefined
  /** See `EmissionContext`. */
  readonly dueMarker?: string | undefined
  /** What is known to have been fetched once, which then need not be asked. */
  readonly isFetched?: IsFetched
}

/**
 * One root field as one statement. It answers one row: the JSON text, and for each scope whether it was ever fetched.
 */
export function emitStatement(plan: RootPlan, options: StatementOptions): Statement {
  const emission = new Emission()
  const available = new Availability(options.isFetched)
  const context: EmissionContext = { emission, available, nestedConnection: emitConnection, ...options }
  const json = plan.kind === 'connection' ? emitConnection(context, plan) : emitSingle(context, plan)
  const flags = available.flags(emission)
  const columns = available.scopes.map((_, index) => `c${index}`)
  const tokens =
    options.tokensOf === undefined
      ? ''
      : `, (select coalesce(json_object_agg(s.id, ${resourceTokenSql})::text, '{}') from gateway.resource s where s.id = any(${emission.value(options.tokensOf, 'int[]')}))`
  const text =
    flags.length === 0
      ? `select ${json}::text, '{}'::bool[]${tokens}`
      : `with fetched as materialized (select ${flags.join(', ')}) select ${json}::text, array[${columns.join(', ')}]${tokens} from fetched`
  return { ...emission.finish(text), scopes: available.scopes }
}

function emitSingle(context: EmissionContext, plan: SingleRecordPlan): string {
  const { emission } = context
  const row = new Row(emission.alias())
  const version = plan.asOf === undefined ? undefined : row.column('_at_version')
  const json = emitRecord(context, plan.selection, { type: plan.type, row, asOf: plan.asOf, version })
  const rows = emitRows(emission, plan.type, row.alias, plan.asOf)
  const key = emission.value(plan.key, 'text')
  const conditions = [
    `${row.column('_dataset')} = ${plan.datasetId}`,
    `${row.column('_key')} = ${key}`,
    ...isActive(plan.active, row),
  ]
  const found = `select ${json} from ${rows} where ${conditions.join(' and ')} limit 1`
  return context.available.when(plan.scope, found)
}
