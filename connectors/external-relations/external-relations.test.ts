import { describe, expect, test } from '@jest/globals'
import { createExternalRelationsAgency } from '../../examples/agencies/external-relations/external-relations-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

describe('the figures and lists of the department of foreign affairs', () => {
  const agency = agencyUnderTest(createExternalRelationsAgency, [
    ['apec-travel-cards', 71, ['holders: Hộ kinh doanh']],
    ['consular-legalisation', 1296, []],
    ['fishing-violations', 431, ['vessels: ?']],
    ['foreign-ngo-projects', 185, ['committed: 25.000 EUR', 'status: Chờ', 'districts: 540; 555']],
    ['foreign-ngos', 44, ['country: Đức', 'issuedOn: 30/02/2021']],
    ['foreign-press-delegations', 193, ['medium: Mạng xã hội']],
    ['inbound-delegations', 469, ['country: Hàn']],
    ['international-agreements', 210, ['country: U.S', 'signedOn: 31/11/2018']],
    ['international-conferences', 122, ['startsOn: tháng 7/2019', 'participants: trên 200']],
    ['official-passports', 179, ['issued: -2']],
    ['outbound-delegations', 383, ['people: chưa tổng hợp']],
    ['people-abroad', 1274, ['people: 3', 'people: khoảng 200']],
  ])

  test('no figure is of one to four people', async () => {
    const answer = await agency.world.query(`{
      abroad: overseasCompatriotStatistics(where: { people: { gt: 0, lt: 5 } }) { totalCount }
      women: overseasCompatriotStatistics(where: { women: { gt: 0, lt: 5 } }) { totalCount }
      outbound: outboundDelegationStatistics(where: { people: { gt: 0, lt: 5 } }) { totalCount }
      privateTrips: outboundDelegationStatistics(
        where: { purpose: { eq: PRIVATE }, people: { isNull: true }, delegations: { isNull: false } }
      ) { totalCount }
      inbound: inboundDelegationStatistics(where: { people: { gt: 0, lt: 5 } }) { totalCount }
      press: foreignPressVisitStatistics(where: { journalists: { gt: 0, lt: 5 } }) { totalCount }
      passports: passportStatistics(
        where: { or: [{ issued: { gt: 0, lt: 5 } }, { inUse: { gt: 0, lt: 5 } }, { lost: { gt: 0, lt: 5 } }] }
      ) { totalCount }
      cards: abtcCardStatistics(
        where: { or: [{ approved: { gt: 0, lt: 5 } }, { refused: { gt: 0, lt: 5 } }, { revoked: { gt: 0, lt: 5 } }] }
      ) { totalCount }
      consular: consularLegalisationStatistics(
        where: { applicant: { eq: CITIZEN }, or: [{ received: { gt: 0, lt: 5 } }, { returned: { gt: 0, lt: 5 } }] }
      ) { totalCount }
      fishers: fishingViolationStatistics(where: { or: [{ fishers: { gt: 0, lt: 5 } }, { returned: { gt: 0, lt: 5 } }] }) {
        totalCount
      }
      fines: fishingViolationStatistics(where: { vessels: { gt: 0, lt: 5 }, fines: { isNull: false } }) { totalCount }
    }`)
    expect(answer.errors).toBeUndefined()
    expect(Object.values(answer.data ?? {})).toEqual(Array.from({ length: 11 }, () => ({ totalCount: 0 })))
  })

  test('a grant leads to the organisation that gives it, and back', async () => {
    const answer = await agency.world.query(
      `{ foreignNgos(where: { code: { eq: "PCPNN001" } }) { nodes { code projects(first: 1) { nodes { organisation { code } } } } } }`,
    )
    expect(answer).toMatchObject({
      data: {
        foreignNgos: {
          nodes: [{ code: 'PCPNN001', projects: { nodes: [{ organisation: { code: 'PCPNN001' } }] } }],
        },
      },
    })
  })
})
