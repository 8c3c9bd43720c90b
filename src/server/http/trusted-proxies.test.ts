import { once } from 'node:events'
import { afterEach, describe, expect, test } from '@jest/globals'
import WebSocket from 'ws'
import { addressGroup } from '../address-group.js'
import { ServerBench } from '../server.fixture.js'
import { socketLimits } from '../sockets/web-socket-server.js'
import { streamLimits } from '../sockets/event-stream.js'
import { TrustedProxies } from './trusted-proxies.js'

const proxies = new TrustedProxies(['127.0.0.0/8', '10.1.0.0/16', 'fd00::/8'])
const socketsLeft: WebSocket[] = []
let bench: ServerBench | undefined

afterEach(async () => {
  for (const socket of socketsLeft.splice(0)) socket.terminate()
  await bench?.close()
})

/** A reserved stream of this client, which has only so many. */
async function reserve(forwardedFor: string): Promise<number> {
  const headers = { 'x-forwarded-for': forwardedFor }
  const { status } = await fetch(`${bench?.url}/graphql/stream`, { method: 'PUT', headers })
  return status
}

async function openSocket(forwardedFor: string): Promise<'open' | 'refused'> {
  const address = `${bench?.url.replace('http', 'ws')}/graphql`
  const socket = new WebSocket(address, 'graphql-transport-ws', { headers: { 'x-forwarded-for': forwardedFor } })
  socketsLeft.push(socket)
  return Promise.race([
    once(socket, 'open').then(() => 'open' as const),
    once(socket, 'unexpected-response').then(() => 'refused' as const),
  ])
}

/** As many as one client may have; together, since one that says nothing is closed after 3 s. */
async function openSockets(forwardedFor: (count: number) => string): Promise<void> {
  const opened = Array.from({ length: socketLimits.perAddress }, (_, count) => openSocket(forwardedFor(count)))
  expect(new Set(await Promise.all(opened))).toEqual(new Set(['open']))
}

describe('behind a proxy that is trusted', () => {
  test('each client of it has its own limits, over HTTP and WebSocket', async () => {
    bench = await ServerBench.open({ proxies })
    for (let count = 0; count < streamLimits.reserved.perAddress; count += 1) {
      // Whatever a client wrote itself stands before what the proxy adds.
      expect(await reserve(`198.51.100.${count}, 203.0.113.7`)).toBe(201)
    }
    expect(await reserve('203.0.113.7')).toBe(429)
    expect(await reserve('203.0.113.8')).toBe(201)
    await openSockets((count) => `198.51.100.${count}, 203.0.113.7, 10.1.2.3`)
    expect(await openSocket('203.0.113.7')).toBe('refused')
    expect(await openSocket('203.0.113.8')).toBe('open')
  })
})

describe('without one', () => {
  test('nobody has other limits for what it writes of itself', async () => {
    bench = await ServerBench.open()
    for (let count = 0; count < streamLimits.reserved.perAddress; count += 1) {
      expect(await reserve(`203.0.113.${count}`)).toBe(201)
    }
    expect(await reserve('203.0.113.99')).toBe(429)
    await openSockets((count) => `203.0.113.${count}`)
    expect(await openSocket('203.0.113.255')).toBe('refused')
  })
})

test.each([
  ['203.0.113.7', undefined, '203.0.113.7'],
  ['203.0.113.7', '10.0.0.1', '203.0.113.7'],
  ['10.1.0.1', undefined, '10.1.0.1'],
  ['::ffff:10.1.0.1', '203.0.113.7', '203.0.113.7'],
  ['fd00::1', '198.51.100.1, 2001:db8::7 , 10.1.0.2', '2001:db8::7'],
  ['10.1.0.1', '10.1.0.2, 10.1.0.3', '10.1.0.2'],
  ['10.1.0.1', '', '10.1.0.1'],
  ['10.1.0.1', '203.0.113.7, nonsense', 'nonsense'],
])('from %p with X-Forwarded-For %p comes %p', (remoteAddress, forwarded, client) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
  expect(proxies.clientOf({ remoteAddress, headers })).toBe(client)
})

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:4711', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['[2001:db8:1:2::9]:443', '2001:db8:1:2'],
])('limits know %p as %p', (address, group) => {
  expect(addressGroup(address)).toBe(group)
})
