import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'graphql'
import { z } from 'zod'
import { anonymous, type Viewer } from '../src/access/viewer.js'
import { stringifyResult } from '../src/records/query/run/raw-json.js'
import { createGatewayWorld, repository, type GatewayWorld } from './support/gateway-world.js'
import { serveMutableFile, type MutableFile } from './support/mutable-file.js'
import { until } from './support/until.js'

const stations = {
  name: 'RainGauge',
  plural: 'rainGauges',
  title: 'Trạm đo mưa',
  titleEn: 'Rain gauge',
  description: 'Trạm đo mưa tự động.',
  descriptionEn: 'An automatic rain gauge.',
  fields: [
    { name: 'code', type: 'string', title: 'Mã', titleEn: 'Code', constraints: { required: true } },
    { name: 'name', type: 'string', title: 'Tên', titleEn: 'Name', searched: true, ordered: true },
    { name: 'rain', type: 'number', format: 'decimal', title: 'Lượng mưa', titleEn: 'Rain', unit: 'mm' },
    { name: 'district', type: 'string', title: 'Huyện', titleEn: 'District' },
  ],
  primaryKey: ['code'],
  foreignKeys: [
    {
      fields: 'district',
      reference: { resource: 'AdministrativeUnit', fields: 'key' },
      dataset: 'places',
      cardinality: 'one',
      reverse: 'rainGauges',
    },
  ],
}

const csv = (rows: readonly string[]): Buffer =>
  Buffer.from(['Mã trạm,Tên trạm,Lượng mưa,Mã huyện', ...rows, ''].join('\n'))

const manifest = (url: string, connector: string, dataset: string): object => ({
  connector,
  dataset,
  driver: 'csv',
  options: { url },
  resources: [
    {
      name: 'gauges',
      recordType: 'RainGauge',
      referenceDate: '2025-06-30',
      fields: {
        code: { column: 'Mã trạm' },
        name: { column: 'Tên trạm' },
        rain: { column: 'Lượng mưa', convert: ['vietnameseNumber'] },
        district: { column: 'Mã huyện', resolve: { by: 'code' } },
      },
    },
  ],
  datasetEntry: { title: { vi: 'Trạm đo mưa', en: 'Rain gauges' }, theme: 'agriculture', license: 'CC-BY-4.0' },
  refresh: { mode: 'snapshot', every: 'PT24H' },
})

let world: GatewayWorld
let folder: string
let gauges: MutableFile

beforeAll(async () => {
  gauges = await serveMutableFile(csv(['0164A,Trạm Đồng Dài,"1,5",540', '052,Trạm An Hoà,"12,25",542']))
  folder = await mkdtemp(join(tmpdir(), 'gateway-files-'))
  for (const part of ['schema', 'connectors', 'plan'])
    await cp(join(repository, part), join(folder, part), { recursive: true })
  await mkdir(join(folder, 'schema/records/agriculture'), { recursive: true })
  await mkdir(join(folder, 'connectors/agriculture'), { recursive: true })
  // The two files that one more dataset takes.
  await writeFile(join(folder, 'schema/records/agriculture/rain-gauge.json'), JSON.stringify(stations))
  await writeFile(
    join(folder, 'connectors/agriculture/rain-gauges.yaml'),
    JSON.stringify({ ...manifest(gauges.url, 'rain-gauges', 'rain-gauges'), agency: 'agriculture' }),
  )
  world = await createGatewayWorld({ folder })
  world.outbound.allow(gauges.url)
  await world.gateway.harvest.firstHarvests
})
afterAll(async () => {
  await world.dispose()
  await gauges.close()
  await rm(folder, { recursive: true })
})

const published = async (dataset: string, count: number): Promise<void> => {
  await until(`${dataset} has ${count} records`, async () => {
    const answer = await world.query('query($code: ID!) { dataset(code: $code) { recordCount } }', { code: dataset })
    return (answer.data as { dataset: { recordCount: number } | null }).dataset?.recordCount === count
  })
}

