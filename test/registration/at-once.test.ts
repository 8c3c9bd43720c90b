import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type pg from 'pg'
import type { Viewer } from '../../src/access/viewer.js'
import { coordinator } from '../support/agency-http.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, csv, register, type RegistrationWorld } from './registration-world.js'

let world: RegistrationWorld
let file: MutableFile
let transport: Viewer
let health: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv(['A1,Một', 'A2,Hai']))
  transport = await world.keyOf('transport')
  health = await world.keyOf('health')
})
afterAll(() => world.dispose())

/** Everything that a registration writes. */
async function stored(): Promise<unknown> {
  const { rows } = await world.database.pool.query(
    `select (select json_agg(d order by d.id) from gateway.dataset d) as datasets,
       (select json_agg(c order by c.id) from gateway.connector c) as connectors,
       (select json_agg(v order by v.connector_id, v.version) from gateway.connector_version v) as versions,
       (select json_agg(json_build_array(r.id, r.name, r.record_type, r.active) order by r.id) from gateway.resource r) as resources,
       (select count(*) from gateway.audit_entry) as entries,
       (select revision from gateway.control_revision) as revision`,
  )
  return rows
}

const fields = { code: { column: 'code' }, name: { column: 'name' } }

test('a registration that is refused for whatever reason leaves nothing behind', async () => {
  await world.connect(cameras(file.url, 'taken'), transport)
  await world.connect(cameras(file.url, 'of-health'), health)
  const resource = { name: 'cameras', recordType: 'TrafficCamera', fields }
  const refused: readonly [RegExp, Record<string, unknown>][] = [
    // A code that another agency's connector has, for a dataset that is new.
    [/^CONFLICT .*code of-health is taken/, cameras(file.url, 'of-health', { dataset: 'new-one' })],
    // A connector that would leave its dataset for a new one.
    [/^CONFLICT .*already feeds another dataset/, cameras(file.url, 'taken', { dataset: 'new-two' })],
    // A resource of the dataset that another connector has.
    [/^CONFLICT .*Resource "cameras"/, cameras(file.url, 'second', { dataset: 'taken', resources: [resource] })],
    [/^FORBIDDEN/, cameras(file.url, 'third', { dataset: 'of-health' })],
    [/^BAD_USER_INPUT .*no theme/, cameras(file.url, 'fourth', { datasetEntry: entry({ theme: 'zebra' }) })],
    [/^BAD_USER_INPUT .*no dataset/, cameras(file.url, 'fifth', { datasetEntry: undefined })],
    // An entry that would be another one.
    [/^CONFLICT/, cameras(file.url, 'sixth', { dataset: 'taken', datasetEntry: entry({ license: 'CC0-1.0' }) })],
  ]
  const before = await stored()
  for (const [reason, manifest] of refused) {
    expect(await world.refusal(register, { manifest }, transport)).toMatch(reason)
    expect(await stored()).toEqual(before)
  }
})

function entry(more: object): object {
  return { title: { vi: 'Máy quay', en: 'Cameras' }, ...more }
}

test('of two agencies that describe one dataset at once one gets it', async () => {
  for (let round = 0; round < 5; round++) {
    const dataset = `contested-${round}`
    const outcomes = await Promise.all(
      [transport, health].map((viewer) =>
        world.refusal(
          register,
          { manifest: cameras(file.url, `${dataset}-${viewer.agencyCode ?? ''}`, { dataset }) },
          viewer,
        ),
      ),
    )
    expect(outcomes.map((outcome) => outcome.split(' ')[0]).sort()).toEqual(['FORBIDDEN', 'no'])
    const winner = outcomes[0] === 'no error' ? 'transport' : 'health'
    const { rows } = await world.database.pool.query(
      `select a.code as agency, (select array_agg(c.code) from gateway.connector c where c.dataset_id = d.id) as connectors
       from gateway.dataset d join gateway.agency a on a.id = d.agency_id where d.code = $1`,
      [dataset],
    )
    expect(rows).toEqual([{ agency: winner, connectors: [`${dataset}-${winner}`] }])
  }
})

const text = (name: string, more: object = {}) => ({ name, type: 'string', title: name, titleEn: name, ...more })

/** A record type that is public and that nothing uses. */
async function madePublic(name: string, plural: string): Promise<void> {
  const schema = {
    ...{ name, plural, title: 'Trạm', titleEn: 'Station', description: 'Trạm đo.', descriptionEn: 'A station.' },
    fields: [text('code', { constraints: { required: true } }), text('name')],
    primaryKey: ['code'],
  }
  const { proposeRecordType } = await world.ask<{ proposeRecordType: { id: string } }>(
    'mutation($schema: JSON!) { proposeRecordType(schema: $schema) { id } }',
    { schema },
    transport,
  )
  await world.ask('mutation($id: ID!) { acceptRecordType(id: $id) { code } }', proposeRecordType, coordinator)
}

const retire = 'mutation($code: ID!) { retireRecordType(code: $code) }'

/** Holds back the end of every management action until it is let go: each writes the log last. */
async function withTheLogHeld(work: (letGo: () => Promise<void>) => Promise<void>): Promise<void> {
  const client = await world.database.pool.connect()
  try {
    await client.query('begin')
    await client.query("select pg_advisory_xact_lock(hashtextextended('gateway.audit_entry', 0))")
    await work(async () => {
      await client.query('commit')
    })
  } finally {
    // When the work failed before it let go.
    await client.query('rollback')
    client.release()
  }
}

/** So many transactions of the gateway wait for a lock. */
async function waiting(count: number): Promise<void> {
  await until(`${count} transactions wait`, async () => {
    const { rows } = await world.database.pool.query<pg.QueryResultRow>(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    )
    return rows.length >= count
  })
}

test.each([
  ['registration', 'Mast', 'masts'],
  ['retirement', 'Buoy', 'buoys'],
])(
  'when a type is retired while a registration begins to use it, the %s that is first wins',
  async (first, code, plural) => {
    await madePublic(code, plural)
    const manifest = cameras(file.url, plural, { resources: [{ name: plural, recordType: code, fields }] })
    const actions = {
      registration: () => world.refusal(register, { manifest }, transport),
      retirement: () => world.refusal(retire, { code }, coordinator),
    }
    const order =
      first === 'registration' ? (['registration', 'retirement'] as const) : (['retirement', 'registration'] as const)
    const outcomes: Promise<string>[] = []
    await withTheLogHeld(async (letGo) => {
      for (const [index, action] of order.entries()) {
        outcomes.push(actions[action]())
        await waiting(index + 1)
      }
      await letGo()
    })
    const [winner, loser] = await Promise.all(outcomes)
    expect(winner).toBe('no error')
    expect(loser).toMatch(
      first === 'registration' ? /^CONFLICT .*used by masts/ : /^CONFLICT .*Buoy does not exist any more/,
    )
    const { rows } = await world.database.pool.query(
      `select definition <> 'null' as there, (select count(*)::int from gateway.resource where record_type = code) as resources,
       to_regclass('records."' || code || '"') is not null as stored
     from gateway.record_type where code = $1`,
      [code],
    )
    const there = first === 'registration'
    expect(rows).toEqual([{ there, resources: there ? 1 : 0, stored: there }])
  },
)
