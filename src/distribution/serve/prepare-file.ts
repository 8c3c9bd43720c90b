import { GatewayError } from '../../errors/gateway-error.js'
import type { PublicSchema } from '../../records/query/public-schemas.js'
import { relationScope } from '../../records/query/plan/planning.js'
import { resourcesRead } from '../../records/query/plan/resources-read.js'
import type { ResourceInfo } from '../../records/sources.js'
import { chosenColumns, defaultColumns } from '../columns/choose-columns.js'
import { fileColumn } from '../columns/column.js'
import {
  readResources,
  readVersion,
  type Reader,
  type ResourceFacts,
  type VersionFacts,
} from '../describe/dataset-facts.js'
import type { Target } from '../describe/find-target.js'
import { downloadPath, type DownloadFormat } from '../formats.js'
import { fetchedAtOf, type FileContext } from '../formats/file-context.js'
import { dayIn } from '../formats/zone-offset.js'
import type { DownloadRows } from '../query/download-statement.js'
import { planDownload, type DownloadScope } from '../query/plan-download.js'
import { entityTag } from './entity-tag.js'
import { fileName } from './file-name.js'
import type { DownloadParameters } from './parameters.js'

/** A download whose address was understood: nothing of it was read yet. */
export interface PlannedFile {
  readonly target: Target
  readonly format: DownloadFormat
  readonly parameters: DownloadParameters
  readonly rows: DownloadRows
  /** Every resource that its rows are read from, its own first. */
  readonly read: readonly ResourceInfo[]
  readonly typesRevision: number
}

/** What a file is in one state of the database. */
export interface PreparedFile {
  readonly context: FileContext
  readonly rows: DownloadRows
  /** Without quotes, of the file without compression. */
  readonly tag: string
  readonly lastModified: Date | undefined
  readonly name: string
}

export function planFile(
  open: PublicSchema,
  target: Target,
  format: DownloadFormat,
  parameters: DownloadParameters,
  world: DownloadScope,
): PlannedFile {
  const { type, resource } = target
  const { planning, plan } = planDownload(open, type, parameters.query, { ...world, resource })
  const columns =
    parameters.fields === undefined ? defaultColumns(planning, type) : chosenColumns(planning, type, parameters.fields)
  const related = columns.flatMap(({ path }) => path.flatMap((step) => relationScope(planning, step.relation)))
  return {
    target,
    format,
    parameters,
    rows: { plan, resource, columns, labels: parameters.labels, timeZone: world.timeZone },
    read: [...new Set([resource, ...resourcesRead(planning, plan), ...related])],
    typesRevision: open.types.revision,
  }
}

/** They say of what dataset they are, and when it was fetched. */
const selfDescribing: ReadonlySet<DownloadFormat> = new Set(['json', 'geojson', 'xml', 'xlsx'])

/** Reads what the file says of itself. Throws SOURCE_UNAVAILABLE when its source was never read. */
export async function prepareFile(reader: Reader, file: PlannedFile): Promise<PreparedFile> {
  const { target, format, parameters, rows } = file
  const { dataset, type } = target
  const read = await readResources(
    reader,
    file.read.map((resource) => resource.id),
  )
  const resource = read.find((each) => each.id === target.resource.id)
  if (resource === undefined) throw new GatewayError('NOT_FOUND', 'The resource was retired just now.')
  if (resource.fetchedAt === null) throw neverFetched(resource)
  const version =
    rows.plan.asOf === undefined ? versionOf(resource) : await readVersion(reader, dataset.id, rows.plan.asOf)
  const context: FileContext = {
    dataset,
    resource,
    version,
    type: { code: type.code, title: type.title },
    columns: rows.columns.map(fileColumn),
    labels: parameters.labels,
    header: parameters.header,
    address: addressOf(file),
    timeZone: rows.timeZone,
    asOf: parameters.query.asOf,
  }
  const describesItself = selfDescribing.has(format)
  const fetchedAt = fetchedAtOf(context)
  return {
    context,
    rows,
    tag: entityTag({
      path: `${dataset.code}/${resource.name}.${format}`,
      query: parameters.canonical,
      typesRevision: file.typesRevision,
      version: version?.number,
      read,
      describes: describesItself ? dataset : undefined,
    }),
    lastModified: newest([...read.map((each) => each.publishedAt), describesItself ? fetchedAt : null]),
    name: fileName({
      dataset: dataset.code,
      resource: resource.name,
      version: version?.number,
      day: fetchedAt === null ? undefined : dayIn(rows.timeZone, fetchedAt),
      extension: format,
    }),
  }
}

/** The same for files with the same tag, whose bytes it is part of: not the address as it was asked for. */
function addressOf({ target, format, parameters }: PlannedFile): string {
  const path = downloadPath(target.dataset.code, target.resource.name, format)
  return parameters.canonical === '' ? path : `${path}?${parameters.canonical}`
}

function versionOf({ version, publishedAt, fetchedAt }: ResourceFacts): VersionFacts | undefined {
  if (version === null || fetchedAt === null) return undefined
  return { number: version, publishedAt: publishedAt ?? fetchedAt, fetchedAt }
}

function newest(dates: readonly (Date | null)[]): Date | undefined {
  const times = dates.flatMap((date) => (date === null ? [] : [date.getTime()]))
  return times.length === 0 ? undefined : new Date(Math.max(...times))
}

function neverFetched(resource: ResourceFacts): GatewayError {
  const { dataset, name, state, mode, fetchedAt, version, error } = resource
  return new GatewayError('SOURCE_UNAVAILABLE', `Nothing of ${dataset} has been fetched yet; \`sources\` says why.`, {
    extensions: {
      sources: [{ dataset, resource: name, state, mode, fetchedAt, version, error }],
      retryAfterSeconds: 30,
    },
  })
}
