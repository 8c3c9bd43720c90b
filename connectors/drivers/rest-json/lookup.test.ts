import { describe, expect, test } from '@jest/globals'
import { z } from 'zod'
import { collected } from '../../../test/support/reading.js'
import { sourceServers, type SeenRequest, type SourceServer } from '../../../test/support/source-server.js'
import { SourceNumber } from '../driver.js'
import { driver } from './driver.js'
import { restJsonOptions, restJsonSelection } from './options.js'

const start = sourceServers()

describe('a lookup', () => {
  const beds: Readonly<Record<string, number>> = { A: 1, B: 2, '0': 3, 'a/b,c?&': 4 }
  const answer = (keys: readonly string[]) => ({
    beds: keys
      .filter((key) => Object.hasOwn(beds, key))
      .map((key) => ({ facility: key, free: beds[key] }))
      .toReversed(),
  })
  const selection = { items: 'beds', lookup: { parameter: 'facilities', keyField: 'facility' } }
  const lookUp = async (
    at: SourceServer,
    keys: readonly string[],
    given: z.input<typeof restJsonSelection> = selection,
    path = '/beds',
    method: 'GET' | 'POST' = 'GET',
  ) => {
    const source = at.source(restJsonOptions.parse({ url: `${at.url}${path}`, method }))
    const found = await driver.lookup?.(source, restJsonSelection.parse(given), keys)
    return Object.fromEntries(
      [...(found ?? [])].map(([key, row]) => {
        const free = row.values['free']
        return [key, free instanceof SourceNumber ? free.text : free]
      }),
    )
  }
  const asked = (request: SeenRequest) => (request.url.searchParams.get('facilities') ?? '').split(',')

  test('matches by key whatever the order, asks for doubles once and leaves unknown keys out', async () => {
    const at = await start((request) => ({ body: answer(asked(request)) }))
    expect(await lookUp(at, ['A', 'unknown', '0', 'B', 'A', ''])).toEqual({ A: '1', '0': '3', B: '2' })
    expect(at.requests.map(asked)).toEqual([['A', 'unknown', '0', 'B']])
  })

  test('asks for at most a batch at a time', async () => {
    const at = await start((request) => ({ body: answer(asked(request)) }))
    await lookUp(
      at,
      Array.from({ length: 450 }, (_, index) => `${index}`),
    )
    expect(at.requests.map((request) => asked(request).length)).toEqual([200, 200, 50])
  })

  test('asks in smaller batches when the keys would make the address too long', async () => {
    const at = await start((request) => ({ body: answer(asked(request)) }))
    await lookUp(
      at,
      Array.from({ length: 100 }, (_, index) => `${index}`.padEnd(200, 'x')),
    )
    expect(at.requests.length).toBeGreaterThan(3)
    expect(Math.max(...at.requests.map(({ url }) => url.search.length))).toBeLessThan(6_100)
  })

  test('asks nothing for no keys', async () => {
    const at = await start(() => ({ body: {} }))
    expect(await lookUp(at, [])).toEqual({})
    expect(at.requests).toHaveLength(0)
  })

  test('encodes keys and can repeat the parameter', async () => {
    const at = await start(({ url }) => ({ body: answer(url.searchParams.getAll('facilities')) }))
    const repeated = { ...selection, lookup: { ...selection.lookup, separator: '&' } }
    expect(await lookUp(at, ['a/b,c?&', 'A'], repeated)).toEqual({ 'a/b,c?&': '4', A: '1' })
    expect(at.requests[0]?.url.search).toBe('?facilities=a%2Fb%2Cc%3F%26&facilities=A')
  })

  test('puts keys into the path, where a key of dots is no way up', async () => {
    const at = await start(({ url }) => ({
      body: answer(url.pathname.replace('/beds/', '').replace('/now', '').split(';').map(decodeURIComponent)),
    }))
    const inPath = { items: 'beds', lookup: { keyField: 'facility', separator: ';' } }
    expect(await lookUp(at, ['..', 'B', 'a/b,c?&'], inPath, '/beds/{keys}/now')).toEqual({ B: '2', 'a/b,c?&': '4' })
    expect(at.requests.map(({ url }) => url.pathname)).toEqual(['/beds/B;a%2Fb%2Cc%3F%26/now'])
  })

  test('sends keys as a list in the body of a POST', async () => {
    const at = await start(({ body }) => ({
      body: answer(z.object({ ids: z.array(z.string()) }).parse(JSON.parse(body)).ids),
    }))
    const inBody = { items: 'beds', lookup: { keyField: 'facility', parameter: 'ids', in: 'body' as const } }
    expect(await lookUp(at, ['a/b,c?&', 'x', '0'], inBody, '/beds', 'POST')).toEqual({ 'a/b,c?&': '4', '0': '3' })
    expect(at.requests.map(({ method, url, body }) => [method, url.search, body])).toEqual([
      ['POST', '', '{"ids":["a/b,c?&","x","0"]}'],
    ])
    await expect(lookUp(at, ['x'], inBody)).rejects.toMatchObject({ code: 'MAPPING' })
  })

  test('takes the status that means unknown for an empty answer, and no other', async () => {
    const at = await start(({ url }) => ({ status: url.pathname.endsWith('B') ? 200 : 404, body: answer(['B']) }))
    const single = { items: 'beds', lookup: { keyField: 'facility', batch: 1, unknownStatus: 404 } }
    expect(await lookUp(at, ['x', 'B'], single, '/beds/{keys}')).toEqual({ B: '2' })
    const strict = { items: 'beds', lookup: { keyField: 'facility', batch: 1 } }
    await expect(lookUp(at, ['x'], strict, '/beds/{keys}')).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  test('never guesses: two items for a key and an item without one are faults', async () => {
    const at = await start(({ url }) => ({
      body: { beds: url.search.includes('A') ? [{ facility: 'A' }, { facility: 'A' }] : [{ free: 3 }] },
    }))
    await expect(lookUp(at, ['A'])).rejects.toMatchObject({ details: { detail: { en: 'two items have the key A' } } })
    await expect(lookUp(at, ['B'])).rejects.toMatchObject({ details: { detail: { en: 'item 1 has no facility' } } })
  })

  test('refuses an error in place of the list', async () => {
    const at = await start(() => ({ body: { error: 'down' } }))
    await expect(lookUp(at, ['A'])).rejects.toMatchObject({ code: 'NOT_DATA' })
  })

  test('is all that an address with {keys} can do', async () => {
    const at = await start(() => ({ body: [] }))
    const source = at.source(restJsonOptions.parse({ url: `${at.url}/beds/{keys}` }))
    const rows = driver.scan(source, restJsonSelection.parse({}))
    await expect(collected(rows)).rejects.toMatchObject({ code: 'MAPPING' })
    expect(at.requests).toHaveLength(0)
  })
})