test('a record schema and a manifest are all it takes to publish one more dataset', async () => {
  const { rows } = await world.database.pool.query<{ id: number }>(
    `select id from gateway.connector where code = 'rain-gauges'`,
  )
  await world.gateway.harvest.run(rows[0]?.id ?? 0, 'manual')
  await published('rain-gauges', 2)
  const answer = await world.query(`{
    rainGauges(where: { district: { name: { contains: "quy nhon" } } }) { nodes { code name rain district { name } dataset { title(lang: EN) theme { code } agency { code } status } } }
    administrativeUnits(where: { code: { eq: "542" } }) { nodes { rainGauges { nodes { code rain } } } }
    recordType(code: "RainGauge") { title(lang: EN) fields { name type unit } }
    dataset(code: "rain-gauges") { resources { name source { state mode } } }
  }`)
  expect(answer.errors).toBeUndefined()
  expect(answer.data).toEqual({
    rainGauges: {
      nodes: [
        {
          code: '0164A',
          name: 'Trạm Đồng Dài',
          rain: '1.5',
          district: { name: 'Quy Nhơn' },
          dataset: {
            title: 'Rain gauges',
            theme: { code: 'agriculture' },
            agency: { code: 'agriculture' },
            status: 'PUBLISHED',
          },
        },
      ],
    },
    administrativeUnits: { nodes: [{ rainGauges: { nodes: [{ code: '052', rain: '12.25' }] } }] },
    recordType: {
      title: 'Rain gauge',
      fields: [
        { name: 'code', type: 'String', unit: null },
        { name: 'name', type: 'String', unit: null },
        { name: 'rain', type: 'Decimal', unit: 'mm' },
        { name: 'district', type: 'AdministrativeUnit', unit: null },
      ],
    },
    dataset: { resources: [{ name: 'gauges', source: { state: 'FRESH', mode: 'SNAPSHOT' } }] },
  })
})

const agencyKey = async (agency: string): Promise<Viewer> => {
  const administrator: Viewer = { role: 'ADMIN', agencyCode: undefined, keyId: undefined }
  const answer = await world.query(
    'mutation($agency: ID!) { createKey(input: { role: AGENCY, agency: $agency, label: "test" }) { token } }',
    { agency },
    administrator,
  )
  const { token } = (answer.data as { createKey: { token: string } }).createKey
  return world.gateway.authenticate(`Bearer ${token}`)
}

const register =
  'mutation($manifest: JSON!) { registerConnector(manifest: $manifest) { code version outcome dataset { code agency { code } } } }'

