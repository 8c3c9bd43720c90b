import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals'
import { parse, type ExecutionResult } from 'graphql'
import { anonymous, type Viewer } from '../../src/access/viewer.js'
import { stringifyResult } from '../../src/records/query/run/raw-json.js'
import { cameras, createRegistrationWorld, csv, type RegistrationWorld } from '../registration/registration-world.js'
import { administrator, coordinator } from '../support/agency-http.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'

let world: RegistrationWorld
let file: MutableFile
let agriculture: Viewer
const stop = new AbortController()

beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv(['A1,Một']))
  agriculture = await world.keyOf('agriculture')
})
afterEach(() => {
  file.replace(csv(['A1,Một']))
})
afterAll(async () => {
  stop.abort()
  await world.dispose()
})

const field = (name: string): object => ({ name, type: 'string', title: name, titleEn: name })

async function acceptType(name: string, plural: string, fields: readonly string[], force = false): Promise<void> {
  const schema = {
    name,
    plural,
    title: 'Trạm',
    titleEn: 'Station',
    description: 'Trạm đo.',
    descriptionEn: 'A station.',
    fields: [{ ...field('code'), constraints: { required: true } }, ...fields.map(field)],
    primaryKey: ['code'],
  }
  const { proposeRecordType } = await world.ask<{ proposeRecordType: { id: string } }>(
    'mutation($schema: JSON!) { proposeRecordType(schema: $schema) { id } }',
    { schema },
    agriculture,
  )
  await world.ask(
    'mutation($id: ID!, $force: Boolean!) { acceptRecordType(id: $id, force: $force) { code } }',
    { id: proposeRecordType.id, force },
    force ? administrator : coordinator,
  )
}

async function publish(dataset: string, recordType: string, plural: string): Promise<void> {
  const fields = { code: { column: 'code' }, name: { column: 'name' } }
  const manifest = cameras(file.url, dataset, { resources: [{ name: 'stations', recordType, fields }] })
  await world.register(manifest, agriculture)
  await until('it is published', async () =>
    JSON.stringify((await world.query(`{ ${plural} { totalCount } }`)).data).includes('"totalCount":1'),
  )
}

async function subscribe(text: string): Promise<AsyncIterator<ExecutionResult, undefined>> {
  const { service } = world.gateway
  const results = await service.subscribe({
    schema: service.schema(),
    document: parse(text),
    operationName: undefined,
    variables: {},
    viewer: anonymous,
    signal: stop.signal,
  })
  if (!(Symbol.asyncIterator in results)) throw new Error(JSON.stringify(results))
  return results[Symbol.asyncIterator]()
}

async function next(from: AsyncIterator<ExecutionResult, undefined>): Promise<unknown> {
  const { value } = await from.next()
  const data: unknown = JSON.parse(stringifyResult(value?.data))
  return data
}

test('a subscription to all changes has those of a record type that became public after it began', async () => {
  const events = await subscribe('subscription { changes { type dataset { code } record { key } } }')
  await acceptType('SnowGauge', 'snowGauges', ['name'])
  const first = next(events)
  await publish('snow', 'SnowGauge', 'snowGauges')
  expect(await first).toEqual({ changes: { type: 'LOADED', dataset: { code: 'snow' }, record: null } })
  const second = next(events)
  file.replace(csv(['A1,Hai']))
  await world.run('snow', agriculture)
  expect(await second).toEqual({ changes: { type: 'CHANGED', dataset: { code: 'snow' }, record: { key: 'A1' } } })
})

test('a subscription goes on when its record type has a field more', async () => {
  await acceptType('RainGauge', 'rainGauges', ['name'])
  await publish('rain', 'RainGauge', 'rainGauges')
  const events = await subscribe('subscription { rainGaugeChanges(where: { code: { eq: "A1" } }) { record { name } } }')
  await acceptType('RainGauge', 'rainGauges', ['name', 'height'])
  const first = next(events)
  file.replace(csv(['A1,Hai']))
  await world.run('rain', agriculture)
  expect(await first).toEqual({ rainGaugeChanges: { record: { name: 'Hai' } } })
})

test.each([
  ['selects', 'windGauge', 'WindGauge', 'subscription { windGaugeChanges { record { code mast } } }'],
  [
    'filters by',
    'tideGauge',
    'TideGauge',
    'subscription { tideGaugeChanges(where: { mast: { isNull: true } }) { type } }',
  ],
])('a subscription that %s a field that is gone ends and says so', async (_what, name, type, text) => {
  await acceptType(type, `${name}s`, ['name', 'mast'])
  await publish(name.toLowerCase(), type, `${name}s`)
  const events = await subscribe(text)
  await acceptType(type, `${name}s`, ['name'], true)
  const ended = expect(events.next()).rejects.toMatchObject({
    code: 'GRAPHQL_VALIDATION_FAILED',
    message: expect.stringMatching(/mast/),
  })
  file.replace(csv(['A1,Hai']))
  await world.run(name.toLowerCase(), agriculture)
  await ended
})

test('a subscription to a record type that is retired ends at once and says so, and others go on', async () => {
  await acceptType('FogGauge', 'fogGauges', ['name'])
  const events = await subscribe('subscription { fogGaugeChanges(where: { code: { eq: "A1" } }) { type } }')
  const other = next(await subscribe('subscription { trafficCameraChanges { type } }'))
  const ended = expect(events.next()).rejects.toMatchObject({
    code: 'GRAPHQL_VALIDATION_FAILED',
    message: expect.stringMatching(/FogGauge has been retired/),
  })
  await world.ask('mutation { retireRecordType(code: "FogGauge", force: true) }', {}, administrator)
  await ended
  await world.register(cameras(file.url, 'beside-fog'), agriculture)
  expect(await other).toEqual({ trafficCameraChanges: { type: 'LOADED' } })
})
