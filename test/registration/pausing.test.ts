import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Viewer } from '../../src/access/viewer.js'
import type { MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'
import { cameras, createRegistrationWorld, csv, run, type RegistrationWorld } from './registration-world.js'

let world: RegistrationWorld
let file: MutableFile
let transport: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv(['C1,Cầu Thị Nại', 'C2,Ngã ba Phú Tài', 'C3,Ghềnh Ráng']))
  transport = await world.keyOf('transport')
})
afterAll(() => world.dispose())

/** Registered and read for the first time. */
const connected = (code: string): Promise<void> => world.connect(cameras(file.url, code), transport)

test('a paused connector is updated and rolled back without reading its source, which its resumption does', async () => {
  await connected('mended')
  const runs = async () => {
    const answer = await world.ask<{ connector: { runs: { nodes: { connectorVersion: number; reason: string }[] } } }>(
      '{ connector(code: "mended") { runs(first: 1) { nodes { connectorVersion reason } } } }',
      {},
      transport,
    )
    return answer.connector.runs.nodes[0]
  }
  await world.ask('mutation { pauseConnector(code: "mended") { status } }', {}, transport)
  const manifest = cameras(file.url, 'mended', { refresh: { mode: 'snapshot', every: 'PT1H' } })
  expect(
    await world.ask(
      `mutation($manifest: JSON!) {
        updateConnector(code: "mended", manifest: $manifest) { version outcome connector { status } }
        rollBackConnector(code: "mended", version: 1) { version outcome connector { status } }
      }`,
      { manifest },
      transport,
    ),
  ).toEqual({
    updateConnector: { version: 2, outcome: 'CHANGED', connector: { status: 'PAUSED' } },
    rollBackConnector: { version: 3, outcome: 'CHANGED', connector: { status: 'PAUSED' } },
  })
  // Whatever an update began to read would be under way before what is asked for after it.
  await connected('after-mended')
  expect(await runs()).toMatchObject({ connectorVersion: 1 })
  await world.ask('mutation { resumeConnector(code: "mended") { status } }', {}, transport)
  await until('the version that runs now was read', async () => (await runs())?.connectorVersion === 3)
})

test('what is paused is read only when asked to; what is retired is not read, and keeps its records', async () => {
  await connected('switched')
  const status = (operation: string) =>
    world.ask(`mutation { ${operation}(code: "switched") { status } }`, {}, transport)
  expect(await status('pauseConnector')).toEqual({ pauseConnector: { status: 'PAUSED' } })
  expect(await status('pauseConnector')).toEqual({ pauseConnector: { status: 'PAUSED' } })
  const registry = world.gateway.harvest.registry
  const known = () => registry.connectors().find(({ code }) => code === 'switched')?.status
  expect(known()).toBe('PAUSED')
  expect(await world.run('switched', transport)).toMatchObject({
    outcome: 'UNCHANGED',
  })
  expect(await status('resumeConnector')).toEqual({ resumeConnector: { status: 'ACTIVE' } })
  expect(known()).toBe('ACTIVE')
  expect(await status('retireConnector')).toEqual({ retireConnector: { status: 'RETIRED' } })
  expect(known()).toBeUndefined()
  expect(await world.refusal(run, { code: 'switched' }, transport)).toMatch(/^CONFLICT/)
  const { rows } = await world.database.pool.query(
    `select 1 from records."TrafficCamera" r join gateway.dataset d on d.id = r._dataset where d.code = 'switched'`,
  )
  expect(rows).toHaveLength(3)
})

test('records of a retired connector are in no list of those that others still publish, nor in its count', async () => {
  await connected('left-over')
  await connected('still-there')
  const list = '{ trafficCameras(first: 1000) { totalCount nodes { key dataset { code } } aggregate { count } } }'
  interface Cameras {
    totalCount: number
    nodes: { dataset: { code: string } }[]
    aggregate: { count: number }
  }
  const listed = async () => (await world.ask<{ trafficCameras: Cameras }>(list, {}, transport)).trafficCameras
  const from = (code: string, { nodes }: Cameras) => nodes.filter(({ dataset }) => dataset.code === code).length
  const before = await listed()
  expect(before.nodes).toHaveLength(before.totalCount)
  await world.ask('mutation { retireConnector(code: "left-over") { status } }', {}, transport)
  const after = await listed()
  expect([from('left-over', after), from('still-there', after)]).toEqual([0, from('still-there', before)])
  expect([after.nodes.length, after.aggregate.count]).toEqual([after.totalCount, after.totalCount])
})
