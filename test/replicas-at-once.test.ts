import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from './support/database.js'
import { createGatewayWorld, type GatewayWorld } from './support/gateway-world.js'

let database: TestDatabase
let replicas: GatewayWorld[] = []
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(async () => {
  for (const replica of replicas) await replica.dispose()
  await database.dispose()
})

test('two replicas that start at once on an empty database make one gateway of it', async () => {
  const options = { databaseUrl: database.url, samples: new Set<string>() }
  const begun = await Promise.allSettled([createGatewayWorld(options), createGatewayWorld(options)])
  replicas = begun.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
  expect(begun).toMatchObject([{ status: 'fulfilled' }, { status: 'fulfilled' }])
  await Promise.all(replicas.map(({ gateway }) => gateway.harvest.firstHarvests))
  const { rows } = await database.pool.query(
    `select c.code, count(*)::int as runs from gateway.run r join gateway.connector c on c.id = r.connector_id group by c.code`,
  )
  expect(rows).toEqual([{ code: 'places', runs: 1 }])
  const question = '{ administrativeUnits(where: { kind: { eq: DISTRICT } }) { totalCount } datasets { totalCount } }'
  const answers = await Promise.all(replicas.map((replica) => replica.query(question)))
  expect(answers[0]).toMatchObject({ data: { datasets: { totalCount: expect.any(Number) } } })
  expect(answers[0]?.errors).toBeUndefined()
  expect(answers[1]?.data).toEqual(answers[0]?.data)
})
