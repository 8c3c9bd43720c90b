import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { quote, recordTable } from '../../../database/identifiers.js'
import type { RecordWorld } from '../../../../test/support/record-world.js'
import { createSchoolsWorld } from '../schools-world.fixture.js'

let world: RecordWorld
beforeAll(async () => {
  world = await createSchoolsWorld()
})
afterAll(async () => {
  await world.dispose()
})

const byPupils = `query Big($atLeast: Int, $names: Boolean = true) {
  schools(where: { pupils: { gte: $atLeast } }, orderBy: [{ key: ASC }]) { totalCount nodes { key name @include(if: $names) } } }`

/** So often that all that is known of it is used. */
async function again(text: string, variables?: Record<string, unknown>): ReturnType<RecordWorld['query']> {
  for (let time = 1; time < 4; time += 1) await world.query(text, variables)
  return world.query(text, variables)
}

test('a query that comes again is answered from the rows as they are by then', async () => {
  const text = '{ schools(where: { code: { eq: "P1" } }) { nodes { name } } }'
  expect((await again(text)).data).toEqual({ schools: { nodes: [{ name: 'Tiểu học Trần Phú' }] } })
  await world.database.pool.query(
    `update ${recordTable('School')} set ${quote('name')} = 'Trường mới' where _key = 'P1'`,
  )
  expect((await world.query(text)).data).toEqual({ schools: { nodes: [{ name: 'Trường mới' }] } })
})

test('other variables are another question, whatever came before', async () => {
  const keys = async (variables: Record<string, unknown>): Promise<unknown> => (await again(byPupils, variables)).data
  expect(await keys({ atLeast: 400, names: false })).toEqual({ schools: { totalCount: 1, nodes: [{ key: 'P1' }] } })
  expect(await keys({ atLeast: 300, names: false })).toEqual({
    schools: { totalCount: 2, nodes: [{ key: 'P1' }, { key: 'P2' }] },
  })
  const all = await keys({})
  expect(await keys({ atLeast: null })).toEqual(all)
  expect(await keys({ atLeast: 300 })).not.toEqual(all)
})

test('a number that is none is refused, also when null came before', async () => {
  await again(byPupils, { atLeast: null })
  const answer = await world.query(byPupils, { atLeast: Infinity })
  expect(answer.errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT')
})

test('a dataset that is registered after a query came is part of its next answer', async () => {
  const text = '{ administrativeUnits { totalCount } }'
  const count = async (): Promise<unknown> => (await again(text)).data
  const before = await count()
  await world.seed({
    dataset: 'other-places',
    resource: 'units',
    recordType: 'AdministrativeUnit',
    rows: [{ key: '1~2025-07-01', code: '1', name: 'Nơi khác', validFrom: '2025-07-01' }],
  })
  expect(await count()).not.toEqual(before)
})

test('costs as much as the first time', async () => {
  const first = await world.query('{ schools(first: 7) { nodes { key } } }')
  const later = await again('{ schools(first: 7) { nodes { key } } }')
  expect(later.extensions).toEqual(first.extensions)
})
