import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { RecordWorld } from '../../../test/support/record-world.js'
import { createSchoolsWorld } from './schools-world.fixture.js'

let world: RecordWorld
beforeAll(async () => {
  world = await createSchoolsWorld()
})
afterAll(async () => {
  await world.dispose()
})

const question = '{ busStops { nodes { code freeBeds { available } } } }'
const beds = () => world.resources.find((resource) => resource.recordType === 'BedAvailability')!

/** What a lookup stored so many seconds ago; beds are kept for a minute. */
async function stored(rows: readonly { stop: string; available: number; secondsAgo: number }[]): Promise<void> {
  await world.database.pool.query('delete from records."BedAvailability"')
  for (const { stop, available, secondsAgo } of rows) {
    await world.database.pool.query(
      `insert into records."BedAvailability" (_dataset, _resource, _key, _hash, _version, _updated_at, _fetched_at, stop, available)
       values ($1, $2, $3, '', 1, now(), now() - $5 * interval '1 s', $3, $4)`,
      [beds().datasetId, beds().id, stop, available, secondsAgo],
    )
  }
}

/** The answer, and the keys that were looked up for it. */
async function asked(text = question): Promise<{ answer: unknown; keys: readonly string[] }> {
  world.asked.lookedUp.length = 0
  const { data, errors } = await world.query(text)
  expect(errors).toBeUndefined()
  return { answer: data, keys: world.asked.lookedUp.flatMap(({ keys }) => keys).sort() }
}

test('what is stored and not too old is answered without asking the source', async () => {
  await stored([
    { stop: 'S1', available: 3, secondsAgo: 10 },
    { stop: 'S2', available: 0, secondsAgo: 59 },
  ])
  expect(await asked()).toEqual({
    answer: {
      busStops: {
        nodes: [
          { code: 'S1', freeBeds: { available: 3 } },
          { code: 'S2', freeBeds: { available: 0 } },
        ],
      },
    },
    keys: [],
  })
})

test('what is too old or missing is looked up, and what is stored then is answered', async () => {
  await stored([{ stop: 'S1', available: 3, secondsAgo: 61 }])
  expect(await asked()).toEqual({
    answer: {
      busStops: {
        nodes: [
          { code: 'S1', freeBeds: { available: 3 } },
          { code: 'S2', freeBeds: null },
        ],
      },
    },
    keys: ['S1', 'S2'],
  })
})

test('what the source said not to know lately is not looked up', async () => {
  await stored([{ stop: 'S1', available: 3, secondsAgo: 10 }])
  await world.database.pool.query(
    `insert into gateway.lookup_miss (resource_id, key, checked_at) values ($1, 'S2', now() - interval '30 s')`,
    [beds().id],
  )
  expect((await asked()).keys).toEqual([])
  await world.database.pool.query(`update gateway.lookup_miss set checked_at = now() - interval '61 s'`)
  expect((await asked()).keys).toEqual(['S2'])
})

test('keys are found in nodes, in edges, under other names, below lists and below objects of the catalogue', async () => {
  await stored([])
  for (const [text, keys] of [
    ['{ busStops { edges { node { f: freeBeds { available } } } } }', ['S1', 'S2']],
    ['{ busRoutes(where: { code: { eq: "T2" } }) { nodes { stops { nodes { freeBeds { available } } } } } }', ['S2']],
    ['{ busStops { a: nodes { freeBeds { available } } b: nodes { key freeBeds { key } } } }', ['S1', 'S2']],
    ['{ busStop(dataset: "bus-network", key: "S1") { freeBeds { available } } }', ['S1']],
    [
      '{ dataset(code: "bus-network") { records(resource: "stops") { nodes { ... on BusStop { freeBeds { available } } } } } }',
      ['S1', 'S2'],
    ],
  ] as const) {
    expect({ text, keys: (await asked(text)).keys }).toEqual({ text, keys })
  }
})
