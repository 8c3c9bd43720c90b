import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { startPublicServer, type PublicServer } from '../support/public-server.js'
import { abuses } from './abuse.js'

/** Of this process, which is the server's too: on a machine that does much else the clock tells of that. */
const mostCpuMs = 6_000
const mostMs = 10_000
const largestAnswer = 8_000

let server: PublicServer
beforeAll(async () => {
  server = await startPublicServer()
}, 120_000)
afterAll(async () => {
  await server.close()
})

const refusalShape = z.object({ errors: z.array(z.object({ extensions: z.object({ code: z.string() }) })).min(1) })

const post = (body: string, contentType = 'application/json'): Promise<Response> =>
  fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': contentType }, body })

describe('what no honest client asks is refused, with a code, at once', () => {
  test.each(abuses)('$what', async ({ body, contentType, codes }) => {
    const logged = server.logged.length
    const start = performance.now()
    const cpuStart = process.cpuUsage()
    const response = await post(body, contentType)
    const text = await response.text()
    const ms = performance.now() - start
    const cpu = process.cpuUsage(cpuStart)
    const refusal = refusalShape.safeParse(JSON.parse(text))
    const found = new Set(refusal.data?.errors.map((error) => error.extensions.code))
    expect([...found].filter((code) => !codes.includes(code))).toEqual([])
    expect(found.size).toBeGreaterThan(0)
    expect(text).not.toMatch(/call stack|RangeError|node_modules| at .*:\d+:\d+/)
    expect(text.length).toBeLessThan(largestAnswer)
    expect(ms).toBeLessThan(mostMs)
    expect((cpu.user + cpu.system) / 1000).toBeLessThan(mostCpuMs)
    const after = await post('{"query":"{ museums { totalCount } }"}')
    expect(await after.json()).toMatchObject({ data: { museums: { totalCount: 0 } } })
    expect(server.logged.slice(logged)).toEqual([])
  })
})
