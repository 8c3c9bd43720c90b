import type { ControlContext } from '../control-context.js'
import type { Dataset } from '../entities/dataset.js'
import type { ResourceWithState } from '../loaders/resource-loader.js'

/** The dataset that has what this one publishes: the one that it duplicates, or itself. */
export function originalIdOf({ id, duplicateOfId }: Dataset): number {
  return duplicateOfId ?? id
}

/** The dataset whose words about its data are this one's too. */
export async function originalOf({ loaders }: ControlContext, dataset: Dataset): Promise<Dataset> {
  return dataset.duplicateOfId === null ? dataset : loaders.dataset.load(dataset.duplicateOfId)
}

/** The resources of a dataset whose record type is public already; a type of a registration waits to be accepted. */
export async function publicResources(
  { loaders, recordTypes }: ControlContext,
  datasetId: number,
): Promise<readonly ResourceWithState[]> {
  const resources = await loaders.resources.load(datasetId)
  return resources.filter(({ resource }) => recordTypes.types.has(resource.recordTypeCode))
}
