import { historyTable, quote, recordTable } from '../../../database/identifiers.js'
import type { RecordType } from '../../schema/record-type.js'
import type { ActiveResources, ConnectionPlan, PastTime, ToMany, ToOne } from '../plan/plan.js'
import { Row, type Emission } from './emission.js'

const systemColumns = ['_dataset', '_resource', '_key', '_version', '_updated_at', '_fetched_at']

/** The rows of a record type, now or at a past time, as an item of `from`. Past rows also have `_at_version`. */
export function emitRows(emission: Emission, type: RecordType, alias: string, asOf: PastTime | undefined): string {
  if (asOf === undefined) return `${recordTable(type.code)} ${alias}`
  const columns = [...systemColumns, ...generatedColumns(type), ...type.fields.map((field) => field.name)]
    .map(quote)
    .join(', ')
  return `(select h.*, v.number as "_at_version" from (
  select ${columns}, null::int as _to_version from ${recordTable(type.code)}
  union all
  select ${columns}, _to_version from ${historyTable(type.code)}
) h join (
  select dataset_id, max(number) as number from gateway.dataset_version where published_at <= ${pastInstant(emission, asOf)} group by dataset_id
) v on v.dataset_id = h._dataset and h._version <= v.number and (h._to_version is null or h._to_version > v.number)) ${alias}`
}

/**
 * The rows that a search finds: those with all its words; only when there are none those that are spelled alike, which takes
 * far longer to tell.
 */
export function emitFoundRows(
  emission: Emission,
  { type, asOf, active }: Pick<ConnectionPlan, 'type' | 'asOf' | 'active'>,
  search: string,
  alias: string,
): string {
  const text = emission.value(search, 'text')
  const words = `_words @@ gateway.search_query(${text})`
  const rows = (row: Row): string => emitRows(emission, type, row.alias, asOf)
  const [all, others, found] = [new Row(emission.alias()), new Row(emission.alias()), new Row(emission.alias())]
  const anyFound = [words, ...isActive(active, found)].join(' and ')
  return `(select * from ${rows(all)} where ${words}
union all
select * from ${rows(others)} where gateway.fold(${text}) <% _text and not exists (select 1 from ${rows(found)} where ${anyFound})) ${alias}`
}

/** What tells the rows of active resources from those that a retired connector left; nothing where there are none. */
export function isActive(active: ActiveResources, row: Row): string[] {
  if (active === undefined) return []
  return [active.length === 0 ? 'false' : `${row.column('_resource')} in (${active.join(', ')})`]
}

function generatedColumns(type: RecordType): string[] {
  const columns: string[] = []
  if (type.fields.some((field) => field.searched)) columns.push('_text', '_words')
  if (type.location !== undefined) columns.push('_point')
  return columns
}

function pastInstant(emission: Emission, asOf: PastTime): string {
  if ('instant' in asOf) return emission.value(asOf.instant, 'timestamptz')
  return `(select published_at from gateway.dataset_version where dataset_id = ${asOf.datasetId} and number = ${emission.value(asOf.version, 'int')})`
}

/** How the row of a relation's target is tied to the row that has the relation. */
export function joinCondition(relation: ToOne | ToMany, parent: Row, target: Row): string {
  return [tie(relation, parent, target), ...isActive(relation.active, target)].join(' and ')
}

function tie(relation: ToOne | ToMany, parent: Row, target: Row): string {
  const { field, reference, targetDatasetId } = relation
  // No such dataset, so nothing can be referred to.
  if (targetDatasetId === null) return 'false'
  switch (relation.kind) {
    case 'foreignKey':
      return `${target.column('_key')} = ${parent.column(field.name)} and ${sameDataset(target, targetDatasetId, parent)}`
    case 'foreignKeys':
      return `${target.column('_key')} = any(${parent.column(field.name)}) and ${sameDataset(target, targetDatasetId, parent)}`
    case 'reverse':
    case 'reverseOne': {
      const refers =
        reference.cardinality === 'one'
          ? `${target.column(field.name)} = ${parent.column('_key')}`
          : `${target.column(field.name)} @> array[${parent.column('_key')}]`
      return `${refers} and ${sameDataset(parent, targetDatasetId, target)}`
    }
  }
}

/**
 * The same for the rows of a connection, which are looked for beside one parent. Where a parent of another dataset has none, its key is taken for
 * null: a condition on the parent alone would be a step of the plan that every row passes through.
 */
export function besideParent(relation: ToMany, parent: Row, target: Row): string {
  const { field, reference, targetDatasetId } = relation
  if (relation.kind !== 'reverse' || reference.cardinality !== 'one' || typeof targetDatasetId !== 'number') {
    return tie(relation, parent, target)
  }
  const key = `case when ${sameDataset(parent, targetDatasetId, target)} then ${parent.column('_key')} end`
  return `${target.column(field.name)} = (${key})`
}

function sameDataset(referred: Row, datasetId: number | undefined, referring: Row): string {
  return datasetId === undefined
    ? `${referred.column('_dataset')} = ${referring.column('_dataset')}`
    : `${referred.column('_dataset')} = ${datasetId}`
}
