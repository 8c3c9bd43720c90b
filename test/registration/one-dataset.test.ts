import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Viewer } from '../../src/access/viewer.js'
import { buildRecordTypes } from '../../src/records/schema/build-record-types.js'
import { parseRecordType } from '../../src/records/schema/parse-record-type.js'
import { valueOrThrow } from '../../src/records/schema/schema-problem.js'
import { applyRecordTypes } from '../../src/records/storage/apply-record-types.js'
import { coordinator } from '../support/agency-http.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, register, type RegistrationWorld } from './registration-world.js'

let world: RegistrationWorld
let file: MutableFile
let health: Viewer
let transport: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(Buffer.from('facility,available\nBV1,3\nBV2,0\n'))
  health = await world.keyOf('health')
  transport = await world.keyOf('transport')
})
afterAll(() => world.dispose())

/** A connector that publishes the type in a dataset of its own. */
const feeding = (code: string, recordType: string, fields: object) => ({
  manifest: cameras(file.url, code, { resources: [{ name: 'all', recordType, fields }] }),
})
const beds = { facility: { column: 'facility' }, available: { column: 'available' }, total: { constant: '5' } }

test('a type whose far side is one record cannot be brought into a second dataset', async () => {
  await world.ask(register, feeding('beds', 'BedAvailability', beds), health)
  const second = feeding('more-beds', 'BedAvailability', beds)
  const reason =
    'CONFLICT HealthFacility.freeBeds is one BedAvailability, so records of BedAvailability can be in one dataset only, not in beds and more-beds.'
  expect(await world.refusal(register, second, transport)).toBe(reason)
  expect(await world.query('{ dataset(code: "more-beds") { code } }')).toMatchObject({ data: { dataset: null } })
  // The same one may change.
  const renewed = feeding('beds', 'BedAvailability', { ...beds, total: { constant: '6' } })
  expect(await world.ask(register, renewed, health)).toMatchObject({ registerConnector: { outcome: 'CHANGED' } })
  // What a retired connector left is still answered.
  await until('it is published', async () => {
    const { rows } = await world.database.pool.query('select 1 from records."BedAvailability" where total = 6')
    return rows.length === 2
  })
  await world.ask('mutation { retireConnector(code: "beds") { code } }', {}, health)
  expect(await world.refusal(register, second, transport)).toBe(reason)
})

/** A station's reading; with `reverse` a station has one. */
const reading = (name: string, plural: string, reverse: string | undefined): object => ({
  ...{ name, plural, title: 'Số đo', titleEn: 'Reading', description: 'Số đo.', descriptionEn: 'A reading.' },
  fields: [
    { name: 'facility', type: 'string', title: 'Cơ sở', titleEn: 'Facility', constraints: { required: true } },
    { name: 'available', type: 'integer', title: 'Số', titleEn: 'Number' },
  ],
  primaryKey: ['facility'],
  foreignKeys: [
    {
      fields: 'facility',
      reference: { resource: 'HealthFacility', fields: 'key' },
      dataset: 'health-facilities',
      cardinality: 'one',
      reverse,
    },
  ],
})
const readings = { facility: { column: 'facility' }, available: { column: 'available' } }

const propose = 'mutation($schema: JSON!) { proposeRecordType(schema: $schema) { id } }'
const accept = 'mutation($id: ID!) { acceptRecordType(id: $id) { code } }'
const proposed = async (schema: object) =>
  (await world.ask<{ proposeRecordType: { id: string } }>(propose, { schema }, health)).proposeRecordType

test('two registrations at once cannot bring it into two datasets either', async () => {
  await world.ask(accept, await proposed(reading('Flow', 'flows', 'flow')), coordinator)
  const outcomes = await Promise.all(
    [health, transport].map((viewer, index) =>
      world.refusal(register, feeding(`flows-${index}`, 'Flow', readings), viewer),
    ),
  )
  expect(outcomes.map((outcome) => outcome.split(' ')[0]).sort()).toEqual(['CONFLICT', 'no'])
})

test('a change that makes the far side one record is refused while there are two datasets: proposed, accepted, or from a file', async () => {
  await world.ask(accept, await proposed(reading('Level', 'levels', undefined)), coordinator)
  await world.ask(register, feeding('levels-1', 'Level', readings), health)
  const single = reading('Level', 'levels', 'level')
  const waiting = await proposed(single)
  await world.ask(register, feeding('levels-2', 'Level', readings), transport)
  const reason = /HealthFacility\.level is one Level, .* not in levels-1 and levels-2/
  expect(await world.refusal(propose, { schema: single }, health)).toMatch(reason)
  expect(await world.refusal(accept, waiting, coordinator)).toMatch(reason)
  const now = world.gateway.service.types()
  const type = valueOrThrow(parseRecordType({ file: 'level.json', theme: undefined, content: single }, now.codeLists))
  const others = [...now.types.values()].filter(({ code }) => code !== 'Level')
  const types = valueOrThrow(buildRecordTypes([...others, type], [...now.codeLists.values()], now.revision))
  await expect(
    applyRecordTypes(world.database.pool, types, { origin: 'file', filesWin: true, force: true }),
  ).rejects.toThrow(reason)
  expect(world.gateway.service.schema().getType('HealthFacility')?.toString()).toBe('HealthFacility')
  expect(
    JSON.stringify(
      world.gateway.service
        .types()
        .reverseOf('HealthFacility')
        .map(({ name }) => name),
    ),
  ).not.toContain('"level"')
})
