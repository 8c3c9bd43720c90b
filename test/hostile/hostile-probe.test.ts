import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { administrator, agencyHeader, serveWorld } from '../support/agency-http.js'
import { createGatewayWorld, repository, type GatewayWorld } from '../support/gateway-world.js'
import { probeProgram } from '../support/reading-program.js'
import type { GatewayServer } from '../../src/server/gateway-server.js'
import type { Behaviour } from './behaviour.js'
import { zipBehaviours } from './zip-behaviours.js'

let world: GatewayWorld
let server: GatewayServer
let agency: string
let hostile: Server
let hostileUrl: string

beforeAll(async () => {
  world = await createGatewayWorld({ samples: false, probeProgram })
  server = await serveWorld(world)
  agency = await agencyHeader(world, 'agriculture')
  const good = {
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    body: await readFile(join(repository, 'docs/examples/gieng-khoan-corrected.xlsx')),
  }
  const elsewhere = { canary: '', selfSigned: '', expired: '' }
  hostile = createServer((request, response) => {
    const behaviour = zipBehaviours.find(({ name }) => `/${encodeURIComponent(name)}` === request.url)
    if (behaviour === undefined) response.writeHead(404).end()
    else behaviour.play({ request, response, good, nth: 1, elsewhere })
  })
  await new Promise<void>((resolve) => {
    hostile.listen(0, '127.0.0.1', resolve)
  })
  hostileUrl = `http://127.0.0.1:${(hostile.address() as AddressInfo).port}`
  world.outbound.allow(hostileUrl)
})
afterAll(async () => {
  hostile.close()
  await server.close()
  await world.dispose()
})

const addressOf = ({ name }: Behaviour) => `${hostileUrl}/${encodeURIComponent(name)}`

/** The slowest of the queries that are asked, one after the other, while something else goes on. Milliseconds. */
async function slowestAnswerDuring(work: Promise<unknown>): Promise<number> {
  const ended = new AbortController()
  const working = work.finally(() => {
    ended.abort()
  })
  let slowest = 0
  while (!ended.signal.aborted) {
    const since = performance.now()
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ agencies { code } }' }),
    })
    expect(response.status).toBe(200)
    await response.arrayBuffer()
    slowest = Math.max(slowest, performance.now() - since)
  }
  await working
  return slowest
}

interface Report {
  readonly publishable: boolean
  readonly fault: { readonly code: string; readonly vi: string } | null
}

test.each(zipBehaviours)('a probe of $name is a report, and the gateway answers meanwhile', async (behaviour) => {
  const body = Buffer.from(await (await fetch(addressOf(behaviour))).arrayBuffer())
  const probing = fetch(`${server.url}/connectors/probe`, { method: 'PUT', body, headers: { authorization: agency } })
  expect(await slowestAnswerDuring(probing)).toBeLessThan(2_000)
  const response = await probing
  if (response.status === 415) return
  expect(response.status).toBe(200)
  const { publishable, fault } = (await response.json()) as Report
  // A probe knows no version that it could have dropped below, and proposes no mapping onto columns that are not there.
  if (fault === null) expect(behaviour.expected).toContain('SUCCESS')
  else expect([...behaviour.expected, 'MAPPING', 'TOO_DEMANDING']).toContain(fault.code)
  expect(publishable).toBe(fault === null)
})

test('a source that serves a hostile workbook is probed the same way over GraphQL', async () => {
  const workbook = zipBehaviours.find(({ name }) => name.startsWith('a 6 KB workbook'))!
  const probing = world.query(
    'mutation($input: JSON!) { probeConnector(input: $input) { publishable driver fault { code vi } } }',
    { input: { url: addressOf(workbook) } },
    administrator,
  )
  expect(await slowestAnswerDuring(probing)).toBeLessThan(2_000)
  const { data } = await probing
  expect(data).toEqual({
    probeConnector: { publishable: false, driver: 'xlsx', fault: { code: expect.any(String), vi: expect.any(String) } },
  })
})

test('no process of a probe is left', async () => {
  const { rows } = await world.database.pool.query(
    `select 1 from pg_stat_activity where datname = current_database() and application_name = 'gateway probe'`,
  )
  expect(rows).toEqual([])
})
