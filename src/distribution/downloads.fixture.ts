import fastify, { type FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import type { Driver, SourceValue } from '../../connectors/drivers/driver.js'
import { SourceNumber } from '../../connectors/drivers/driver.js'
import { createOutbound } from '../connectors/outbound/outbound.js'
import { createSource } from '../connectors/outbound/source.js'
import { createRecordWorld, type RecordWorld } from '../../test/support/record-world.js'
import { threadOfSources } from './thread/thread-snapshots.js'
import { createDownloads, type Downloads, type DownloadsOptions } from './downloads.js'

/** Downloads over real HTTP, of rows of every kind of field. */
export interface DownloadWorld {
  readonly world: RecordWorld
  readonly url: string
  readonly failures: unknown[]
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  text(path: string): Promise<string>
  /** Its rows as the driver of an agency's connector reads them from here. */
  readBack<Options, Selection>(
    driver: Driver<Options, Selection>,
    options: Options,
    selection: Selection,
  ): Promise<ReadRow[]>
  /** Gives the schools' resource that many rows more. */
  grow(rows: number): Promise<void>
  dispose(): Promise<void>
}

/** Numbers are shown as `#12.5`, so that a test sees which cells were numbers. */
export type ReadRow = Readonly<Record<string, unknown>>

const schoolRows = [
  {
    key: 'b',
    code: 'b',
    name: 'Trường Tiểu học "Lê Lợi", Quy Nhơn',
    level: 'PRIMARY',
    pupils: 512,
    openedOn: '1998-09-05',
    district: '540~2020-01-01',
    address: '=HYPERLINK("http://evil.test")',
    latitude: 13.78,
    longitude: 109.22,
    budget: '12345678901234567.89',
    seats: '9007199254740993',
    public: true,
    reportedAt: '2025-06-30T17:30:15Z',
    website: 'https://leloi.edu.vn/?a=1&b=2',
    tags: ['a,b', 'c "d"'],
    levels: ['NURSERY', 'PRIMARY'],
    extra: { note: 'dòng 1\ndòng 2', n: 1.5 },
    phone: '0256382222',
  },
  {
    key: 'a',
    code: 'a',
    name: '-5 & <b>đẹp</b>',
    level: 'NURSERY',
    pupils: -5,
    district: '999~none',
    address: '＝full width',
    budget: '-0.50',
    seats: '-42',
    public: false,
    tags: [],
  },
  {
    key: 'c',
    code: 'c',
    name: 'Dòng một\r\nDòng hai',
    level: 'PRIMARY',
    address: '\ttab',
    latitude: 14,
    longitude: 109,
  },
]

export async function createDownloadWorld(limits: DownloadsOptions['limits'] = {}): Promise<DownloadWorld> {
  const world = await createRecordWorld()
  await world.seed({
    dataset: 'places',
    resource: 'places',
    recordType: 'AdministrativeUnit',
    rows: [
      { key: '540~2020-01-01', code: '540', name: 'Thành phố Quy Nhơn', validFrom: '2020-01-01' },
      { key: '540-1~2020-01-01', code: '540-1', name: 'Phường Một', validFrom: '2020-01-01', parent: '540~2020-01-01' },
    ],
  })
  await world.seed({ dataset: 'primary-schools', resource: 'schools', recordType: 'School', rows: schoolRows })
  await world.seed({ dataset: 'nurseries', resource: 'nurseries', recordType: 'School', fetched: false })
  await world.database.pool.query(`insert into gateway.dataset (code, title_vi, title_en, license, duplicate_of_id)
    select 'schools-again', 'Trường (lặp)', 'Schools again', license, id from gateway.dataset where code = 'primary-schools'`)
  await world.database.pool.query(`insert into gateway.dataset_version
    select d.id, v.number, d.id * 10 + v.number, v.at::timestamptz, v.at::timestamptz - interval '1 hour', null, 3, 3, 0, 0, 0
    from gateway.dataset d cross join (values (1, '2025-07-01T02:00:00Z'), (2, '2025-07-02T02:00:00Z')) v(number, at)
    where duplicate_of_id is null`)
  await world.database.pool.query(
    `update gateway.resource set version = 2, fetched_at = '2025-07-02T18:30:00Z' where fetched_at is not null`,
  )
  // In version 1 the school a had another name, and d was still there.
  await world.database.pool.query(`with school as (select * from records."School" where _key = 'a')
    insert into records."School~history" (_dataset, _resource, _key, _hash, _version, _updated_at, _to_version, code, name)
    select _dataset, _resource, k, '', 1, '2025-07-01T02:00:00Z', 2, k, n from school cross join (values ('a', 'Tên cũ'), ('d', 'Đã đóng cửa')) v(k, n)`)
  await world.database.pool.query(`update records."School" set _version = 2 where _key = 'a'`)
  const failures: unknown[] = []
  const downloads: Downloads = createDownloads({
    databaseUrl: world.database.url,
    pool: world.database.pool,
    service: { schema: () => world.public.schema, types: () => world.public.types },
    sources: {
      resources: () => world.resources,
      typesWithRetiredRows: () => world.typesWithRetiredRows,
      bringUpToDate: () => Promise.resolve(),
    },
    timeZone: 'Asia/Ho_Chi_Minh',
    report: (error) => {
      failures.push(error)
    },
    thread: threadOfSources(['--import', new URL('../../test/support/typescript-sources.mjs', import.meta.url).href]),
    limits,
  })
  const app: FastifyInstance = fastify()
  downloads.routes(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  return {
    world,
    url,
    failures,
    get: (path, headers = {}) => fetch(url + path, { headers: { 'accept-encoding': 'identity', ...headers } }),
    async text(path) {
      const response = await fetch(url + path, { headers: { 'accept-encoding': 'identity' } })
      const text = await response.text()
      if (!response.ok) throw new Error(`${response.status}: ${text}`)
      return text
    },
    async readBack(driver, options, selection) {
      await using outbound = createOutbound()
      outbound.allow(url)
      await using source = createSource({
        outbound,
        options,
        resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
        signal: new AbortController().signal,
        limits: { pauseMs: 1 },
      })
      const rows: ReadRow[] = []
      for await (const { values } of driver.scan(source, selection)) {
        rows.push(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(value)])))
      }
      return rows
    },
    async grow(rows) {
      await world.database.pool.query(
        `insert into records."School" (_dataset, _resource, _key, _hash, _version, _updated_at, code, name, level, pupils, website, tags)
         select d.id, r.id, 'n' || i, '', 2, now(), 'n' || i, 'Trường số ' || i, 'PRIMARY', i, 'https://example.vn/' || repeat('đường/', 60), array['x', 'y']
         from generate_series(1, $1::int) i, gateway.dataset d join gateway.resource r on r.dataset_id = d.id where d.code = 'primary-schools'`,
        [rows],
      )
      await world.database.pool.query('analyze')
    },
    async dispose() {
      app.server.closeAllConnections()
      await app.close()
      await downloads[Symbol.asyncDispose]()
      await world.dispose()
    },
  }
}

function shown(value: SourceValue): unknown {
  return value instanceof SourceNumber ? `#${value.text}` : value
}

const schoolNode = z.record(z.string(), z.json())
export type SchoolNode = z.infer<typeof schoolNode>

/** What GraphQL says of the same rows; each with `district { key code name }`. */
export async function schoolsInGraphQL({ world }: DownloadWorld, args = ''): Promise<SchoolNode[]> {
  const fields =
    'key code name level pupils openedOn district { key code name } address latitude longitude budget seats public reportedAt website tags levels extra phone'
  const answer = await world.query(`{ schools(dataset: ["primary-schools"]${args}) { nodes { ${fields} } } }`)
  if (answer.errors !== undefined) throw new Error(answer.errors.map(({ message }) => message).join('; '))
  const data = z.object({ schools: z.object({ nodes: z.array(schoolNode) }) }).parse(answer.data)
  return data.schools.nodes
}
