import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { GraphQLError, parse, validate, visit } from 'graphql'
import { z } from 'zod'
import { checkVariables } from '../../src/server/graphql/document-limits.js'
import { GatewayError } from '../../src/errors/gateway-error.js'
import { createRecordWorld, type RecordWorld } from '../support/record-world.js'
import { hostileRequest, type HostileRequest } from './hostile-requests.js'
import { foreignParts } from './statement-words.js'

/** INJECTION_RUNS and INJECTION_SEED choose how many requests are tried, and which. */
const runs = Number(process.env['INJECTION_RUNS'] ?? '600')
const seed = Number(process.env['INJECTION_SEED'] ?? '20250630')

let world: RecordWorld
/** The texts of all statements that were sent. */
const statements = new Set<string>()

beforeAll(async () => {
  world = await createRecordWorld()
  const row = { latitude: 13.78, longitude: 109.22, pupils: 5, openedOn: '1990-09-05', budget: '1.5', seats: '7' }
  const rows = ['A', 'B', 'C'].map((key) => ({ key, code: key, name: `Tiểu học ${key}`, ...row }))
  await world.seed({ dataset: 'primary-schools', resource: 'schools', recordType: 'School', rows })
  await world.seed({ dataset: 'places', resource: 'units', recordType: 'AdministrativeUnit', rows: [] })
  const { runner } = world
  const run = runner.run.bind(runner)
  runner.run = (sent, ...rest) => {
    for (const { text } of sent) statements.add(text)
    return run(sent, ...rest)
  }
})
afterAll(async () => {
  await world.dispose()
})

/** The codes of what is wrong with the answer; throws when the gateway failed. */
async function ask({ query, variables }: HostileRequest): Promise<string[]> {
  try {
    if (validate(world.public.schema, parse(query)).length > 0) return ['GRAPHQL_VALIDATION_FAILED']
    checkVariables(variables)
  } catch (error) {
    if (error instanceof GraphQLError) return ['GRAPHQL_PARSE_FAILED']
    if (error instanceof GatewayError) return [error.code]
    throw error
  }
  const { errors = [] } = await world.query(query, { ...variables })
  return errors.map(({ extensions }) => String(extensions['code']))
}

/** None where nothing was sent: the text may be no operation. */
function responseKeysOf(query: string): ReadonlySet<string> {
  const keys = new Set<string>()
  if (statements.size === 0) return keys
  visit(parse(query), { Field: ({ alias, name }) => void keys.add(alias?.value ?? name.value) })
  return keys
}

async function fingerprintOf(order: string): Promise<string> {
  const { data } = await world.query(`{ schools(first: 1${order}) { pageInfo { endCursor } } }`)
  const shape = z.object({ schools: z.object({ pageInfo: z.object({ endCursor: z.string() }) }) })
  const { endCursor } = shape.parse(data).schools.pageInfo
  const [fingerprint] = z.array(z.unknown()).parse(JSON.parse(Buffer.from(endCursor, 'base64url').toString()))
  return z.string().parse(fingerprint)
}

test('nothing of a request is in a statement but what the schema has, and no request makes the gateway fail', async () => {
  const fingerprints = [await fingerprintOf(''), await fingerprintOf(', orderBy: [{ name: ASC }, { pupils: DESC }]')]
  const codes = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(hostileRequest(fingerprints), async (request) => {
      statements.clear()
      const found = await ask(request)
      for (const code of found.length === 0 ? ['answered'] : found) codes.set(code, (codes.get(code) ?? 0) + 1)
      expect(found).not.toContain('INTERNAL')
      expect(found).not.toContain('TIMEOUT')
      const keys = responseKeysOf(request.query)
      for (const text of statements) expect(foreignParts(text, world.public.types, keys)).toEqual([])
    }),
    { seed, numRuns: runs },
  )
  // Otherwise it would say nothing: requests of all kinds came through.
  expect([...codes.keys()]).toEqual(
    expect.arrayContaining([
      'answered',
      'GRAPHQL_PARSE_FAILED',
      'GRAPHQL_VALIDATION_FAILED',
      'BAD_USER_INPUT',
      'CURSOR_INVALID',
    ]),
  )
  const { data } = await world.query('{ schools { nodes { name } } }')
  expect(data).toEqual({ schools: { nodes: [{ name: 'Tiểu học A' }, { name: 'Tiểu học B' }, { name: 'Tiểu học C' }] } })
}, 1_800_000)
