import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { Registry } from 'prom-client'
import { z } from 'zod'
import { createGatewayWorld, repository, type GatewayWorld } from './support/gateway-world.js'
import type { Answer } from './support/record-world.js'
import { until } from './support/until.js'

const question = await readFile(`${repository}/docs/examples/three-agencies.graphql`, 'utf8')

const source = z.object({
  state: z.enum(['FRESH', 'STALE', 'FAILED', 'NEVER_FETCHED']),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  dataset: z.object({ code: z.string() }),
})
const districts = z.object({
  administrativeUnits: z.object({
    nodes: z.array(
      z.object({
        name: z.string(),
        schools: z.object({
          totalCount: z.number(),
          aggregate: z.object({ sum: z.object({ pupils: z.string().nullable() }) }),
          sources: z.array(source),
        }),
        healthFacilities: z.object({
          nodes: z.array(
            z.object({ name: z.string(), freeBeds: z.object({ available: z.number(), total: z.number() }).nullable() }),
          ),
          sources: z.array(source),
        }),
        busRoutes: z.object({
          nodes: z.array(
            z.object({
              code: z.string(),
              vehicles: z.object({ totalCount: z.number(), sources: z.array(source.omit({ dataset: true })) }),
            }),
          ),
          sources: z.array(source),
        }),
      }),
    ),
  }),
})

function nodesOf(answer: Answer): z.infer<typeof districts>['administrativeUnits']['nodes'] {
  expect(answer.errors).toBeUndefined()
  return districts.parse(answer.data).administrativeUnits.nodes
}

/** Whether the bus positions need to be read again. */
async function isOld(world: GatewayWorld): Promise<boolean> {
  const { rows } = await world.database.pool.query<{ old: boolean }>(
    `select bool_and(now() - fetched_at > (max_age_ms + 500) * interval '1 ms') as old from gateway.resource where mode = 'LIVE'`,
  )
  return rows[0]?.old ?? false
}

