import { describe, expect, test } from '@jest/globals'
import { createScienceTechnologyAgency } from '../../examples/agencies/science-technology/science-technology-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

describe("the science department's tasks and quality lists", () => {
  const agency = agencyUnderTest(createScienceTechnologyAgency, [
    ['science-projects', 239, ['stateBudget: chờ quyết toán', 'rating: Khá tốt', 'startedOn: 32/01/2022']],
    ['standards-and-metrology', 2458, ['number: ', 'issuedOn: 30/02/2024', 'BĐ25-00700', 'district: 5400']],
  ])

  test('a district leads to the tasks carried out in it', async () => {
    const answer = await agency.world.query(
      `{ administrativeUnits(where: { code: { eq: "540" } }) { nodes { scienceProjects(where: { status: { eq: ACCEPTED } }, first: 1) { nodes { title rating } } } } }`,
    )
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toMatchObject({
      administrativeUnits: {
        nodes: [{ scienceProjects: { nodes: [{ title: expect.stringContaining('Bình Định') }] } }],
      },
    })
  })
})
