import type { DataSource } from 'typeorm'

/** Registers a connector with one resource and, if asked, publishes versions of its dataset as a harvest would. */
export async function connectDataset(
  dataSource: DataSource,
  code: string,
  state: {
    readonly recordType?: string
    readonly versions?: number
    readonly records?: number
    readonly row?: string
  } = {},
): Promise<void> {
  const { recordType = 'School', versions = 0, records = 0, row = '' } = state
  const [dataset] = await dataSource.query<{ id: number }[]>('select id from gateway.dataset where code = $1', [code])
  const [connector] = await dataSource.query<{ id: number }[]>(
    `insert into gateway.connector (code, dataset_id, version, manifest, digest, origin)
     values ($1, $2, 1, '{}', '', 'file') returning id`,
    [code, dataset?.id],
  )
  await dataSource.query(
    `insert into gateway.resource
       (dataset_id, connector_id, name, position, record_type, mode, max_age_ms, patience_ms, version, record_count)
     values ($1, $2, 'all', 1, $3, 'SNAPSHOT', 3600000, 0, $4, $5)`,
    [dataset?.id, connector?.id, recordType, versions === 0 ? null : versions, records],
  )
  if (row !== '') await dataSource.query(`update gateway.resource set ${row} where connector_id = $1`, [connector?.id])
  if (versions === 0) return
  await dataSource.query(
    `insert into gateway.dataset_version
       (dataset_id, number, position, published_at, fetched_at, record_count, added, changed, removed, set_aside)
     select $1, n, 1000 * $1 + n, timestamptz '2025-06-01' + n * interval '1 day', timestamptz '2025-06-01', 5, 1, 2, 3, 4
     from generate_series(1, $2) as n`,
    [dataset?.id, versions],
  )
  await dataSource.query(
    `update gateway.dataset set version = $2::int, first_published_on = '2025-06-02',
       published_at = timestamptz '2025-06-01' + $2::int * interval '1 day' where id = $1`,
    [dataset?.id, versions],
  )
}
