import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createTourismAgency } from '../../examples/agencies/tourism/tourism-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

const lodgings = z.object({
  lodgingEstablishments: z.object({
    nodes: z.array(z.object({ kind: z.literal('HOTEL'), rooms: z.number(), ratingDecision: z.string() })),
  }),
})

describe('the lists of the tourism department', () => {
  const agency = agencyUnderTest(createTourismAgency, [
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
  ])

  test('hotels have stars and rooms, and are found near a place', async () => {
    const {
      lodgingEstablishments: { nodes },
    } = await agency.ask(
      lodgings,
      `{ lodgingEstablishments(where: { starRating: { gte: 4 }, district: { code: { eq: "540" } } }, first: 5) { nodes { kind rooms ratingDecision } } }`,
    )
    expect(nodes.length).toBeGreaterThan(0)
    for (const { rooms } of nodes) expect(rooms).toBeGreaterThan(150)
  })
})
