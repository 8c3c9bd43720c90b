import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { districts } from './districts.js'
import { facilities } from './facilities.js'
import { createHealthAgency } from './health-agency.js'
import { pharmacies } from './pharmacies.js'
import { vaccinationSites } from './vaccination-sites.js'

let now = new Date('2025-06-30T02:00:00Z')
const agency = createHealthAgency(() => now)
let running: Awaited<ReturnType<typeof agency.listen>>
beforeAll(async () => {
  running = await agency.listen(0)
})
afterAll(async () => {
  await running.close()
})

const bundle = z.object({
  type: z.literal('searchset'),
  total: z.int(),
  link: z.array(z.object({ relation: z.string(), url: z.string() })),
  entry: z.array(
    z.object({ resource: z.record(z.string(), z.unknown()), search: z.object({ mode: z.enum(['match', 'outcome']) }) }),
  ),
})
const bedList = z.object({
  beds: z.array(z.object({ facility: z.string(), available: z.int(), total: z.int(), reportedAt: z.iso.datetime() })),
})

const get = async (path: string): Promise<{ status: number; body: unknown }> => {
  const response = await fetch(new URL(path, running.url))
  return { status: response.status, body: await response.json() }
}
const search = async (path: string) => bundle.parse((await get(path)).body)
const beds = async (codes: readonly string[]) =>
  bedList.parse((await get(`/beds?facilities=${codes.map(encodeURIComponent).join(',')}`)).body).beds

/** Every match of a search, with the number of pages that it took. */
const everything = async (path: string) => {
  const resources: Record<string, unknown>[] = []
  let pages = 0
  for (let next: string | undefined = path; next !== undefined; pages += 1) {
    const page: z.infer<typeof bundle> = await search(next)
    resources.push(...page.entry.filter(({ search: { mode } }) => mode === 'match').map(({ resource }) => resource))
    next = page.link.find(({ relation }) => relation === 'next')?.url
  }
  return { resources, pages }
}

