import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createScienceTechnologyAgency } from '../../examples/agencies/science-technology/science-technology-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createScienceTechnologyAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['science-projects', 239, ['stateBudget: chờ quyết toán', 'rating: Khá tốt', 'startedOn: 32/01/2022']],
  ['standards-and-metrology', 2458, ['number: ', 'issuedOn: 30/02/2024', 'BĐ25-00700', 'district: 5400']],
]

describe("the science department's tasks and quality lists", () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('a district leads to the tasks carried out in it', async () => {
    const answer = await harvested.world.query(
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
