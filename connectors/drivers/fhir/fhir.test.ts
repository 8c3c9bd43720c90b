import { describe, expect, test } from '@jest/globals'
import type { z } from 'zod'
import { collected } from '../../../test/support/reading.js'
import { sourceServers, type SourceServer } from '../../../test/support/source-server.js'
import { SourceNumber, type SourceRow } from '../driver.js'
import { driver } from './driver.js'
import { fhirOptions, fhirSelection } from './options.js'

const start = sourceServers()
const sourceOf = (at: SourceServer) => at.source(fhirOptions.parse({ baseUrl: `${at.url}/fhir/` }))
const search = (
  at: SourceServer,
  resourceType: string,
  rest: Omit<z.input<typeof fhirSelection>, 'resourceType'> = {},
): Promise<SourceRow[]> => collected(driver.scan(sourceOf(at), fhirSelection.parse({ resourceType, ...rest })))
const ids = (read: readonly SourceRow[]) => read.map((row) => row.values['id'])
const organization = (id: string, rest: object = {}) => ({ resourceType: 'Organization', id, ...rest })
const match = (resource: object) => ({ resource, search: { mode: 'match' } })
const bundle = (entry: readonly object[], rest: object = {}) => ({
  resourceType: 'Bundle',
  type: 'searchset',
  entry,
  ...rest,
})
const next = (url: string) => ({
  link: [
    { relation: 'self', url: 'x' },
    { relation: 'next', url },
  ],
})