describe('one question over three agencies', () => {
  let world: GatewayWorld
  beforeAll(async () => {
    world = await createGatewayWorld()
    await world.gateway.harvest.firstHarvests
  })
  afterAll(async () => {
    await world.dispose()
  })

  test('answers for every district with schools, pupils, free beds and buses on the road, all fresh', async () => {
    const nodes = nodesOf(await world.query(question))
    expect(nodes.map((node) => node.name)).toEqual([
      'An Lão',
      'An Nhơn',
      'Hoài Ân',
      'Hoài Nhơn',
      'Phù Cát',
      'Phù Mỹ',
      'Quy Nhơn',
      'Tây Sơn',
      'Tuy Phước',
      'Vân Canh',
      'Vĩnh Thạnh',
    ])
    const quyNhon = nodes.find((node) => node.name === 'Quy Nhơn')
    expect(nodes.reduce((sum, node) => sum + node.schools.totalCount, 0)).toBe(635)
    expect(Number(quyNhon?.schools.aggregate.sum.pupils)).toBeGreaterThan(10_000)
    expect(
      quyNhon?.healthFacilities.nodes.some(({ freeBeds }) => freeBeds !== null && freeBeds.available <= freeBeds.total),
    ).toBe(true)
    expect(quyNhon?.busRoutes.nodes.reduce((sum, route) => sum + route.vehicles.totalCount, 0)).toBeGreaterThan(0)
    const sources = nodes.flatMap((node) =>
      [node.schools, node.healthFacilities, node.busRoutes].flatMap((each) => each.sources),
    )
    expect(new Set(sources.map((each) => each.dataset.code))).toEqual(
      new Set([
        'nurseries',
        'kindergartens',
        'primary-schools',
        'lower-secondary-schools',
        'upper-secondary-schools',
        'health-facilities',
        'bed-availability',
        'bus-network',
      ]),
    )
    expect(sources.every((each) => each.state === 'FRESH')).toBe(true)
  })

  test('counts the schools of a district as the records themselves say', async () => {
    const nodes = nodesOf(await world.query(question))
    const { rows } = await world.database.pool.query<{ name: string; schools: number; pupils: string }>(
      `select u.name, count(*)::int as schools, sum(s.pupils)::text as pupils
       from records."School" s join records."AdministrativeUnit" u on u._key = s.district group by u.name`,
    )
    for (const { name, schools, pupils } of rows) {
      const node = nodes.find((each) => each.name === name)
      expect([name, node?.schools.totalCount, node?.schools.aggregate.sum.pupils]).toEqual([name, schools, pupils])
    }
  })

  test('makes one upstream request for 200 concurrent queries that need live data', async () => {
    const { pool } = world.database
    const runs = async (): Promise<number> => {
      const { rows } = await pool.query<{ runs: number }>(
        `select count(*)::int as runs from gateway.run r join gateway.connector c on c.id = r.connector_id where c.code = 'bus-positions'`,
      )
      return rows[0]?.runs ?? 0
    }
    await until('the copy is older than its maxAge', () => isOld(world))
    const before = await runs()
    const answers = await Promise.all(
      Array.from({ length: 200 }, () => world.query('{ vehiclePositions(first: 1) { totalCount sources { state } } }')),
    )
    for (const answer of answers)
      expect(answer).toMatchObject({ data: { vehiclePositions: { sources: [{ state: 'FRESH' }] } } })
    expect(await runs()).toBe(before + 1)
  })

  test('asks the bed service once for 100 hospitals, with three statements in all', async () => {
    const { pool } = world.database
    await pool.query('create extension if not exists pg_stat_statements')
    const text =
      '{ healthFacilities(first: 100, orderBy: [{ code: ASC }]) { nodes { code freeBeds { available total } } } }'
    await pool.query('delete from records."BedAvailability"')
    await pool.query('delete from gateway.lookup_miss')
    const requests = world.health.requests.beds
    await pool.query(
      'select pg_stat_statements_reset(0, (select oid from pg_database where datname = current_database()))',
    )
    const answer = await world.query(text)
    const { rows } = await pool.query<{ query: string; calls: number }>(
      `select query, calls::int from pg_stat_statements s join pg_database d on d.oid = s.dbid
       where d.datname = current_database() and (query like '%"HealthFacility"%' or query like '%store_lookup%')`,
    )
    expect(answer.errors).toBeUndefined()
    expect(world.health.requests.beds).toBe(requests + 1)
    expect(rows.reduce((sum, row) => sum + row.calls, 0)).toBe(3)
    const { nodes } = z
      .object({ healthFacilities: z.object({ nodes: z.array(z.object({ freeBeds: z.unknown() })) }) })
      .parse(answer.data).healthFacilities
    expect(nodes).toHaveLength(100)
    expect(nodes.filter((node) => node.freeBeds !== null).length).toBeGreaterThan(10)
    // Known now, also what the service does not know: nothing is asked again.
    await world.query(text)
    expect(world.health.requests.beds).toBe(requests + 1)
  })
})

