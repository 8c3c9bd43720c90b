import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createEducationAgency } from '../../examples/agencies/education/education-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createEducationAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['computer-training-centres', 49, ['status: Chưa rõ']],
  ['continuing-education-institutions', 164, ['learners: nhiều', 'commune: 00000']],
  ['language-training-centres', 146, ['teachers: x']],
  ['libraries', 450, ['floorArea: 6 x 8', 'standardLevel: Mức 3', 'titles: -12']],
  ['library-holdings', 3176, ['isbn: 604-1-00077', 'publishedYear: 20O4', 'title: ', 'BD002222']],
  ['vocational-education-institutions', 27, ['licensedOn: đang xin cấp lại']],
]

describe("the education department's registers", () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('a library leads to its holdings', async () => {
    const answer = await harvested.world.query(
      `{ libraries(where: { code: { eq: "TV0001" } }) { nodes { name holdings(where: { kind: { eq: BOOK } }, first: 1) { nodes { title library { code } } } } } }`,
    )
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toMatchObject({
      libraries: {
        nodes: [{ name: 'Thư viện tỉnh Bình Định', holdings: { nodes: [{ library: { code: 'TV0001' } }] } }],
      },
    })
  })
})
