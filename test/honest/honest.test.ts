import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { sampleAgencies } from '../../examples/agencies/index.js'
import { startPublicServer, type PublicServer } from '../support/public-server.js'
import { readHonestOperations } from './honest-operations.js'

/** HONEST_AGENCIES=all harvests all sample agencies, which takes more than a minute; else the types of most are empty. */
const agencies = process.env['HONEST_AGENCIES'] === 'all' ? sampleAgencies : new Map<string, never>()

const operations = await readHonestOperations(fileURLToPath(new URL('operations', import.meta.url)))

const answerShape = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(z.unknown()).optional(),
  extensions: z.object({ cost: z.object({ requested: z.number(), limit: z.number() }) }).optional(),
})

let server: PublicServer
const costs: { readonly name: string; readonly requested: number; readonly limit: number; readonly ms: number }[] = []

beforeAll(async () => {
  server = await startPublicServer(agencies)
}, 300_000)
afterAll(async () => {
  await server.close()
  const dearest = costs.sort((a, b) => b.requested - a.requested).slice(0, 5)
  const lines = dearest.map(
    ({ name, requested, limit, ms }) => `${requested} of ${limit} (${Math.round(ms)} ms): ${name}`,
  )
  process.stdout.write(`The dearest of ${costs.length} honest operations:\n  ${lines.join('\n  ')}\n`)
})

describe('no honest question is refused', () => {
  test('there are at least 200', () => {
    expect(operations.length).toBeGreaterThanOrEqual(200)
  })

  test.each(operations)('$name', async ({ name, query, operationName, variables }) => {
    const start = performance.now()
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, operationName, variables }),
    })
    const text = await response.text()
    const answer = answerShape.parse(JSON.parse(text))
    expect([response.status, answer.errors]).toEqual([200, undefined])
    expect(answer.data).toBeTruthy()
    const cost = answer.extensions?.cost
    if (cost !== undefined) costs.push({ name, ...cost, ms: performance.now() - start })
  })
})
