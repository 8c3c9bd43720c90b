import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { createCultureSportsAgency } from '../culture-sports/culture-sports-agency.js'
import { createIndustryTradeAgency } from '../industry-trade/industry-trade-agency.js'
import { createInformationCommunicationsAgency } from '../information-communications/information-communications-agency.js'
import { createJusticeAgency } from '../justice/justice-agency.js'
import { createLabourAgency } from '../labour/labour-agency.js'
import { createPlanningInvestmentAgency } from '../planning-investment/planning-investment-agency.js'
import type { SampleAgency } from '../sample-agency.js'
import { createScienceTechnologyAgency } from '../science-technology/science-technology-agency.js'
import { createSocialInsuranceAgency } from '../social-insurance/social-insurance-agency.js'
import { createTourismAgency } from '../tourism/tourism-agency.js'

const agencies: readonly (readonly [code: string, create: () => SampleAgency])[] = [
  ['industry-trade', createIndustryTradeAgency],
  ['information-communications', createInformationCommunicationsAgency],
  ['labour', createLabourAgency],
  ['planning-investment', createPlanningInvestmentAgency],
  ['science-technology', createScienceTechnologyAgency],
  ['culture-sports', createCultureSportsAgency],
  ['justice', createJusticeAgency],
  ['social-insurance', createSocialInsuranceAgency],
  ['tourism', createTourismAgency],
]

/** What each page of a fresh agency answers: its status and a digest of its bytes. */
async function answersOf(create: () => SampleAgency): Promise<Record<string, string>> {
  const agency = create()
  const running = await agency.listen(0)
  try {
    const answers: Record<string, string> = {}
    for (const { path } of agency.pages) {
      const response = await fetch(`${running.url}${path}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      answers[path] = `${response.status} ${createHash('sha256').update(bytes).digest('hex')}`
    }
    return answers
  } finally {
    await running.close()
  }
}

describe.each(agencies)('the sample agency %s', (code, create) => {
  test('serves what it lists, the same at every start', async () => {
    const first = await answersOf(create)
    expect(Object.values(first).every((answer) => answer.startsWith('200 '))).toBe(true)
    expect(await answersOf(create)).toEqual(first)
  })

  test('says that its data is made up, and what it does not have', async () => {
    const agency = create()
    expect(agency.code).toBe(code)
    const running = await agency.listen(0)
    try {
      expect(await (await fetch(running.url)).text()).toContain('All data here is made up.')
      expect((await fetch(`${running.url}/files/none.xlsx`)).status).toBe(404)
      expect((await fetch(running.url, { method: 'POST' })).status).toBe(405)
    } finally {
      await running.close()
    }
  })

  test('answers 304 to who knows its answer', async () => {
    const agency = create()
    const running = await agency.listen(0)
    try {
      const url = `${running.url}${agency.pages[0]?.path ?? ''}`
      const tag = (await fetch(url)).headers.get('etag') ?? ''
      expect((await fetch(url, { headers: { 'if-none-match': tag } })).status).toBe(304)
    } finally {
      await running.close()
    }
  })
})

test('a page that is no number is refused', async () => {
  const running = await createPlanningInvestmentAgency().listen(0)
  try {
    expect((await fetch(`${running.url}/api/doanh-nghiep?trang=hai`)).status).toBe(400)
  } finally {
    await running.close()
  }
})