describe('a search', () => {
  test('asks for the type with its parameters, a page size and an exact count', async () => {
    const at = await start(() => ({ body: bundle([], { total: 0 }) }))
    await search(at, 'Organization', {
      query: { type: 'http://a.example|prov', 'name:exact': ['a', 'b'] },
      pageSize: 50,
    })
    const [request] = at.requests
    expect(request?.url.pathname).toBe('/fhir/Organization')
    expect([...(request?.url.searchParams ?? [])]).toEqual([
      ['_count', '50'],
      ['_total', 'accurate'],
      ['type', 'http://a.example|prov'],
      ['name:exact', 'a'],
      ['name:exact', 'b'],
    ])
    expect(request?.headers['accept']).toBe('application/fhir+json')
  })

  test('follows next links, relative or absolute, and numbers rows over all pages', async () => {
    const at = await start(({ url }) => {
      const page = url.searchParams.get('page')
      if (page === null)
        return { body: bundle([match(organization('1'))], { total: 3, ...next('Organization?page=2') }) }
      if (page === '2') return { body: bundle([match(organization('2'))], next(`${url.origin}/fhir?page=3`)) }
      return { body: bundle([match(organization('2.16.840.1.113883.19.5'))], { link: [] }) }
    })
    const read = await search(at, 'Organization')
    expect(ids(read)).toEqual(['1', '2', '2.16.840.1.113883.19.5'])
    expect(read.map((row) => row.number)).toEqual([1, 2, 3])
    expect(at.requests.map(({ url }) => `${url.pathname}?${url.searchParams.get('page') ?? ''}`)).toEqual([
      '/fhir/Organization?',
      '/fhir/Organization?2',
      '/fhir?3',
    ])
  })

  test('stays on the host when the manifest says so, though next links name an inner one', async () => {
    const at = await start(({ url }) => ({
      body: url.searchParams.has('p')
        ? bundle([match(organization('2'))])
        : bundle([match(organization('1'))], next('http://inner:8080/fhir/Organization?p=2')),
    }))
    const source = at.source(fhirOptions.parse({ baseUrl: `${at.url}/fhir`, keepHost: true }))
    const selection = fhirSelection.parse({ resourceType: 'Organization' })
    expect(ids(await collected(driver.scan(source, selection)))).toEqual(['1', '2'])
  })

  test('yields the resource itself with numbers as they are written, zero included, but no narrative and nothing contained', async () => {
    const at = await start(() => ({
      body: `{"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Location","id":"1",
        "text":{"status":"generated","div":"<div/>"},"contained":[{"resourceType":"Patient","id":"p"}],
        "name":"South Wing, second floor","position":{"longitude":-83.6945691,"latitude":42.25475478,"altitude":0}}}]}`,
    }))
    const [row] = await search(at, 'Location')
    expect(Object.keys(row?.values ?? {})).toEqual(['resourceType', 'id', 'name', 'position'])
    expect(row?.values['position']).toEqual({
      longitude: new SourceNumber('-83.6945691'),
      latitude: new SourceNumber('42.25475478'),
      altitude: new SourceNumber('0'),
    })
  })

  test('skips what came along: includes, outcomes, entries without a resource, and without a mode other types', async () => {
    const outcome = { resourceType: 'OperationOutcome', issue: [{ severity: 'warning', diagnostics: 'ignored: x' }] }
    const at = await start(() => ({
      body: bundle(
        [
          match(organization('1')),
          { resource: { resourceType: 'Patient', id: 'p' }, search: { mode: 'include' } },
          { resource: outcome, search: { mode: 'outcome' } },
          { response: { status: '200 OK' } },
          { resource: organization('2') },
          { resource: { resourceType: 'Location', id: '3' } },
        ],
        { total: 2 },
      ),
    }))
    expect(ids(await search(at, 'Organization'))).toEqual(['1', '2'])
  })

  test('reads a collection, and a searchset without entries', async () => {
    const at = await start(({ url }) => ({
      body: url.pathname.endsWith('Location')
        ? { resourceType: 'Bundle', type: 'collection', entry: [{ resource: { resourceType: 'Location', id: '2' } }] }
        : { resourceType: 'Bundle', type: 'searchset', total: 0 },
    }))
    expect(ids(await search(at, 'Location'))).toEqual(['2'])
    expect(await search(at, 'Organization')).toEqual([])
  })

  test.each([
    [1, 3, '1 of 3 rows were read'],
    [2, 1, '2 of 1 rows were read'],
  ])('is a fault when %i matches came and the server counts %i', async (count, total, detail) => {
    const entries = Array.from({ length: count }, (_, index) => match(organization(String(index))))
    const at = await start(() => ({ body: bundle(entries, { total }) }))
    await expect(search(at, 'Organization')).rejects.toMatchObject({
      code: 'TRUNCATED',
      details: { detail: { en: detail } },
    })
  })

  test('is a fault when next leads in circles', async () => {
    const at = await start(({ url }) => ({ body: bundle([match(organization('1'))], next(url.href)) }))
    await expect(search(at, 'Organization')).rejects.toMatchObject({ code: 'NOT_DATA' })
    expect(at.requests).toHaveLength(1)
  })

  test('is a fault when pages repeat under new addresses', async () => {
    let page = 0
    const at = await start(() => ({ body: bundle([match(organization('1'))], next(`?page=${(page += 1)}`)) }))
    await expect(search(at, 'Organization')).rejects.toMatchObject({
      details: { detail: { en: 'page 2 repeats page 1' } },
    })
  })

  test.each([
    [
      'a transaction response',
      { resourceType: 'Bundle', type: 'transaction-response' },
      'it is a Bundle of type transaction-response',
    ],
    ['another resource', { resourceType: 'Organization', id: '1' }, 'it is a Organization'],
    ['plain JSON', { items: [] }, 'the answer is not a FHIR resource'],
    [
      'a match of another type',
      bundle([match({ resourceType: 'Endpoint' })]),
      'Organization was asked for and a Endpoint came',
    ],
  ])('refuses %s', async (_case, body, detail) => {
    const at = await start(() => ({ body }))
    await expect(search(at, 'Organization')).rejects.toMatchObject({
      code: 'NOT_DATA',
      details: { detail: { en: detail } },
    })
  })
})

