import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { smallTypes } from '../../records/schema/small-types.fixture.js'
import { HarvestBench } from '../harvest.fixture.js'
import type { Harvest } from '../harvest.js'

/** What the statements that publish could call their own parts. */
const names = [
  'r',
  'k',
  'c',
  's',
  'i',
  'm',
  'n',
  'e',
  'f',
  'u',
  'v',
  'old',
  'excluded',
  'record',
  'previous',
  'kind',
  'first',
]
const titled = (name: string) => ({ name, type: 'string', title: name, titleEn: name })
const described = { title: 'x', titleEn: 'x', description: 'x', descriptionEn: 'x', primaryKey: ['code'] }
const fields = [{ ...titled('code'), constraints: { required: true } }, ...names.map(titled)]
const types = smallTypes([
  { ...described, name: 'Listed', plural: 'listeds', fields },
  { ...described, name: 'LookedUp', plural: 'lookedUps', fields },
])
const mapped = Object.fromEntries(['code', ...names].map((name) => [name, { column: name }]))

let bench: HarvestBench
let harvest: Harvest
beforeAll(async () => {
  bench = await HarvestBench.open({ types })
  harvest = await bench.replica()
})
afterAll(async () => {
  await bench.dispose()
})

const row = (key: string, tag: string) => ({
  code: key,
  ...Object.fromEntries(names.map((name) => [name, `${name} ${key} ${tag}`])),
})

/** The events of a dataset after its first load. */
const events = (dataset: string) =>
  bench.rows<{ type: string; record: unknown; previous: unknown }>(
    `select e.type, e.record, e.previous from gateway.change_event e join gateway.dataset d on d.id = e.dataset_id
     where d.code = $1 and e.type <> 'LOADED' order by e.position, e.key`,
    [dataset],
  )

const expected = [
  { type: 'REMOVED', record: null, previous: row('a', '1') },
  { type: 'CHANGED', record: row('b', '2'), previous: row('b', '1') },
  { type: 'ADDED', record: row('c', '2'), previous: null },
]

test('a list publishes its second version and tells what changed, whatever its fields are called', async () => {
  const { connectorId } = await bench.register({
    ...{
      connector: 'listed',
      dataset: 'listed',
      driver: 'rest-json',
      options: { url: `${bench.upstream.url}/listed` },
    },
    resources: [{ name: 'rows', recordType: 'Listed', fields: mapped }],
    refresh: { mode: 'snapshot', every: 'PT1H' },
    guards: { drop: 1 },
  })
  const versions = [
    [row('a', '1'), row('b', '1')],
    [row('b', '2'), row('c', '2')],
  ]
  for (const rows of versions) {
    bench.upstream.serve('/listed', JSON.stringify(rows), { 'content-type': 'application/json' })
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED' })
  }
  expect(await events('listed')).toMatchObject(expected)
})

test('so does what is looked up by key', async () => {
  let known = [row('a', '1'), row('b', '1')]
  bench.upstream.on('/looked-up', (_request, response) => {
    response.writeHead(200).end(JSON.stringify({ rows: known }))
  })
  await bench.register({
    ...{ connector: 'looked-up', dataset: 'looked-up', driver: 'rest-json' },
    options: { url: `${bench.upstream.url}/looked-up` },
    resources: [
      {
        name: 'rows',
        recordType: 'LookedUp',
        selection: { items: 'rows', lookup: { parameter: 'codes', batch: 3, keyField: 'code' } },
        fields: mapped,
      },
    ],
    refresh: { mode: 'lookup', maxAge: 'PT1M', patience: 'PT5S', batch: 3 },
  })
  await harvest.registry.reload()
  const resource = harvest.sources.resources().find(({ datasetCode }) => datasetCode === 'looked-up')
  const lookUp = () => harvest.sources.lookUp(resource?.id ?? 0, ['a', 'b', 'c'], new AbortController().signal)
  await lookUp()
  known = [row('b', '2'), row('c', '2')]
  await lookUp()
  expect(await events('looked-up')).toMatchObject(expected)
})
