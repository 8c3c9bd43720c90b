import type { SeenRequest, ServerAnswer } from '../../../test/support/source-server.js'

/** A portal's answer, `success` and `result` around what is given. */
export function success(result: unknown): ServerAnswer {
  return { body: { help: 'https://inner.example/api/3/action/help_show', success: true, result } }
}

export function failure(status: number, error: unknown): ServerAnswer {
  return { status, body: { help: 'https://inner.example/api/3/action/help_show', success: false, error } }
}

export const notFound = failure(404, { message: 'Không tìm thấy', __type: 'Not Found Error' })

/** A page of `count` rows `{_id, ma}` as `datastore_search` answers with it, its link to the next page always there. */
export function page({ url }: SeenRequest, count: number, more: object = {}, most = 32_000): ServerAnswer {
  const offset = Number(url.searchParams.get('offset') ?? 0)
  const limit = Math.min(most, Number(url.searchParams.get('limit') ?? 100))
  const length = Math.max(0, Math.min(limit, count - offset))
  const records = Array.from({ length }, (_, at) => ({ _id: offset + at + 1, ma: `m-${offset + at + 1}` }))
  return success({
    fields: [
      { id: '_id', type: 'int' },
      { id: 'ma', type: 'text' },
    ],
    records,
    _links: {
      start: '/api/3/action/datastore_search',
      next: `/api/3/action/datastore_search?offset=${offset + limit}`,
    },
    total: count,
    ...more,
  })
}

/** A resource of a package, uploaded and loaded long ago. */
export function resource(name: string, more: object = {}): object {
  return {
    id: `id-of-${name}`,
    name,
    format: 'CSV',
    url: `https://portal.example/download/${name}.csv`,
    url_type: 'upload',
    datastore_active: true,
    last_modified: '2025-06-27T09:30:05.884713',
    metadata_modified: '2025-06-27T09:30:06.100000',
    hash: '',
    ...more,
  }
}

export const isPackage = ({ url }: SeenRequest): boolean => url.pathname.endsWith('/package_show')
