import fastify, { type FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { createRecordWorld, type RecordWorld } from '../../test/support/record-world.js'
import { createDownloads, type Downloads, type DownloadsOptions } from './downloads.js'

/** Downloads over real HTTP, of rows of every kind of field. */
export interface DownloadWorld {
  readonly world: RecordWorld
  readonly url: string
  readonly failures: unknown[]
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>
  text(path: string): Promise<string>
  dispose(): Promise<void>
}

export const schoolRows = [
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
    reportedAt: '2025-06-30T17:00:00Z',
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
  { key: 'c', code: 'c', name: 'Dòng một\r\nDòng hai', level: 'PRIMARY', address: '\ttab', latitude: 14, longitude: 109 },
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
    select id, 1, id, '2025-07-01T02:00:00Z', '2025-07-01T01:00:00Z', null, 3, 3, 0, 0, 0 from gateway.dataset where duplicate_of_id is null`)
  const failures: unknown[] = []
  const downloads: Downloads = createDownloads({
    databaseUrl: world.database.url,
    pool: world.database.pool,
    service: { schema: () => world.public.schema, types: () => world.public.types },
    sources: { resources: () => world.resources, bringUpToDate: () => Promise.resolve() },
    timeZone: 'Asia/Ho_Chi_Minh',
    report: (error) => {
      failures.push(error)
    },
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
    async dispose() {
      app.server.closeAllConnections()
      await app.close()
      await downloads[Symbol.asyncDispose]()
      await world.dispose()
    },
  }
}
