import { Agent, request } from 'node:http'
import { expect, test } from '@jest/globals'
import { ServerBench } from './server.fixture.js'

/** Asks on one kept connection until the server says that it closes it; the answer is each status. */
async function askUntilClosed(url: string): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  const statuses: number[] = []
  for (let isClosed = false; !isClosed;) {
    isClosed = await new Promise<boolean>((resolve, reject) => {
      const sent = request(`${url}/graphql`, { method: 'POST', agent, headers: { 'content-type': 'application/json' } })
      sent.on('response', (response) => {
        statuses.push(response.statusCode ?? 0)
        response.resume().on('end', () => {
          resolve(response.headers.connection === 'close')
        })
      })
      sent.on('error', reject)
      sent.end('{"query":"{ hello }"}')
    })
  }
  agent.destroy()
  return statuses
}

test('who keeps connections loses no request when the server ends', async () => {
  const bench = await ServerBench.open({ drainMs: 500 })
  const clients = Array.from({ length: 20 }, () => askUntilClosed(bench.url))
  // Each of them is under way.
  await bench.post({ query: '{ hello }' })
  await bench.close()
  const statuses = (await Promise.all(clients)).flat()
  expect(statuses.length).toBeGreaterThanOrEqual(20)
  expect(new Set(statuses)).toEqual(new Set([200]))
  await expect(fetch(bench.url)).rejects.toThrow()
}, 30_000)
