import type { ResourceInfo } from '../../sources.js'
import type { RecordEntry } from '../plan/plan.js'
import { jsonObject, type Row } from './emission.js'
import type { EmissionContext } from './emission-context.js'

/** Whether keys have to be looked up, and the value that tells them. */
interface Due {
  readonly isDue: string
  readonly keys: string
}

/** The same where the related record is stored, and where it is not. */
interface DueOfRelation {
  readonly ifFound: Due
  readonly ifMissing: Due
}

type ToOneEntry = Extract<RecordEntry, { readonly kind: 'toOne' }>

/**
 * When a looked-up record is due: the stored one is older than the resource's `maxAge`, and so is the source's word that there is none.
 * Undefined when that is not asked, or nothing is looked up there.
 */
export function emitDue(
  context: EmissionContext,
  { relation, lookups }: ToOneEntry,
  row: Row,
  target: Row,
): DueOfRelation | undefined {
  const { dueMarker, emission } = context
  if (dueMarker === undefined || lookups.length === 0) return undefined
  const key = relation.kind === 'foreignKey' ? row.column(relation.field.name) : row.column('_key')
  const oldest = ({ maxAgeMs }: ResourceInfo): string =>
    `statement_timestamp() - ${emission.value(maxAgeMs, 'int8')} * interval '1 ms'`
  const isMissed = (resource: ResourceInfo): string =>
    `exists (select 1 from gateway.lookup_miss m where m.resource_id = ${resource.id} and m.key = ${key} and m.checked_at > ${oldest(resource)})`
  const due = (isOld: (resource: ResourceInfo) => string): Due => {
    const tests = lookups.map((resource) => ({
      name: `${dueMarker}${resource.id}`,
      isDue: `(${isOld(resource)} and not ${isMissed(resource)})`,
    }))
    const isOnly = tests.length === 1
    return {
      isDue: tests.map(({ isDue }) => isDue).join(' or '),
      keys: jsonObject(tests.map(({ name, isDue }) => [name, isOnly ? key : `case when ${isDue} then ${key} end`])),
    }
  }
  return {
    ifFound: due((resource) => `(${target.column('_fetched_at')} > ${oldest(resource)}) is not true`),
    ifMissing: due(() => `${key} is not null`),
  }
}