describe('the FHIR server', () => {
  test('says what it can do', async () => {
    expect(await get('/fhir/metadata')).toMatchObject({
      status: 200,
      body: { resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' },
    })
  })

  test('has every facility in operation, each once, in pages', async () => {
    const { resources, pages } = await everything('/fhir/Organization?type=prov&active=true&_count=50')
    expect(resources).toHaveLength(189)
    expect(new Set(resources.map(({ id }) => id)).size).toBe(189)
    expect(pages).toBe(4)
  })

  test('gives at most 100 a page and 50 when no number is asked for', async () => {
    expect((await search('/fhir/Location?_count=1000')).entry).toHaveLength(100)
    expect((await search('/fhir/Location')).entry).toHaveLength(50)
    expect((await search('/fhir/Location?_count=0')).entry).toHaveLength(0)
  })

  test('searches by code, by system and code, by several, and by all parameters at once', async () => {
    const total = async (query: string) => (await search(`/fhir/Organization?${query}`)).total
    const kinds = encodeURIComponent('https://soyte.example/fhir/CodeSystem/loai-hinh-cskcb')
    expect(await total('type=TTYT')).toBe(11)
    expect(await total(`type=${kinds}|TTYT,${kinds}|BVDK`)).toBe(16)
    expect(await total('type=TTYT&active=false')).toBe(0)
    expect(await total('_id=52001,52002')).toBe(2)
    expect(await total('type=other|TTYT')).toBe(0)
  })

  test('warns of a parameter that it does not know and goes on', async () => {
    const { entry, total } = await search('/fhir/Organization?near=13,109&_count=2')
    expect(total).toBe(190)
    expect(entry.map(({ search: { mode } }) => mode)).toEqual(['match', 'match', 'outcome'])
  })

  test('answers with one resource, and with an OperationOutcome for what it does not have', async () => {
    expect((await get('/fhir/Organization/52001')).body).toMatchObject({
      resourceType: 'Organization',
      name: 'Bệnh viện Đa khoa tỉnh Bình Định',
    })
    expect(await get('/fhir/Organization/nobody')).toMatchObject({
      status: 404,
      body: { resourceType: 'OperationOutcome' },
    })
    expect(await get('/fhir/Patient')).toMatchObject({ status: 404, body: { resourceType: 'OperationOutcome' } })
    expect((await get('/fhir/Organization?_count=many')).status).toBe(400)
  })

  test('puts a Location beside every facility and service, under the same id', async () => {
    const locations = (await everything('/fhir/Location?_count=100')).resources.map(({ id }) => id)
    const others = [
      ...(await everything('/fhir/Organization?_count=100')).resources,
      ...(await everything('/fhir/HealthcareService?_count=100')).resources,
    ].map(({ id }) => id)
    expect(new Set(locations)).toEqual(new Set(others))
    expect(locations).toHaveLength(others.length)
  })
})

describe('the bed service', () => {
  test('answers for those that are asked for and that it knows', async () => {
    const answered = await beds(['52002', 'nobody', '52001', '52001', '52190'])
    expect(answered.map(({ facility }) => facility).toSorted()).toEqual(['52001', '52002'])
    for (const { available, total } of answered) {
      expect(available).toBeGreaterThan(0)
      expect(available).toBeLessThan(total)
    }
  })

  test('gives the same answer at the same time and another one later', async () => {
    const codes = facilities.map(({ code }) => code)
    const first = await beds(codes.slice(0, 100))
    expect(await beds(codes.slice(0, 100))).toEqual(first)
    const before = now
    now = new Date(before.getTime() + 10 * 60_000)
    const later = await beds(codes.slice(0, 100))
    now = before
    expect(later.map(({ facility }) => facility)).toEqual(first.map(({ facility }) => facility))
    expect(later).not.toEqual(first)
    for (const { reportedAt } of first) {
      expect(now.getTime() - Date.parse(reportedAt)).toBeLessThan(6 * 60_000)
      expect(Date.parse(reportedAt)).toBeLessThanOrEqual(now.getTime())
    }
  })

  test('refuses more than 200 at a time and a question for none', async () => {
    expect((await get(`/beds?facilities=${Array.from({ length: 201 }, (_, at) => at).join(',')}`)).status).toBe(400)
    expect((await get('/beds')).status).toBe(400)
    expect(await beds([''])).toEqual([])
  })

  test('counts how often it was asked', async () => {
    const before = agency.requests.beds
    await beds(['52001'])
    expect(agency.requests.beds).toBe(before + 1)
    expect((await get('/_requests')).body).toEqual(agency.requests)
  })
})

describe('the data', () => {
  test('is the same in every run and of the size of a province', () => {
    expect(facilities).toHaveLength(190)
    expect(facilities.filter(({ kind }) => kind === 'TYT')).toHaveLength(159)
    expect(pharmacies).toHaveLength(905)
    expect(vaccinationSites).toHaveLength(180)
    expect(facilities[0]).toMatchObject({ code: '52001', beds: 1200, phone: '0256 3684 012' })
  })

  test('has a place in each of the eleven districts', () => {
    for (const list of [facilities, pharmacies, vaccinationSites]) {
      expect(new Set(list.map(({ district }) => district.code)).size).toBe(districts.length)
    }
  })

  test('has no licence number twice', () => {
    for (const list of [pharmacies, vaccinationSites]) {
      expect(new Set(list.map(({ licenceNumber }) => licenceNumber)).size).toBe(list.length)
    }
  })

  test('has no code twice', () => {
    for (const list of [facilities, pharmacies, vaccinationSites]) {
      expect(new Set(list.map(({ code }) => code)).size).toBe(list.length)
    }
  })
})

test('the first page lists what the agency serves, and each of it answers', async () => {
  const page = await (await fetch(running.url)).text()
  for (const { path } of agency.pages) {
    expect(page).toContain(path.replaceAll('&', '&amp;'))
    expect((await fetch(new URL(path, running.url))).status).toBe(200)
  }
  expect((await fetch(running.url, { method: 'POST' })).status).toBe(405)
})
