import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createJusticeAgency } from '../../examples/agencies/justice/justice-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createJusticeAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const organisations = z.object({
  legalAidOrganisations: z.object({
    nodes: z.array(z.object({ name: z.string(), lawPractice: z.object({ name: z.string() }) })),
  }),
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  [
    'associations',
    385,
    ['members: -12', 'foundedOn: 2003-02-31', 'scope: Liên huyện', 'website: facebook/hoikhuyenhoc'],
  ],
  ['charity-funds', 62, ['income: N/A', 'licensedOn: 2019']],
  ['law-firms', 121, ['registeredOn: 00/05/2015', 'kind: Trung tâm tư vấn pháp luật']],
  ['legal-aid-organisations', 25, ['cases: chưa tổng hợp']],
  ['notary-offices', 40, ['notaries: đang bổ sung', 'taxCode: 4101']],
]

describe('the registers of legal services, associations and funds', () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('an organisation that provides legal aid leads to its law practice', async () => {
    const answer = await harvested.world.query(
      `{ legalAidOrganisations(where: { kind: { eq: CONTRACTED } }, first: 3) { nodes { name lawPractice { name } } } }`,
    )
    expect(answer.errors).toBeUndefined()
    const { nodes } = organisations.parse(answer.data).legalAidOrganisations
    expect(nodes).toHaveLength(3)
    for (const { name, lawPractice } of nodes) expect(lawPractice.name).toBe(name)
  })
})
