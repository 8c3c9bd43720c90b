import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { parse } from 'graphql'
import { anonymous, type Viewer } from '../../src/access/viewer.js'
import { stringifyResult } from '../../src/records/query/run/raw-json.js'
import { administrator, coordinator } from '../support/agency-http.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, csv, type RegistrationWorld } from './registration-world.js'

let world: RegistrationWorld
let file: MutableFile
let agriculture: Viewer
let transport: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv(['A1,Một', 'A2,Hai']))
  agriculture = await world.keyOf('agriculture')
  transport = await world.keyOf('transport')
})
afterAll(() => world.dispose())

const text = (name: string, more: object = {}) => ({ name, type: 'string', title: name, titleEn: name, ...more })

function schemaOf(name: string, plural: string, fields: readonly object[], more: object = {}): object {
  return {
    name,
    plural,
    title: 'Trạm',
    titleEn: 'Station',
    description: 'Trạm đo.',
    descriptionEn: 'A station.',
    fields: [text('code', { constraints: { required: true } }), text('name'), ...fields],
    primaryKey: ['code'],
    ...more,
  }
}

const propose = `mutation($schema: JSON!, $lists: [JSON!]) { proposeRecordType(schema: $schema, codeLists: $lists) {
  id code status agency { code } changes breaking } }`
const accept =
  'mutation($id: ID!, $force: Boolean!) { acceptRecordType(id: $id, force: $force) { code status changes } }'

async function proposed(schema: object, lists: readonly object[] = [], viewer = agriculture): Promise<string> {
  const { proposeRecordType } = await world.ask<{ proposeRecordType: { id: string } }>(
    propose,
    { schema, lists },
    viewer,
  )
  return proposeRecordType.id
}

const accepted = (id: string, viewer = coordinator, force = false) => world.ask(accept, { id, force }, viewer)
const isPublic = (plural: string): boolean =>
  world.gateway.service.schema().getQueryType()?.getFields()[plural] !== undefined

const kinds = {
  name: 'GaugeKind',
  title: 'Loại trạm',
  titleEn: 'Kind',
  values: [
    { value: 'RAIN', label: 'Mưa', labelEn: 'Rain' },
    { value: 'RIVER', label: 'Sông', labelEn: 'River' },
  ],
}

test('a proposed type is public when a coordinator accepts it, without a restart, and an agency maps onto it', async () => {
  const schema = schemaOf('FloodGauge', 'floodGauges', [text('kind', { codeList: 'GaugeKind' })])
  const answer = await world.ask(propose, { schema, lists: [kinds] }, agriculture)
  expect(answer).toEqual({
    proposeRecordType: {
      id: expect.any(String),
      code: 'FloodGauge',
      status: 'PROPOSED',
      agency: { code: 'agriculture' },
      changes: ['The code list GaugeKind is new.', 'The record type FloodGauge is new.'],
      breaking: false,
    },
  })
  expect(isPublic('floodGauges')).toBe(false)
  const { id } = (answer as { proposeRecordType: { id: string } }).proposeRecordType
  expect(await accepted(id)).toEqual({ acceptRecordType: { code: 'FloodGauge', status: 'ACCEPTED', changes: [] } })
  expect(isPublic('floodGauges')).toBe(true)

  const manifest = cameras(file.url, 'flood-gauges', {
    resources: [
      {
        name: 'gauges',
        recordType: 'FloodGauge',
        fields: { code: { column: 'code' }, name: { column: 'name' }, kind: { constant: 'RAIN' } },
      },
    ],
  })
  await world.register(manifest, agriculture)
  await until('it is published', async () => {
    const seen = await world.query('{ floodGauges(where: { kind: { eq: RAIN } }) { totalCount } }')
    return JSON.stringify(seen.data) === '{"floodGauges":{"totalCount":2}}'
  })
  const retire = 'mutation($force: Boolean!) { retireRecordType(code: "FloodGauge", force: $force) }'
  for (const force of [false, true]) {
    expect(await world.refusal(retire, { force }, administrator)).toMatch(/^CONFLICT .*used by flood-gauges/)
  }
  await world.ask('mutation { retireConnector(code: "flood-gauges") { code } }', {}, agriculture)
  expect(await world.refusal(retire, { force: false }, coordinator)).toMatch(/^CONFLICT .*still has records/)
  expect(await world.refusal(retire, { force: true }, coordinator)).toMatch(/^FORBIDDEN/)
  expect(await world.ask(retire, { force: true }, administrator)).toEqual({ retireRecordType: 'FloodGauge' })
  expect(isPublic('floodGauges')).toBe(false)
  expect(
    await world.ask('{ dataset(code: "flood-gauges") { recordCount resources { name } } }', {}, anonymous),
  ).toEqual({
    dataset: { recordCount: 0, resources: [] },
  })
})

