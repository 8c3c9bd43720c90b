import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Viewer } from '../../src/access/viewer.js'
import type { MutableFile } from '../support/mutable-file.js'
import { cameras, createRegistrationWorld, csv, register, type RegistrationWorld } from './registration-world.js'

let world: RegistrationWorld
let file: MutableFile
let transport: Viewer
let health: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv(['C1,Cầu Thị Nại', 'C2,Ngã ba Phú Tài', 'C3,Ghềnh Ráng']))
  transport = await world.keyOf('transport')
  health = await world.keyOf('health')
})
afterAll(() => world.dispose())

test('credentials have no place in a manifest; one of an operator’s file is not shown', async () => {
  const told = { options: { url: `${file.url}?token=canary1` } }
  expect(await world.refusal(register, { manifest: cameras(file.url, 'leaky', told) }, transport)).toMatch(
    /^BAD_USER_INPUT .*setConnectorCredentials/,
  )
  await world.connect(cameras(file.url, 'leaky'), transport)
  await world.database.pool.query(
    `update gateway.connector set manifest = jsonb_set(manifest, '{options}', $1) where code = 'leaky'`,
    [
      JSON.stringify({
        url: 'https://me:canary2@example.org/a?page=1&access_token=canary3',
        headers: { 'X-Api-Key': 'canary4' },
      }),
    ],
  )
  const { connector: shown } = await world.ask<{ connector: { manifest: { options: object } } }>(
    '{ connector(code: "leaky") { manifest } }',
    {},
    transport,
  )
  expect(shown.manifest.options).toEqual({
    url: 'https://•••@example.org/a?page=1&access_token=•••',
    headers: { 'X-Api-Key': '•••' },
  })
})

test('an agency cannot mark another agency’s dataset as real by a manifest that is refused', async () => {
  const { pool } = world.database
  await pool.query(`update gateway.dataset set sample = true where code = 'primary-schools'`)
  const manifest = cameras(file.url, 'sneaky', { dataset: 'primary-schools', datasetEntry: undefined, sample: false })
  expect(await world.refusal(register, { manifest: JSON.parse(JSON.stringify(manifest)) as unknown }, health)).toMatch(
    /^FORBIDDEN/,
  )
  const { rows } = await pool.query(`select sample from gateway.dataset where code = 'primary-schools'`)
  expect(rows).toEqual([{ sample: true }])
})

test('a field that refers to no other record has nothing to resolve', async () => {
  const manifest = cameras(file.url, 'resolving')
  const resources = [
    {
      name: 'cameras',
      recordType: 'TrafficCamera',
      fields: { code: { column: 'code' }, name: { column: 'name', resolve: { by: 'name' } } },
    },
  ]
  expect(await world.refusal(register, { manifest: { ...manifest, resources } }, transport)).toMatch(
    /^BAD_USER_INPUT .*resources\[0\]\.fields\.name\.resolve: name refers to no other record/,
  )
})

test.each([
  'http://127.0.0.1:1/a.csv',
  'http://2130706433/a.csv',
  'http://[::ffff:10.0.0.1]/a.csv',
  'http://169.254.169.254/',
])('a manifest that leads to %s is refused before anything is asked of it', async (url) => {
  expect(await world.refusal(register, { manifest: cameras(url, 'inside') }, transport)).toBe(
    `BAD_USER_INPUT ${new URL(url).origin} is no public address, and the operator of the gateway does not allow it.`,
  )
  const second = { concat: [{ options: { url: file.url } }, { options: { url } }] }
  const [resource] = cameras(file.url, 'inside')['resources'] as Record<string, unknown>[]
  const manifest = cameras(file.url, 'inside', { resources: [{ ...resource, steps: [second] }] })
  expect(await world.refusal(register, { manifest }, transport)).toMatch(/^BAD_USER_INPUT .* is no public address/)
})
