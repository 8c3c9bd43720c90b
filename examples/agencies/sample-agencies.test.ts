import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { createPlanningInvestmentAgency } from './planning-investment/planning-investment-agency.js'
import { sampleAgencies } from './index.js'
import type { SampleAgency } from './sample-agency.js'

/** These answer by the clock; tests of their own look at what they say. */
const live: ReadonlySet<string> = new Set(['transport', 'health'])

/** Every other sample agency, so that a new one is tested without a word here. */
const agencies = [...sampleAgencies].filter(([code]) => !live.has(code))

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

test.each([...live])('the live sample agency %s serves what it lists', async (code) => {
  const create = sampleAgencies.get(code)
  expect(create).toBeDefined()
  if (create === undefined) return
  const answers = Object.values(await answersOf(create))
  expect(answers.length).toBeGreaterThan(0)
  expect(answers.every((answer) => answer.startsWith('200 '))).toBe(true)
})

test('a page that is no number is refused', async () => {
  const running = await createPlanningInvestmentAgency().listen(0)
  try {
    expect((await fetch(`${running.url}/api/doanh-nghiep?trang=hai`)).status).toBe(400)
  } finally {
    await running.close()
  }
})
