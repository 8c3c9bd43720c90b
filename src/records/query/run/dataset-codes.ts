import type { ResourceInfo } from '../../sources.js'
import type { EmissionContext } from '../sql/emission-context.js'

export interface DatasetCodes {
  readonly codes: ReadonlyMap<number, string>
  readonly list: EmissionContext['datasetCodes']
}

const codesByResources = new WeakMap<readonly ResourceInfo[], DatasetCodes>()

/** Made once for each state of the registry, since every operation asks. */
export function datasetCodesOf(resources: readonly ResourceInfo[]): DatasetCodes {
  const known = codesByResources.get(resources)
  if (known !== undefined) return known
  const codes = new Map(resources.map((resource) => [resource.datasetId, resource.datasetCode]))
  const made = { codes, list: [...codes].map(([id, code]) => ({ id, code })) }
  codesByResources.set(resources, made)
  return made
}
