import { describe, expect, test } from '@jest/globals'
import { createEducationAgency } from '../../examples/agencies/education/education-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

describe("the education department's registers", () => {
  const agency = agencyUnderTest(createEducationAgency, [
    ['computer-training-centres', 49, ['status: Chưa rõ']],
    ['continuing-education-institutions', 164, ['learners: nhiều', 'commune: 00000']],
    ['kindergartens', 154, ['pupils: chưa báo cáo', 'openedOn: 00/09/1998']],
    ['language-training-centres', 146, ['teachers: x']],
    ['libraries', 450, ['floorArea: 6 x 8', 'standardLevel: Mức 3', 'titles: -12']],
    ['library-holdings', 3176, ['isbn: 604-1-00077', 'publishedYear: 20O4', 'title: ', 'BD002222']],
    ['lower-secondary-schools', 148, ['latitude: 109.112233', 'longitude: 13.889911', 'name: ']],
    ['nurseries', 49, ['code: ']],
    ['primary-schools', 223, ['pupils: -35', 'openedOn: 31/02/1998', '52540301', 'commune: 99999']],
    ['pupils-by-level', 165, []],
    ['teachers-by-level', 165, []],
    ['upper-secondary-schools', 61, []],
    ['vocational-education-institutions', 27, ['licensedOn: đang xin cấp lại']],
  ])

  test('a library leads to its holdings', async () => {
    const answer = await agency.world.query(
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
