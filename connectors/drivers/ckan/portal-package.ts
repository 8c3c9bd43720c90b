import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import type { Source, SourceObject, SourceValue } from '../driver.js'
import { isSourceList, isSourceObject } from '../source-values.js'
import { resultOf } from './action.js'
import type { CkanOptions } from './options.js'

/** A resource as the portal describes it in its package. */
export interface PortalResource {
  readonly id: string
  readonly name: string | undefined
  /** Upper case: CSV, XLSX. */
  readonly format: string
  readonly url: string | undefined
  /** Its rows are in the DataStore; undefined: the portal does not say. */
  readonly inDataStore: boolean | undefined
  /** What is another text as soon as the uploaded file is another; undefined: the portal says nothing that can be relied on. */
  readonly state: string | undefined
}

const expected = worded('a dataset of CKAN', 'một bộ dữ liệu của CKAN')

/** A package, in words that a fault can say. */
export function aboutPackage(name: string): Wording {
  return worded(`the dataset ${name}`, `bộ dữ liệu ${name}`)
}

const day = 24 * 60 * 60_000

/** The resources of a package, in the portal's order. */
export async function resourcesOf(source: Source<CkanOptions>, name: string): Promise<readonly PortalResource[]> {
  const result = await resultOf(source, {
    action: 'packageShow',
    parameters: { id: name },
    about: aboutPackage(name),
  })
  // DKAN answers with a list of one.
  const found = isSourceList(result) ? result[0] : result
  const resources = isSourceObject(found) ? found['resources'] : undefined
  if (!isSourceList(resources)) {
    throw new SourceFault('NOT_DATA', {
      expected,
      detail: worded('it has no list of resources', 'không có danh sách tài nguyên (resources)'),
    })
  }
  const now = Date.now()
  return resources.filter(isSourceObject).map((resource) => portalResource(resource, now))
}

/**
 * The resource that is meant: by its id, by its name if no other has it, or the only one with rows. Throws a SourceFault that says
 * what there is.
 */
export function pick(resources: readonly PortalResource[], wanted: string | undefined, about: Wording): PortalResource {
  const found =
    wanted === undefined
      ? resources.filter(({ inDataStore }) => inDataStore !== false)
      : [
          ...resources.filter(({ id }) => id === wanted).slice(0, 1),
          ...resources.filter(({ id, name }) => id !== wanted && name === wanted),
        ]
  const [first, second] = found
  if (first === undefined && wanted === undefined) throw noRows(resources, about)
  if (first === undefined) {
    const there = listOf(resources)
    throw new SourceFault('NOT_FOUND', {
      what: worded(
        `${wanted ?? ''} in ${about.en} (there are ${there.en})`,
        `${wanted ?? ''} trong ${about.vi} (hiện có ${there.vi})`,
      ),
    })
  }
  if (second !== undefined && first.id !== wanted) {
    const those = listOf(found, true)
    throw new SourceFault('MAPPING', {
      detail: worded(
        `${about.en} has several resources that may be meant; set resource to the id of one: ${those.en}`,
        `${about.vi} có nhiều tài nguyên phù hợp; hãy đặt resource là id của một trong số đó: ${those.vi}`,
      ),
    })
  }
  if (first.inDataStore === false) {
    const name = first.name ?? first.id
    throw noRows([first], worded(`the resource ${name}`, `tài nguyên ${name}`))
  }
  return first
}

/** The fault of a package or resource of which the portal has only files. */
export function noRows(resources: readonly PortalResource[], about: Wording): SourceFault {
  const files = resources.slice(0, 5).map(({ name, id, format, url }) => {
    const driver = driverFor.get(format)
    const way =
      driver === undefined || url === undefined
        ? worded('the portal would have to load it', 'cổng dữ liệu cần nạp tệp này')
        : worded(
            `use the driver ${driver} with the url ${shortened(url, 300)}`,
            `hãy dùng driver ${driver} với url ${shortened(url, 300)}`,
          )
    const kind = format === '' ? worded('of no format', 'không rõ định dạng') : asWritten(format)
    const called = shortened(name ?? id, 80)
    return worded(`${called} (${kind.en}): ${way.en}`, `${called} (${kind.vi}): ${way.vi}`)
  })
  const list =
    files.length === 0
      ? worded('it has no resource', 'không có tài nguyên nào')
      : worded(files.map(({ en }) => en).join('; '), files.map(({ vi }) => vi).join('; '))
  return new SourceFault('MAPPING', {
    detail: worded(
      `the portal has no rows of ${about.en} in its DataStore; ${list.en}`,
      `DataStore của cổng dữ liệu không có dòng nào của ${about.vi}; ${list.vi}`,
    ),
  })
}

const driverFor: ReadonlyMap<string, string> = new Map([
  ['CSV', 'csv'],
  ['TSV', 'csv'],
  ['XLSX', 'xlsx'],
  ['JSON', 'rest-json'],
  ['XML', 'xml'],
])

function listOf(resources: readonly PortalResource[], withIds = false): Wording {
  const shown = resources.slice(0, 10).map(({ id, name }) => shortened(name ?? id, 80) + (withIds ? ` = ${id}` : ''))
  if (shown.length === 0) return worded('none', 'chưa có gì')
  return asWritten(shown.join(', ') + (resources.length > shown.length ? ', …' : ''))
}

function portalResource(resource: SourceObject, now: number): PortalResource {
  const id = textOf(resource['id'])
  if (id === undefined) {
    throw new SourceFault('NOT_DATA', {
      expected,
      detail: worded('a resource in it has no id', 'có tài nguyên không có id'),
    })
  }
  const active = resource['datastore_active']
  return {
    id,
    name: textOf(resource['name']),
    format: textOf(resource['format'])?.toUpperCase().replace(/^\./, '') ?? '',
    url: textOf(resource['url']),
    inDataStore: typeof active === 'boolean' ? active : undefined,
    state: stateOf(resource, now),
  }
}

/**
 * Rows of a file that was uploaded come into the DataStore some minutes or hours after the resource says that it was changed, so
 * a change of the last day tells nothing yet. Rows that are written through the API or come from a linked file leave no mark at all.
 */
function stateOf(resource: SourceObject, now: number): string | undefined {
  if (resource['url_type'] !== 'upload') return undefined
  const times = [resource['last_modified'], resource['metadata_modified']].map(textOf)
  const marks = times.flatMap((time) => (time === undefined ? [] : [instantOf(time)]))
  if (marks.length === 0 || !marks.every((mark) => mark < now - day)) return undefined
  return JSON.stringify([...times, textOf(resource['hash']) ?? null, textOf(resource['url']) ?? null])
}

/** CKAN writes UTC and no zone. NaN for what is no time. */
function instantOf(time: string): number {
  return Date.parse(/(Z|[+-]\d{2}:?\d{2})$/.test(time) ? time : `${time}Z`)
}

function textOf(value: SourceValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function shortened(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1)}…`
}
