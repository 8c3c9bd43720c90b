import { GatewayError } from '../../../errors/gateway-error.js'
import type { RecordType } from '../../schema/record-type.js'
import { decodeRecordId, type RecordId } from '../record-id.js'
import { argumentsOf, subselections, type CollectedField } from './operation.js'
import { valueText } from './plan-condition.js'
import { pastTime, planConnection } from './plan-connection.js'
import { planRecord } from './plan-record.js'
import { activeResources, isOfDataset, resourcesOf, type Planning } from './planning.js'
import type { PastTime, RootPlan } from './plan.js'

/** What a field of `Query` is to the record plane; undefined: it is the control plane's. */
export type RecordField =
  | { readonly kind: 'list' | 'one'; readonly type: RecordType }
  | { readonly kind: 'byId'; readonly id: RecordId | undefined }

export function recordFieldOf(planning: Planning, field: CollectedField): RecordField | undefined {
  if (field.name === 'record' || field.name === 'node') {
    const id = decodeRecordId(valueText(argumentsOf(planning.operation, 'Query', field)['id']))
    return field.name === 'record' || id !== undefined ? { kind: 'byId', id } : undefined
  }
  for (const type of planning.types.types.values()) {
    if (type.plural === field.name) return { kind: 'list', type }
    if (type.singular === field.name) return { kind: 'one', type }
  }
  return undefined
}

/** The plan of a record field of `Query`; undefined when it names something that cannot be, which is then null. */
export function planRootField(planning: Planning, field: CollectedField): RootPlan | undefined {
  const found = recordFieldOf(planning, field)
  switch (found?.kind) {
    case 'list':
      return planConnection(planning, field, {
        parentType: 'Query',
        type: found.type,
        scope: resourcesOf(planning, found.type),
        asOf: undefined,
      })
    case 'one': {
      const args = argumentsOf(planning.operation, 'Query', field)
      const asOf = args['asOf'] === undefined || args['asOf'] === null ? undefined : pastTime(planning, args['asOf'])
      return planSingle(planning, field, found.type, valueText(args['dataset']), valueText(args['key']), () => asOf)
    }
    case 'byId': {
      const { id } = found
      const type = id === undefined ? undefined : planning.types.types.get(id.type)
      if (id === undefined || type === undefined) return undefined
      return planSingle(planning, field, type, id.dataset, id.key, (datasetId) =>
        id.version === undefined ? undefined : { datasetId, version: id.version },
      )
    }
    case undefined:
      throw new GatewayError('INTERNAL', `${field.name} is not a record field.`)
  }
}

function planSingle(
  planning: Planning,
  field: CollectedField,
  type: RecordType,
  dataset: string,
  key: string,
  timeOf: (datasetId: number) => PastTime | undefined,
): RootPlan | undefined {
  const scope = resourcesOf(planning, type).filter((resource) => isOfDataset(resource, dataset))
  const [resource] = scope
  if (resource === undefined) return undefined
  const asOf = timeOf(resource.datasetId)
  const selection = planRecord(planning, type, subselections(field), { scope, asOf })
  const active = activeResources(planning, type)
  return { kind: 'record', type, active, datasetId: resource.datasetId, key, asOf, selection, scope }
}
