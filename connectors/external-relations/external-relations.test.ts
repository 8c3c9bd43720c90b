import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createExternalRelationsAgency } from '../../examples/agencies/external-relations/external-relations-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createExternalRelationsAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
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
  ['people-abroad', 1275, ['people: khoảng 200']],
]

describe('the figures and lists of the department of foreign affairs', () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('a grant leads to the organisation that gives it, and back', async () => {
    const answer = await harvested.world.query(
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
