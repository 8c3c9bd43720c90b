import type { RecordTypes } from '../../records/schema/record-type.js'
import type { Connector } from '../registration/connector.js'

/**
 * The order of the first harvests: first the datasets in which the rows of others are resolved (places), since a code cannot
 * become a key before there is one; then all others.
 */
export function firstHarvestWaves(connectors: readonly Connector[], types: RecordTypes): Connector[][] {
  const referred = new Set(connectors.flatMap((connector) => datasetsResolvedIn(connector, types)))
  const first = connectors.filter((connector) => referred.has(connector.datasetCode))
  const rest = connectors.filter((connector) => !referred.has(connector.datasetCode))
  return [first, rest].filter((wave) => wave.length > 0)
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
