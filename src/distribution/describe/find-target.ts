import { GatewayError } from '../../errors/gateway-error.js'
import { isPlainText } from '../../records/schema/plain-text.js'
import type { RecordType, RecordTypes } from '../../records/schema/record-type.js'
import type { ResourceInfo } from '../../records/sources.js'
import { readDataset, type DatasetFacts, type Reader } from './dataset-facts.js'

/** What an address below `/datasets` is about. */
export interface Target {
  readonly dataset: DatasetFacts
  readonly resource: ResourceInfo
  readonly type: RecordType
}

/** What is public now. */
export interface PublicResources {
  readonly types: RecordTypes
  readonly resources: readonly ResourceInfo[]
  /** See `Sources`. */
  readonly typesWithRetiredRows: ReadonlySet<string>
}

/** The dataset of a code (or the one that it duplicates) with its public resources; NOT_FOUND names those that there are. */
export async function findDataset(
  reader: Reader,
  { types, resources }: PublicResources,
  code: string,
): Promise<{ readonly dataset: DatasetFacts; readonly resources: readonly ResourceInfo[] }> {
  const dataset = isPlainText(code) ? await readDataset(reader, code) : undefined
  const open = resources.filter((resource) => types.types.has(resource.recordType))
  if (dataset === undefined) {
    const datasets = [...new Set(open.map((resource) => resource.datasetCode))].sort()
    throw new GatewayError('NOT_FOUND', `There is no dataset ${shown(code)}.`, { extensions: { datasets } })
  }
  return { dataset, resources: open.filter((resource) => resource.datasetId === dataset.id) }
}

export async function findTarget(reader: Reader, open: PublicResources, code: string, name: string): Promise<Target> {
  const { dataset, resources } = await findDataset(reader, open, code)
  const resource = resources.find((each) => each.name === name)
  const type = resource === undefined ? undefined : open.types.types.get(resource.recordType)
  if (resource === undefined || type === undefined) {
    const names = resources.map((each) => each.name)
    const message =
      names.length === 0
        ? `The dataset ${dataset.code} has no data yet: no source is connected to it.`
        : `The dataset ${dataset.code} has no resource ${shown(name)}.`
    throw new GatewayError('NOT_FOUND', message, { extensions: { resources: names } })
  }
  return { dataset, resource, type }
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 100))
}