describe('an OperationOutcome', () => {
  const outcome = (diagnostics: string) => ({
    resourceType: 'OperationOutcome',
    issue: [{ severity: 'error', diagnostics }],
  })

  test('in place of the answer is a fault that says what the server said', async () => {
    const at = await start(() => ({ body: outcome('Too\n many results') }))
    await expect(search(at, 'Organization')).rejects.toMatchObject({
      code: 'NOT_DATA',
      details: { expected: { en: 'a search for Organization' }, detail: { en: 'Too many results' } },
    })
  })

  test('is shortened', async () => {
    const at = await start(() => ({ status: 400, body: outcome('x'.repeat(5_000)) }))
    await expect(search(at, 'Organization')).rejects.toMatchObject({
      code: 'NOT_DATA',
      details: { detail: { en: `${'x'.repeat(199)}…` } },
    })
  })

  test('with 404 says that there is no such thing; a page without FHIR does too', async () => {
    const at = await start(({ url }) =>
      url.pathname.endsWith('Location')
        ? { status: 404, body: '<html>not here</html>' }
        : { status: 404, body: outcome('unknown resource type') },
    )
    await expect(search(at, 'Organization')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      details: { what: { en: 'a search for Organization (unknown resource type)' } },
    })
    await expect(search(at, 'Location')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('personal data', () => {
  test.each([
    'Patient',
    'Encounter',
    'Observation',
    'MedicationRequest',
    'Condition',
    'Practitioner',
    'Person',
    'Group',
  ])('is refused before %s is even asked for', async (type) => {
    const at = await start(() => ({ body: bundle([]) }))
    await expect(search(at, type)).rejects.toMatchObject({ code: 'PERSONAL_DATA', details: { field: type } })
    expect(at.requests).toHaveLength(0)
  })

  test('is refused when it comes unasked', async () => {
    const at = await start(() => ({ body: bundle([{ resource: { resourceType: 'Patient', id: '1' } }]) }))
    await expect(search(at, 'Organization')).rejects.toMatchObject({ code: 'PERSONAL_DATA' })
  })

  test('a report is an aggregate only when it says so and refers to nobody', async () => {
    const report = (rest: object) => ({ resourceType: 'MeasureReport', id: '1', ...rest })
    const given: object[] = []
    const at = await start(() => ({ body: bundle(given.map(match)) }))
    given.push(
      report({ type: 'summary', group: [{ measureScore: { value: 0 } }], reporter: { reference: 'Organization/1' } }),
    )
    expect(ids(await search(at, 'MeasureReport'))).toEqual(['1'])
    for (const personal of [
      report({ type: 'individual' }),
      report({ type: 'subject-list' }),
      report({}),
      report({ type: 'summary', subject: { reference: 'https://a.example/fhir/Patient/1' } }),
      report({ type: 'summary', evaluatedResource: [{ reference: 'Observation/1' }] }),
    ]) {
      given.splice(0, given.length, personal)
      await expect(search(at, 'MeasureReport')).rejects.toMatchObject({ code: 'PERSONAL_DATA' })
    }
  })

  test.each(['_include', '_revinclude:iterate', '_elements', '_summary'])('cannot be brought in by %s', (name) => {
    expect(fhirSelection.safeParse({ resourceType: 'Organization', query: { [name]: 'x' } }).success).toBe(false)
  })
})

describe('a FHIR server', () => {
  const statement = (fhirVersion: string) => ({
    resourceType: 'CapabilityStatement',
    fhirVersion,
    rest: [{ mode: 'server', resource: ['Organization', 'Patient', 'MeasureReport'].map((type) => ({ type })) }],
  })

  test('is described by the types that may be published, with a few rows each', async () => {
    const individual = { resourceType: 'MeasureReport', id: 'm', type: 'individual' }
    const at = await start(({ url }) => {
      if (url.pathname === '/fhir/metadata') return { body: statement('4.0.1') }
      if (url.pathname === '/fhir/MeasureReport') return { body: bundle([match(individual)]) }
      const entries = ['1', '2', '3'].map((id) => match(organization(id, { name: 'A' })))
      return { body: bundle(entries, { total: 30, ...next('Organization?page=2') }) }
    })
    expect(await driver.describe(sourceOf(at), 3)).toMatchObject([
      {
        name: 'Organization',
        selection: { resourceType: 'Organization', pageSize: 100 },
        columns: ['resourceType', 'id', 'name'],
      },
    ])
    expect(at.requests.some(({ url }) => url.pathname.includes('Patient'))).toBe(false)
  })

  test('of another version is refused', async () => {
    const at = await start(() => ({ body: statement('3.0.2') }))
    await expect(driver.check(sourceOf(at))).rejects.toMatchObject({ code: 'NOT_DATA' })
  })

  test('of R4 passes the check', async () => {
    const at = await start(() => ({ body: statement('4.0.1') }))
    await expect(driver.check(sourceOf(at))).resolves.toBeUndefined()
  })
})
