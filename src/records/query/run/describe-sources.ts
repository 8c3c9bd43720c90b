import type pg from 'pg'
import type { ResourceInfo } from '../../sources.js'

interface SourceRow {
  readonly id: number
  readonly state: string
  readonly error_code: string | null
  readonly error_en: string | null
}

/** What an error says of sources that have nothing yet: where they stand and what went wrong. */
export async function describeSources(pool: pg.Pool, resources: readonly ResourceInfo[]): Promise<object[]> {
  if (resources.length === 0) return []
  const { rows } = await pool.query<SourceRow>(
    `select id, case when error_code is null then 'NEVER_FETCHED' else 'FAILED' end as state, error_code, error_en
     from gateway.resource where id = any($1)`,
    [resources.map((resource) => resource.id)],
  )
  const byId = new Map(rows.map((row) => [row.id, row]))
  return resources.map((resource) => {
    const row = byId.get(resource.id)
    return {
      dataset: resource.datasetCode,
      resource: resource.name,
      state: row?.state ?? 'NEVER_FETCHED',
      ...(row?.error_code == null ? {} : { error: { code: row.error_code, message: row.error_en } }),
    }
  })
}