test('an agency registers a CSV at run time with its key, and subscribers see it come without a gap', async () => {
  const source = await serveMutableFile(csv(['A1,Trạm Bình Tường,"3",547', 'A2,Trạm Vĩnh Sơn,"4",546']))
  world.outbound.allow(source.url)
  try {
    const agriculture = await agencyKey('agriculture')
    const cursorAnswer = await world.query('{ rainGauges(first: 0) { changesCursor } }')
    const after = (cursorAnswer.data as { rainGauges: { changesCursor: string } }).rainGauges.changesCursor
    const registered = await world.query(
      register,
      { manifest: manifest(source.url, 'hill-gauges', 'hill-gauges') },
      agriculture,
    )
    expect(registered.errors).toBeUndefined()
    expect(registered.data).toEqual({
      registerConnector: {
        code: 'hill-gauges',
        version: 1,
        outcome: 'CREATED',
        dataset: { code: 'hill-gauges', agency: { code: 'agriculture' } },
      },
    })
    await published('hill-gauges', 2)
    const queried = await world.query(
      '{ rainGauges(dataset: ["hill-gauges"], orderBy: [{ code: ASC }]) { nodes { code } sources { dataset { code } state } } }',
    )
    expect(queried.data).toEqual({
      rainGauges: {
        nodes: [{ code: 'A1' }, { code: 'A2' }],
        sources: [{ dataset: { code: 'hill-gauges' }, state: 'FRESH' }],
      },
    })

    const subscription =
      'subscription($after: String) { rainGaugeChanges(where: { district: { name: { eq: "Tây Sơn" } } }, after: $after) { cursor type dataset { code } record { code rain district { name } } previous { rain } } }'
    const [loaded] = await take(subscription, { after }, 1)
    expect(loaded).toMatchObject({ type: 'LOADED', dataset: { code: 'hill-gauges' }, record: null, previous: null })

    // A row changes, one goes and one comes; the one that goes is not of the district that is listened to.
    const { rows } = await world.database.pool.query<{ id: number }>(
      `select id from gateway.connector where code = 'hill-gauges'`,
    )
    source.replace(csv(['A1,Trạm Bình Tường,"30",547', 'A3,Trạm Tây Phú,"5",547']))
    // Subscribers hear of a version when it is committed, a moment before its run has ended.
    const run = await until('the first run has ended', async () => {
      const next = await world.gateway.harvest.run(rows[0]?.id ?? 0, 'manual')
      return next.outcome === 'BUSY' ? false : next
    })
    expect(run).toMatchObject({ outcome: 'PUBLISHED', added: 1, changed: 1, removed: 1 })
    const later = await take(subscription, { after: (loaded as { cursor: string }).cursor }, 2)
    expect(later).toEqual([
      expect.objectContaining({
        type: 'CHANGED',
        record: { code: 'A1', rain: '30', district: { name: 'Tây Sơn' } },
        previous: { rain: '3' },
      }),
      expect.objectContaining({
        type: 'ADDED',
        record: { code: 'A3', rain: '5', district: { name: 'Tây Sơn' } },
        previous: null,
      }),
    ])
    // Resumed from the first of them, only the second is told again.
    const resumed = await take(subscription, { after: (later[0] as { cursor: string }).cursor }, 1)
    expect(resumed).toEqual([later[1]])
    const all = await take(
      'subscription($after: String) { changes(after: $after, themes: ["agriculture"]) { type record { key ... on RainGauge { name } } } }',
      { after: (loaded as { cursor: string }).cursor },
      3,
    )
    expect(all).toEqual(
      expect.arrayContaining([
        { type: 'CHANGED', record: { key: 'A1', name: 'Trạm Bình Tường' } },
        { type: 'ADDED', record: { key: 'A3', name: 'Trạm Tây Phú' } },
        { type: 'REMOVED', record: null },
      ]),
    )
  } finally {
    await source.close()
  }
})

test('an agency cannot register for another agency’s dataset, nor anonymously, nor a manifest that is wrong', async () => {
  const health = await agencyKey('health')
  const foreign = await world.query(register, { manifest: manifest(gauges.url, 'other', 'primary-schools') }, health)
  expect(foreign.errors?.[0]?.extensions['code']).toBe('FORBIDDEN')
  const nobody = await world.query(register, { manifest: manifest(gauges.url, 'other', 'other') }, anonymous)
  expect(nobody.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED')
  const wrong = await world.query(
    register,
    { manifest: { ...manifest(gauges.url, 'other', 'other'), driver: 'smoke' } },
    health,
  )
  expect(wrong.errors?.[0]).toMatchObject({
    extensions: { code: 'BAD_USER_INPUT' },
    message: expect.stringContaining('smoke'),
  })
})

const told = z.object({ data: z.record(z.string(), z.unknown()) })

async function take(text: string, variables: Record<string, unknown>, count: number): Promise<unknown[]> {
  const { service } = world.gateway
  const stop = new AbortController()
  const results = await service.subscribe({
    schema: service.schema(),
    document: parse(text),
    operationName: undefined,
    variables,
    viewer: anonymous,
    signal: stop.signal,
  })
  if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
  const seen: z.infer<typeof told>[] = []
  for await (const result of results) {
    seen.push(told.parse(JSON.parse(stringifyResult(result))))
    if (seen.length === count) stop.abort()
  }
  return seen.map(({ data }) => Object.values(data)[0])
}