describe('with one agency stopped', () => {
  let world: GatewayWorld
  beforeAll(async () => {
    world = await createGatewayWorld()
    await world.gateway.harvest.firstHarvests
  })
  afterAll(async () => {
    await world.dispose()
  })

  /** Each connector of the agency is read as its schedule does. */
  async function harvestSchools(): Promise<string[]> {
    const { rows } = await world.database.pool.query<{ id: number }>(
      `select c.id from gateway.connector c join gateway.agency a on a.id = c.agency_id
       where a.code = 'education' and c.status = 'ACTIVE' order by c.id`,
    )
    const outcomes: string[] = []
    for (const { id } of rows) outcomes.push((await world.gateway.harvest.run(id, 'schedule')).outcome)
    return outcomes
  }

  /** What the metrics say of a connector's breaker. */
  async function breaker(connector: string): Promise<string | undefined> {
    const registry = new Registry()
    world.gateway.measure(registry)
    const text = await registry.metrics()
    return new RegExp(`gateway_connector_breaker_open\\{connector="${connector}"\\} (\\S+)`).exec(text)?.[1]
  }

  test('education: the schools are still answered, without errors, and the answer says so once a harvest has failed', async () => {
    expect([await breaker('bus-positions'), await breaker('bed-availability')]).toEqual(['0', '0'])
    const before = nodesOf(await world.query(question))
    await world.samples.get('education')?.close()
    // Nothing has been tried since: what is there was read a moment ago.
    const meanwhile = nodesOf(await world.query(question)).map(({ schools }) => schools)
    expect(meanwhile).toEqual(before.map(({ schools }) => schools))
    expect(meanwhile.every(({ sources }) => sources.every(({ state }) => state === 'FRESH'))).toBe(true)

    const outcomes = await harvestSchools()
    expect(outcomes.length).toBeGreaterThanOrEqual(5)
    expect(new Set(outcomes)).toEqual(new Set(['FAILED']))
    const after = nodesOf(await world.query(question))
    expect(after.map(({ name, schools: { totalCount, aggregate } }) => ({ name, totalCount, aggregate }))).toEqual(
      before.map(({ name, schools: { totalCount, aggregate } }) => ({ name, totalCount, aggregate })),
    )
    const sources = after.flatMap(({ schools }) => schools.sources)
    expect(sources.length).toBeGreaterThan(0)
    for (const { state, error } of sources) {
      expect(state).toBe('STALE')
      expect(error).toEqual({ code: 'UNREACHABLE', message: 'The source does not answer.' })
    }
    // The others are not touched by it.
    const others = after.flatMap(({ busRoutes, healthFacilities }) => [
      ...busRoutes.sources,
      ...healthFacilities.sources.filter(({ dataset }) => dataset.code === 'health-facilities'),
    ])
    expect(others.every(({ state }) => state === 'FRESH')).toBe(true)
  })

  test.each(['transport', 'health'])(
    '%s: the others answer, and the answer says what is stale and why',
    async (agency) => {
      await world.query(question)
      await world.samples.get(agency)?.close()
      await until('the live copy is older than its maxAge', () => isOld(world))
      // A looked-up answer is good for a minute, which nobody waits for here.
      await world.database.pool.query(`update records."BedAvailability" set _fetched_at = now() - interval '1 hour'`)
      const started = performance.now()
      const nodes = nodesOf(await world.query(question))
      expect(performance.now() - started).toBeLessThan(8000)
      expect(nodes.reduce((sum, node) => sum + node.schools.totalCount, 0)).toBe(635)
      const stale =
        agency === 'transport'
          ? nodes.flatMap((node) => node.busRoutes.nodes.flatMap((route) => route.vehicles.sources))
          : nodes.flatMap((node) =>
              node.healthFacilities.sources.filter((each) => each.dataset.code === 'bed-availability'),
            )
      expect(stale.length).toBeGreaterThan(0)
      for (const each of stale) {
        expect(each.state).toBe('STALE')
        expect(each.error?.code).toBe('UNREACHABLE')
        expect(each.error?.message).toBe('The source does not answer.')
      }
      // The last good copy is still there.
      expect(nodes.some((node) => node.busRoutes.nodes.some((route) => route.vehicles.totalCount > 0))).toBe(true)
      expect(nodes.some((node) => node.healthFacilities.nodes.some((facility) => facility.freeBeds !== null))).toBe(
        true,
      )
    },
  )

  test('the metrics tell of each source that queries wait for whether it is left alone', async () => {
    await until('it is left alone', async () => {
      await world.query('{ vehiclePositions(first: 1) { totalCount } }')
      return (await breaker('bus-positions')) === '1'
    })
    // Its schedule guards it.
    expect(await breaker('primary-schools')).toBeUndefined()
  })
})

describe('started while an agency is away', () => {
  let world: GatewayWorld
  beforeAll(async () => {
    world = await createGatewayWorld({ samples: false })
  })
  afterAll(async () => {
    await world.dispose()
  })

  test('what was never fetched is null with its sources, beside what is there', async () => {
    await world.gateway.harvest.firstHarvests
    const answer = await world.query(
      '{ administrativeUnits(first: 1) { nodes { schools { totalCount } } } schools { totalCount } }',
    )
    expect(answer.data).toEqual({ administrativeUnits: { nodes: [{ schools: null }] }, schools: null })
    expect(answer.errors?.map((error) => [error.path, error.extensions['code']])).toEqual(
      expect.arrayContaining([
        [['schools'], 'SOURCE_UNAVAILABLE'],
        [['administrativeUnits', 'nodes', 0, 'schools'], 'SOURCE_UNAVAILABLE'],
      ]),
    )
  })
})
