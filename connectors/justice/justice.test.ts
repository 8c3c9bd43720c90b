import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createJusticeAgency } from '../../examples/agencies/justice/justice-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

const organisations = z.object({
  legalAidOrganisations: z.object({
    nodes: z.array(z.object({ name: z.string(), lawPractice: z.object({ name: z.string() }) })),
  }),
})

const practice = z.object({
  lawPractice: z.object({
    name: z.string(),
    fields: z.array(z.string()),
    latitude: z.number(),
  }),
})

describe('the registers of legal services, associations and funds', () => {
  const agency = agencyUnderTest(createJusticeAgency, [
    [
      'associations',
      385,
      ['members: -12', 'foundedOn: 2003-02-31', 'scope: Liên huyện', 'website: facebook/hoikhuyenhoc'],
    ],
    ['charity-funds', 62, ['income: N/A', 'licensedOn: 2019']],
    ['law-firms', 121, ['registeredOn: 00/05/2015', 'kind: Trung tâm tư vấn pháp luật', 'LS041']],
    ['legal-aid-organisations', 25, ['cases: chưa tổng hợp']],
    ['notary-offices', 40, ['notaries: đang bổ sung', 'taxCode: 4101']],
  ])

  test('an organisation that provides legal aid leads to its law practice', async () => {
    const {
      legalAidOrganisations: { nodes },
    } = await agency.ask(
      organisations,
      `{ legalAidOrganisations(where: { kind: { eq: CONTRACTED } }, first: 3) { nodes { name lawPractice { name } } } }`,
    )
    expect(nodes).toHaveLength(3)
    for (const { name, lawPractice } of nodes) expect(lawPractice.name).toBe(name)
  })

  test('a law practice has its fields as a list, and its numbers and letters as the register has them', async () => {
    const { lawPractice } = await agency.ask(
      practice,
      `{ lawPractice(key: "LS002", dataset: "law-firms") { name fields latitude } }`,
    )
    expect(lawPractice.name).toMatch(/^Văn phòng Luật sư /u)
    expect(lawPractice.fields.length).toBeGreaterThan(1)
    expect(lawPractice.latitude).toBe(14.543387)
  })
})
