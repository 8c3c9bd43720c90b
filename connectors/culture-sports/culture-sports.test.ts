import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { createCultureSportsAgency } from '../../examples/agencies/culture-sports/culture-sports-agency.js'
import { agencyUnderTest } from '../../test/support/agency-under-test.js'

const related = z.object({
  museumObjects: z.object({
    nodes: z.array(z.object({ treasureDecision: z.string(), museum: z.object({ name: z.string() }) })),
  }),
  culturalEvents: z.object({ nodes: z.array(z.object({ heritage: z.object({ name: z.string() }) })) }),
})

describe('the lists and figures of culture and sports', () => {
  const agency = agencyUnderTest(createCultureSportsAgency, [
    ['antiquities', 257, ['weight: -3', 'museum: ', 'yearFrom: không rõ']],
    ['copyright-registrations', 1715, ['certificates: #REF!']],
    ['cultural-venues', 32, ['openedYear: trước 1990']],
    ['events-and-festivals', 237, ['startsAt: 2025-04-31T08:00:00+07:00', 'kind: Hội chợ', 'expectedVisitors: đông']],
    ['historical-monuments', 244, ['rankedOn: năm 1994', 'rank: Đang lập hồ sơ', 'coreArea: 1.250 + 300']],
    ['intangible-heritage', 60, ['practitioners: hàng trăm']],
    ['museum-collections', 1357, ['kind: Sách', 'quantity: một bộ', 'acquiredYear: 20190']],
    ['museums', 6, []],
    ['sports-results', 416, ['silver: 3*', 'sport: Kéo co']],
  ])

  test('a museum answers with its national treasures, and a festival with the heritage it practises', async () => {
    const { museumObjects, culturalEvents } = await agency.ask(
      related,
      `{
      museumObjects(where: { kind: { eq: NATIONAL_TREASURE } }) { nodes { treasureDecision museum { name } } }
      culturalEvents(where: { heritage: { kind: { eq: FESTIVAL } } }, first: 3) { nodes { heritage { name } } }
    }`,
    )
    expect(museumObjects.nodes).toHaveLength(9)
    expect(culturalEvents.nodes.length).toBeGreaterThan(0)
  })
})
