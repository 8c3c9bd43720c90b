import { SourceFault } from '../../../src/errors/source-fault.js'
import type { Driver, ResourceDescription, Source, SourceObject, SourceRow } from '../driver.js'
import { actionUrl } from './action.js'
import { pageOf, readRecords, rowIdColumn, type RecordsPage } from './datastore.js'
import { ckanOptions, ckanSelection, type CkanOptions, type CkanSelection } from './options.js'
import { aboutPackage, noRows, pick, resourcesOf, type PortalResource } from './portal-package.js'

/** The most resources of a package that a preview shows; some packages have a file for each month of many years. */
const mostDescribed = 20

/** The DataStore of a CKAN portal, or of one that speaks its Action API: the rows of a resource as the portal loaded them. */
export const driver: Driver<CkanOptions, CkanSelection> = {
  name: 'ckan',
  title: { vi: 'Cổng dữ liệu CKAN', en: 'CKAN data portal' },
  options: ckanOptions,
  selection: ckanSelection,
  // Filters are for equal values only, so there is no asking for what changed. All rows can be had, so none are asked for by key.
  capabilities: { scan: true, lookupBatch: undefined, conditional: true, since: false },

  async check(source) {
    const { package: name, resource } = source.options
    if (name === undefined) {
      await pageOf(source, resource ?? '', preview, 0, 1)
      return
    }
    const about = aboutPackage(name)
    const resources = await resourcesOf(source, name)
    if (resource !== undefined) pick(resources, resource, about)
    else if (resources.every(({ inDataStore }) => inDataStore === false)) throw noRows(resources, about)
  },

  async describe(source, sampleRows) {
    const { package: name, resource } = source.options
    if (name !== undefined) return describePackage(source, name, sampleRows)
    const id = resource ?? ''
    return [described(id, id, await pageOf(source, id, preview, 0, Math.max(1, sampleRows)), sampleRows)]
  },

  async *scan(source, selection) {
    const { package: name, resource } = source.options
    const wanted = selection.resource ?? resource
    if (name === undefined) {
      yield* readRecords(source, { id: wanted ?? '' }, selection)
      return
    }
    const packages = new Packages(source)
    const part = actionUrl(source.options, { action: 'packageShow', parameters: { id: name } })
    if (wanted !== undefined) part.hash = encodeURIComponent(wanted)
    if (source.options.reliesOnTimes) await source.compare(part.href, (of) => packages.stateOf(of))
    const { id } = await packages.resourceAt(part.href)
    yield* readRecords(source, { id, ...(wanted !== undefined && { part: wanted }) }, selection)
  },
}

const preview = ckanSelection.parse({ sort: '' })

/** The packages of one scan, each asked for once: its state is wanted first and the id of its resource then. */
class Packages {
  readonly #asked = new Map<string, Promise<readonly PortalResource[]>>()

  constructor(private readonly source: Source<CkanOptions>) {}

  /** `part`: the address at which a package is shown, and the resource behind its #. */
  async resourceAt(part: string): Promise<PortalResource> {
    const url = new URL(part)
    const wanted = url.hash === '' ? undefined : decodeURIComponent(url.hash.slice(1))
    const name = url.searchParams.get('id') ?? ''
    url.hash = ''
    const asked = this.#asked.get(url.href) ?? resourcesOf(this.source, name)
    this.#asked.set(url.href, asked)
    return pick(await asked, wanted, aboutPackage(name))
  }

  async stateOf(part: string): Promise<string | undefined> {
    return (await this.resourceAt(part)).state
  }
}

async function describePackage(
  source: Source<CkanOptions>,
  name: string,
  sampleRows: number,
): Promise<ResourceDescription<CkanSelection>[]> {
  const resources = await resourcesOf(source, name)
  const wanted = source.options.resource
  const shown =
    wanted === undefined
      ? resources.filter(({ inDataStore }) => inDataStore !== false)
      : [pick(resources, wanted, aboutPackage(name))]
  const found: ResourceDescription<CkanSelection>[] = []
  for (const resource of shown.slice(0, mostDescribed)) {
    const page = await pageIfThere(source, resource, Math.max(1, sampleRows))
    const isUnique = resources.filter((other) => other.name === resource.name).length === 1
    const reference = isUnique ? (resource.name ?? resource.id) : resource.id
    if (page !== undefined) found.push(described(resource.name ?? resource.id, reference, page, sampleRows))
  }
  if (found.length === 0) throw noRows(resources, aboutPackage(name))
  return found
}

/** Undefined: a portal that does not say what is in its DataStore does not have this in it. */
async function pageIfThere(
  source: Source<CkanOptions>,
  resource: PortalResource,
  rows: number,
): Promise<RecordsPage | undefined> {
  try {
    return await pageOf(source, resource.id, preview, 0, rows)
  } catch (error) {
    if (resource.inDataStore === undefined && error instanceof SourceFault && error.code === 'NOT_FOUND')
      return undefined
    throw error
  }
}

function described(
  name: string,
  resource: string,
  page: RecordsPage,
  sampleRows: number,
): ResourceDescription<CkanSelection> {
  return {
    name,
    selection: ckanSelection.parse({ resource }),
    columns: page.columns.filter(isOfAgency),
    sample: page.records
      .slice(0, sampleRows)
      .map((record, index): SourceRow => ({ number: index + 1, values: ofAgency(record) })),
  }
}

/** The portal's own columns are not offered for mapping: rows get other numbers with the next upload. */
function isOfAgency(column: string): boolean {
  return column !== rowIdColumn && column !== '_full_text'
}

function ofAgency(record: SourceObject): SourceObject {
  return { __proto__: null, ...Object.fromEntries(Object.entries(record).filter(([column]) => isOfAgency(column))) }
}
