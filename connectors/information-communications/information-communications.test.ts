import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createInformationCommunicationsAgency } from '../../examples/agencies/information-communications/information-communications-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createInformationCommunicationsAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['electronic-game-venues', 260, ['computers: khoảng 30', 'commune: 99999']],
  ['electronics-environmental-standards', 69, ['issuedOn: quý I/2024']],
  ['fixed-broadband-performance', 594, []],
  ['fixed-broadband-subscriptions', 615, ['district: 541']],
  ['fixed-phone-subscriptions', 308, []],
  ['mobile-broadband-performance', 594, []],
  ['mobile-broadband-subscriptions', 616, []],
  ['mobile-phone-subscriptions', 614, ['subscriptions: -1', 'quarter: 5']],
  ['postal-licences', 52, ['action: Cấp thêm']],
  ['press-agencies', 24, []],
  ['public-postal-network', 240, ['postcode: 551', 'openedOn: 1997-13-01']],
  [
    'public-wifi-hotspots',
    234,
    ['latitude: 109.219', 'longitude: 13.775', 'ssid: Wifi mien phi cua thanh pho Quy Nhon 2019'],
  ],
  ['publishing-houses', 46, ['isbnPrefix: 978-604-73']],
  ['village-fixed-broadband-coverage', 465, []],
  ['village-mobile-broadband-coverage', 465, []],
]

describe("the communications department's figures and registers", () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('a certificate leads to its standard, and a standard to its certificates', async () => {
    const answer = await harvested.world.query(
      `{ technicalStandards(where: { number: { eq: "TCVN ISO 14001:2015" } }) { nodes { status ics certificates { totalCount } } } standardCertificates(where: { standard: { status: { eq: REPLACED } } }) { totalCount } }`,
    )
    expect(answer.errors).toBeUndefined()
    expect(answer.data).toEqual({
      technicalStandards: {
        nodes: [{ status: 'IN_FORCE', ics: '13.020.10', certificates: { totalCount: expect.any(Number) } }],
      },
      standardCertificates: { totalCount: 0 },
    })
  })
})