test('a query in flight keeps its schema, and a subscription goes on', async () => {
  await world.register(cameras(file.url, 'followed'), transport)
  const count = () => world.query('{ trafficCameras(dataset: ["followed"]) { totalCount } }')
  await until('it is published', async () => JSON.stringify((await count()).data).includes('"totalCount":2'))
  const { service } = world.gateway
  const stop = new AbortController()
  const events = await service.subscribe({
    schema: service.schema(),
    document: parse('subscription { trafficCameraChanges { type record { code } dataset { code } } }'),
    operationName: undefined,
    variables: {},
    viewer: anonymous,
    signal: stop.signal,
  })
  if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events))
  const iterator = events[Symbol.asyncIterator]()
  const next = iterator.next()

  const holder = await world.database.pool.connect()
  try {
    await holder.query('begin; lock table records."TrafficCamera" in access exclusive mode')
    const inFlight = count()
    const id = await proposed(schemaOf('TideGauge', 'tideGauges', []))
    await accepted(id)
    expect(isPublic('tideGauges')).toBe(true)
    await holder.query('commit')
    expect((await inFlight).data).toEqual({ trafficCameras: { totalCount: 2 } })
  } finally {
    holder.release()
  }
  file.replace(csv(['A1,Một', 'A2,Hai', 'A3,Ba']))
  expect(await world.run('followed', transport)).toMatchObject({ added: 1 })
  const { value } = (await next) as IteratorResult<{ data: unknown }, undefined>
  expect(JSON.parse(stringifyResult(value?.data))).toEqual({
    trafficCameraChanges: { type: 'ADDED', record: { code: 'A3' }, dataset: { code: 'followed' } },
  })
  stop.abort()
  await iterator.return?.()
})

test('a change that breaks what is published is refused with the reasons, and an administrator can force it', async () => {
  await accepted(await proposed(schemaOf('WindGauge', 'windGauges', [text('mast')])))
  const narrower = await proposed(schemaOf('WindGauge', 'windGauges', []))
  const seen = await world.ask('{ recordTypeProposals(first: 1) { nodes { code breaking changes } } }', {}, agriculture)
  expect(seen).toEqual({
    recordTypeProposals: { nodes: [{ code: 'WindGauge', breaking: true, changes: [expect.stringContaining('mast')] }] },
  })
  const { errors } = await world.query(accept, { id: narrower, force: false }, coordinator)
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', reasons: [expect.stringContaining('mast')] })
  expect(await world.refusal(accept, { id: narrower, force: true }, coordinator)).toMatch(/^FORBIDDEN/)
  await accepted(narrower, administrator, true)
  const type = world.gateway.service.types().types.get('WindGauge')
  expect(type?.fields.map(({ name }) => name)).toEqual(['code', 'name'])
  const wider = await proposed(schemaOf('WindGauge', 'windGauges', [text('height')]))
  await accepted(wider)
  expect(world.gateway.service.types().types.get('WindGauge')?.fields).toHaveLength(3)
})

test.each([
  [{ name: 'x' }, /^BAD_USER_INPUT/],
  [schemaOf('School2', 'schools', []), /^BAD_USER_INPUT .*schools/],
  [schemaOf('ConnectorRun', 'connectorRuns', []), /^BAD_USER_INPUT .*ConnectorRun/],
  [schemaOf('Buoy', 'connectors', []), /^BAD_USER_INPUT .*connectors/],
  [schemaOf('Buoy', 'buoys', [text('kind', { codeList: 'NoSuchList' })]), /^BAD_USER_INPUT .*NoSuchList/],
  [schemaOf('Buoy', 'buoys', [text('id')]), /^BAD_USER_INPUT/],
  ['drop table', /^BAD_USER_INPUT/],
])('does not take the proposal %j', async (schema, message) => {
  expect(await world.refusal(propose, { schema, lists: [] }, agriculture)).toMatch(message)
})

