import { invalid, notFound, type PortalSite } from './envelope.js'
import type { Table, TableRow, Value } from './portal-dataset.js'

const action = 'datastore_search'
const usualLimit = 100
/** `ckan.datastore.search.rows_max`: who asks for more gets so many, and is told only by `limit`. */
const mostRows = 32_000

interface StoredRow {
  readonly _id: number
  readonly row: TableRow
}

/** A page of a resource as `datastore_search` answers with it. */
export function searchedRows(
  site: PortalSite,
  tables: ReadonlyMap<string, () => Table>,
  query: URLSearchParams,
): object {
  const resource = query.get('resource_id') ?? query.get('id')
  if (resource === null || resource === '') throw invalid(site, action, { resource_id: ['Missing value'] })
  const table = tables.get(resource)?.()
  if (table === undefined) throw notFound(site, action, `Not found: Resource "${resource}" was not found.`)
  const known = ['_id', ...table.columns.map(({ id }) => id)]
  const refuseUnknown = (parameter: string, names: readonly string[]): void => {
    const unknown = names.find((name) => !known.includes(name))
    if (unknown !== undefined) throw invalid(site, action, { [parameter]: [`field "${unknown}" not in table`] })
  }

  const asked =
    query
      .get('fields')
      ?.split(',')
      .map((name) => name.trim()) ?? known
  refuseUnknown('fields', asked)
  const filters = filtersIn(site, query.get('filters'))
  refuseUnknown('filters', [...filters.keys()])
  const [sorted = '_id', direction = 'asc'] = query.get('sort')?.trim().split(/\s+/u) ?? []
  refuseUnknown('sort', [sorted])

  const limit = Math.min(mostRows, wholeNumber(site, query, 'limit') ?? usualLimit)
  const offset = wholeNumber(site, query, 'offset') ?? 0
  const matching = table.rows
    .map((row, index): StoredRow => ({ _id: index + 1, row }))
    .filter((stored) => [...filters].every(([name, values]) => values.includes(String(valueOf(stored, name)))))
  const ordered =
    sorted === '_id'
      ? matching
      : matching.toSorted((one, other) => compare(valueOf(one, sorted), valueOf(other, sorted)))
  const directed = direction.toLowerCase() === 'desc' ? ordered.toReversed() : ordered
  return {
    include_total: true,
    limit,
    ...(query.has('offset') && { offset }),
    records_format: 'objects',
    resource_id: resource,
    total_estimation_threshold: null,
    records: directed
      .slice(offset, offset + limit)
      .map((stored) => Object.fromEntries(asked.map((name) => [name, valueOf(stored, name)] as const))),
    fields: asked.map((id) => ({ id, type: table.columns.find((column) => column.id === id)?.type ?? 'int' })),
    _links: links(query, offset, limit),
    total: matching.length,
    total_was_estimated: false,
  }
}

/** There is a next page behind the last one too, as CKAN has it. */
function links(query: URLSearchParams, offset: number, limit: number): object {
  const start = new URLSearchParams(query)
  start.delete('offset')
  const next = new URLSearchParams(start)
  next.set('offset', String(offset + limit))
  const path = `/api/3/action/${action}`
  return { start: `${path}?${start.toString()}`, next: `${path}?${next.toString()}` }
}

/** `{"nam": 2024, "quy": [1, 2]}`: the values of a column as texts. */
function filtersIn(site: PortalSite, text: string | null): ReadonlyMap<string, readonly string[]> {
  if (text === null || text === '') return new Map()
  try {
    const parsed: unknown = JSON.parse(text)
    if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw new SyntaxError('no object')
    return new Map(
      Object.entries(parsed).map(([name, value]: [string, unknown]) => [
        name,
        [value].flat().map((one) => String(one)),
      ]),
    )
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw invalid(site, action, { filters: ['Cannot parse JSON'] })
  }
}

function valueOf({ _id, row }: StoredRow, name: string): Value {
  return name === '_id' ? _id : (row[name] ?? null)
}

function compare(one: Value, other: Value): number {
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one) < String(other) ? -1 : String(one) > String(other) ? 1 : 0
}

function wholeNumber(site: PortalSite, query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (!/^\d{1,9}$/u.test(text)) throw invalid(site, action, { [name]: ['Must be a natural number'] })
  return Number(text)
}
