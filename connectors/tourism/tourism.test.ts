import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createTourismAgency } from '../../examples/agencies/tourism/tourism-agency.js'
import { harvestAgency, type HarvestedAgency } from '../../test/support/harvested-agency.js'

let harvested: HarvestedAgency
beforeAll(async () => {
  harvested = await harvestAgency(createTourismAgency())
})
afterAll(async () => {
  await harvested[Symbol.asyncDispose]()
})

const lodgings = z.object({
  lodgingEstablishments: z.object({
    nodes: z.array(z.object({ kind: z.literal('HOTEL'), rooms: z.number(), ratingDecision: z.string() })),
  }),
})

const expected: readonly (readonly [connector: string, records: number, setAside: readonly string[]])[] = [
  ['historical-attractions', 56, ['admissionFee: miễn phí']],
  ['licensed-travel-companies', 56, ['licensedOn: 30/02/2021', 'code: ']],
  ['natural-attractions', 56, ['latitude: 109.25', 'longitude: 13.76', 'kind: Ruộng bậc thang']],
  ['scenic-sites', 13, []],
  ['shopping-and-entertainment', 46, ['admissionFee: -20000']],
  [
    'tourist-accommodation',
    456,
    ['starRating: 6', 'rooms: khoảng 30', 'website: www.nhanghi.vn', 'commune: 2155', 'kind: Nhà trọ'],
  ],
  ['tourist-information-points', 45, ['freeWifi: chập chờn']],
  ['travel-businesses', 94, ['guides: vài người', 'kind: Vận tải khách']],
]

describe('the lists of the tourism department', () => {
  test.each(expected)(
    '%s: %d records, and each slip set aside with its field and value',
    (connector, records, setAside) => {
      expect(harvested.reports.get(connector)).toEqual({ outcome: 'PUBLISHED', error: null, records, setAside })
    },
  )

  test('no connector is left out', () => {
    expect([...harvested.reports.keys()].sort()).toEqual(expected.map(([connector]) => connector).sort())
  })

  test('hotels have stars and rooms, and are found near a place', async () => {
    const answer = await harvested.world.query(
      `{ lodgingEstablishments(where: { starRating: { gte: 4 }, district: { code: { eq: "540" } } }, first: 5) { nodes { kind rooms ratingDecision } } }`,
    )
    expect(answer.errors).toBeUndefined()
    const { nodes } = lodgings.parse(answer.data).lodgingEstablishments
    expect(nodes.length).toBeGreaterThan(0)
    for (const { rooms } of nodes) expect(rooms).toBeGreaterThan(150)
  })
})
