import type { RecordTypes } from '../../records/schema/record-type.js'
import type { Connector } from '../registration/connector.js'

/**
 * The order of the first harvests: first the datasets in which the rows of others are resolved (places), since a code cannot
 * become a key before there is one; then all others, those that records of other datasets refer to before the rest, each in
 * the order of registration.
 */
export function firstHarvestWaves(connectors: readonly Connector[], types: RecordTypes): Connector[][] {
  const referred = new Set(connectors.flatMap((connector) => datasetsResolvedIn(connector, types)))
  const first = connectors.filter((connector) => referred.has(connector.datasetCode))
  const referredTo = datasetsReferredTo(types)
  const later = connectors.filter((connector) => !referred.has(connector.datasetCode))
  const rest = [
    ...later.filter((connector) => referredTo.has(connector.datasetCode)),
    ...later.filter((connector) => !referredTo.has(connector.datasetCode)),
  ]
  return [first, rest].filter((wave) => wave.length > 0)
}

function datasetsReferredTo(types: RecordTypes): ReadonlySet<string> {
  const fields = [...types.types.values()].flatMap((type) => type.fields)
  return new Set(fields.flatMap((field) => (field.reference === undefined ? [] : [field.reference.dataset])))
}

function datasetsResolvedIn(connector: Connector, types: RecordTypes): string[] {
  return connector.manifest.resources.flatMap((resource) => {
    const fields = types.types.get(resource.recordType)?.fields ?? []
    return Object.entries(resource.fields).flatMap(([name, mapping]) => {
      const reference = fields.find((field) => field.name === name)?.reference
      return mapping.resolve === undefined || reference === undefined ? [] : [reference.dataset]
    })
  })
}