test('an agency proposes and sees its own proposals; only coordinators and administrators decide, once', async () => {
  const id = await proposed(schemaOf('SnowGauge', 'snowGauges', []))
  const list = '{ recordTypeProposals(first: 100) { nodes { id } } }'
  const others = await world.ask<{ recordTypeProposals: { nodes: { id: string }[] } }>(list, {}, transport)
  expect(others.recordTypeProposals.nodes).toEqual([])
  const all = await world.ask<typeof others>(list, {}, coordinator)
  expect(all.recordTypeProposals.nodes).toContainEqual({ id })
  const reject = 'mutation($id: ID!, $reason: String!) { rejectRecordType(id: $id, reason: $reason) { status reason } }'
  for (const viewer of [agriculture, transport]) {
    expect(await world.refusal(accept, { id, force: false }, viewer)).toMatch(/^FORBIDDEN/)
    expect(await world.refusal(reject, { id, reason: 'no' }, viewer)).toMatch(/^FORBIDDEN/)
  }
  expect(await world.refusal(propose, { schema: {}, lists: [] }, anonymous)).toMatch(/^UNAUTHENTICATED/)
  expect(await world.refusal(reject, { id, reason: ' ' }, coordinator)).toMatch(/^BAD_USER_INPUT/)
  expect(await world.ask(reject, { id, reason: 'Use RainGauge.' }, coordinator)).toEqual({
    rejectRecordType: { status: 'REJECTED', reason: 'Use RainGauge.' },
  })
  expect(await world.refusal(accept, { id, force: false }, coordinator)).toMatch(/^CONFLICT .*decided already/)
  expect(await world.refusal(accept, { id: '999', force: false }, coordinator)).toMatch(/^NOT_FOUND/)
  expect(isPublic('snowGauges')).toBe(false)
})

test('types that are accepted at the same time are all public', async () => {
  const names = ['Alpha', 'Beta', 'Gamma']
  const ids: string[] = []
  for (const name of names) ids.push(await proposed(schemaOf(`${name}Gauge`, `${name.toLowerCase()}Gauges`, [])))
  await Promise.all(ids.map((id) => accepted(id)))
  for (const name of names) {
    await until(`${name} is public`, () => isPublic(`${name.toLowerCase()}Gauges`))
  }
  const twice = await proposed(schemaOf('TwiceGauge', 'twiceGauges', []))
  const both = await Promise.all([1, 2].map(() => world.query(accept, { id: twice, force: false }, coordinator)))
  expect(both.filter(({ errors }) => errors === undefined)).toHaveLength(1)
})

test('a type of the operator’s files is not retired here, nor one that another refers to', async () => {
  const retire = 'mutation($code: ID!) { retireRecordType(code: $code) }'
  expect(await world.refusal(retire, { code: 'Pharmacy' }, coordinator)).toMatch(/^CONFLICT .*operator's files/)
  expect(await world.refusal(retire, { code: 'NoSuch' }, coordinator)).toMatch(/^NOT_FOUND/)
  await accepted(await proposed(schemaOf('Mast', 'masts', [])))
  const reading = schemaOf('MastReading', 'mastReadings', [text('mast')], {
    foreignKeys: [
      {
        fields: 'mast',
        reference: { resource: 'Mast', fields: 'key' },
        dataset: 'same',
        cardinality: 'one',
        reverse: 'readings',
      },
    ],
  })
  await accepted(await proposed(reading))
  expect(await world.refusal(retire, { code: 'Mast' }, coordinator)).toMatch(/^CONFLICT .*referred to/)
  await world.ask(retire, { code: 'MastReading' }, coordinator)
  await world.ask(retire, { code: 'Mast' }, coordinator)
  expect(isPublic('masts')).toBe(false)
  expect(await world.ask('{ verifyAuditLog { intact } }', {}, administrator)).toEqual({
    verifyAuditLog: { intact: true },
  })
})
