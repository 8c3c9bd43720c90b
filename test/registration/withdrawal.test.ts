import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Viewer } from '../../src/access/viewer.js'
import { coordinator } from '../support/agency-http.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, csv, run, type RegistrationWorld } from './registration-world.js'

const canary = 'nha ba Lan so 7'

let world: RegistrationWorld
let file: MutableFile
let transport: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv([`C1,${canary}`, 'C2,Hai', 'C3,Ba']))
  transport = await world.keyOf('transport')
  await world.register(cameras(file.url, 'cams'), transport)
})
afterAll(() => world.dispose())

const forget = `mutation($reason: String!) { forgetPastVersions(dataset: "cams", reason: $reason) { rows changes dataset { code } } }`

async function published(body: readonly string[], version: number): Promise<void> {
  file.replace(csv(body))
  await until(`version ${version} is public`, async () => {
    // Its first run may be under way still.
    await world.query(run, { code: 'cams' }, transport)
    const { rows } = await world.database.pool.query<{ version: number | null }>(
      `select max(v.number) as version from gateway.dataset_version v join gateway.dataset d on d.id = v.dataset_id where d.code = 'cams'`,
    )
    return rows[0]?.version === version
  })
}

/** The tables that hold the text. */
async function kept(): Promise<string[]> {
  const { rows } = await world.database.pool.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('gateway', 'records', 'staging')`,
  )
  const found = await Promise.all(
    rows.map(async ({ name }) => {
      const { rowCount } = await world.database.pool.query(`select 1 from ${name} t where t::text like $1`, [
        `%${canary}%`,
      ])
      return rowCount === 0 ? [] : [name]
    }),
  )
  return found.flat().sort()
}

const past = 'query($at: DateTime!) { trafficCameras(where: { code: { eq: "C1" } }, asOf: $at) { nodes { name } } }'

test('what was published before is kept nowhere, once its past was forgotten', async () => {
  await published([`C1,${canary}`, 'C2,Hai', 'C3,Ba'], 1)
  const at = new Date().toISOString()
  await published(['C1,Một', 'C2,Hai', 'C3,Ba'], 2)
  expect(await world.ask(past, { at }, coordinator)).toEqual({ trafficCameras: { nodes: [{ name: canary }] } })
  expect(await kept()).toEqual(['gateway.change_event', 'records."TrafficCamera~history"'])

  expect(await world.ask(forget, { reason: 'A home was named.' }, coordinator)).toEqual({
    forgetPastVersions: { rows: 1, changes: 2, dataset: { code: 'cams' } },
  })
  expect(await kept()).toEqual([])
  expect(await world.ask(past, { at }, coordinator)).toEqual({ trafficCameras: { nodes: [] } })
  expect(
    await world.ask('{ trafficCameras(where: { code: { eq: "C1" } }) { nodes { name } } }', {}, coordinator),
  ).toEqual({
    trafficCameras: { nodes: [{ name: 'Một' }] },
  })
  const { rows } = await world.database.pool.query('select oldest = position as all_gone from gateway.feed_head')
  expect(rows).toEqual([{ all_gone: true }])
})

test('it is in the log, needs a reason and a coordinator, and can be done again', async () => {
  const { auditLog } = await world.ask<{ auditLog: { nodes: object[] } }>(
    '{ auditLog(first: 1) { nodes { role action subject details } } }',
    {},
    coordinator,
  )
  expect(auditLog.nodes).toEqual([
    {
      role: 'COORDINATOR',
      action: 'dataset.pastForgotten',
      subject: 'dataset cams',
      details: { reason: 'A home was named.', rows: 1, changes: 2 },
    },
  ])
  expect(await world.refusal(forget, { reason: ' ' }, coordinator)).toMatch(/^BAD_USER_INPUT/)
  expect(await world.refusal(forget, { reason: 'x' }, transport)).toMatch(/^FORBIDDEN/)
  expect(await world.ask(forget, { reason: 'again' }, coordinator)).toMatchObject({
    forgetPastVersions: { rows: 0, changes: 0 },
  })
})

test('later versions have a past again', async () => {
  await published(['C1,Bốn', 'C2,Hai', 'C3,Ba'], 3)
  expect(await world.ask(forget, { reason: 'x' }, coordinator)).toMatchObject({
    forgetPastVersions: { rows: 1, changes: 1 },
  })
})
