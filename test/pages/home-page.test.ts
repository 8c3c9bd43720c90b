import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { GatewayServer } from '../../src/server/gateway-server.js'
import { serveWorld } from '../support/agency-http.js'
import { createGatewayWorld, type GatewayWorld } from '../support/gateway-world.js'
import { until } from '../support/until.js'

let world: GatewayWorld
let server: GatewayServer
beforeAll(async () => {
  world = await createGatewayWorld()
  server = await serveWorld(world)
  await world.gateway.harvest.firstHarvests
}, 120_000)
afterAll(async () => {
  await server.close()
  await world.dispose()
})

const page = async (query = ''): Promise<string> => {
  const response = await fetch(`${server.url}/${query}`)
  expect(response.status).toBe(200)
  return response.text()
}

/** The part of the page about one dataset. */
const article = (html: string, dataset: string): string => {
  const start = html.indexOf(`<article id="${dataset}">`)
  expect([dataset, start]).not.toEqual([dataset, -1])
  return html.slice(start, html.indexOf('</article>', start))
}

const links = (html: string): string[] =>
  [...html.matchAll(/href="([^"]*)"/g)].map(([, address = '']) => address.replaceAll('&#38;', '&'))

const headings = (html: string): string[] =>
  [...html.matchAll(/<section aria-labelledby="theme-([^"]*)"/g)].map(([, id = '']) => id)

describe('a dataset on the page', () => {
  test('offers every resource in every format with what describes it, and all of them are there', async () => {
    const stops = article(await page(), 'bus-network')
    const files = links(stops).filter((address) => address.startsWith('/datasets/'))
    for (const resource of ['routes', 'stops', 'trips', 'fares']) {
      for (const format of ['csv', 'json', 'ndjson', 'xml', 'xlsx', 'geojson', 'xsd']) {
        expect(files).toContain(`/datasets/bus-network/${resource}.${format}`)
      }
    }
    expect(files).toContain('/datasets/bus-network/datapackage.json')
    for (const file of new Set(files)) expect([file, (await fetch(server.url + file)).status]).toEqual([file, 200])
  })

  test('says how large a file is once it is known', async () => {
    const { length } = await (await fetch(`${server.url}/datasets/pharmacies/pharmacies.csv`)).text()
    expect(length).toBeGreaterThan(1000)
    const shown = article(await page('?lang=en'), 'pharmacies')
    expect(shown).toMatch(/>CSV<\/a>\s*<span class="meta">[\d.]+ kB<\/span>/)
  })

  test('has an example query that the gateway answers', async () => {
    const schools = article(await page(), 'primary-schools')
    const address = links(schools).find((each) => each.startsWith('/graphql?'))!
    const query = new URL(address, server.url).searchParams.get('query')!
    expect(schools.replaceAll('&#34;', '"')).toContain(query)
    const answer = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
    })
    expect(await answer.json()).toMatchObject({
      data: { schools: { totalCount: expect.any(Number), nodes: expect.any(Array) } },
    })
  })
})

describe('the search', () => {
  test.each(['trường tiểu học', 'truong tieu hoc'])('finds datasets by “%s”', async (text) => {
    const found = await page(`?q=${encodeURIComponent(text)}`)
    expect(article(found, 'primary-schools')).toContain('Sở Giáo dục và Đào tạo')
    expect(found).not.toContain('<article id="bus-network">')
  })

  test('shows the theme of what fits best first', async () => {
    expect(headings(await page())[0]).toBe('education')
    expect(headings(await page(`?q=${encodeURIComponent('nhà thuốc')}`))[0]).toBe('health')
  })

  test('that finds nothing says so, and shows what was asked as text', async () => {
    const found = await page(`?q=${encodeURIComponent('<script>alert(1)</script>')}`)
    expect(found).toContain('Không có bộ dữ liệu nào khớp')
    expect(found).not.toContain('<script>alert')
  })
})

test('the page is in both languages, with a way to the other', async () => {
  const [vi, en] = [await page(), await page('?lang=en&q=school')]
  expect(vi).toContain('<html lang="vi">')
  expect(vi).toContain('Tải về')
  expect(en).toContain('<html lang="en">')
  expect(en).toContain('Downloads')
  expect(links(en)).toContain('/?lang=vi&q=school')
})

test('every theme can be reached from the top', async () => {
  const html = await page()
  const targets = links(html).filter((address) => address.startsWith('#theme-'))
  expect(targets).toHaveLength(15)
  for (const target of targets) expect(html).toContain(`id="${target.slice(1)}"`)
})

test('nothing of it comes from elsewhere, and no script stands in it', async () => {
  const response = await fetch(`${server.url}/`)
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'")
  const html = await response.text()
  expect(html.match(/<script[^>]*>/g)).toEqual(['<script src="/assets/page.js" defer>'])
  for (const file of ['page.js', 'page.css']) expect((await fetch(`${server.url}/assets/${file}`)).status).toBe(200)
})

test('a source that fails shows why beside its last good copy, which can still be loaded', async () => {
  await world.samples.get('transport')?.close()
  const query = '{ vehiclePositions { totalCount sources { state error { code } } } }'
  // By age they are sooner, without a reason.
  await until('the vehicles are stale since their agency does not answer', async () => {
    const answer = await world.query(query)
    return /"STALE","error":\{/.test(JSON.stringify(answer.data))
  })
  const positions = article(await page('?lang=en'), 'bus-positions')
  expect(positions).toContain('stale')
  expect(positions).toMatch(/class="fault">[^<]+</)
  expect((await fetch(`${server.url}/datasets/bus-positions/vehicles.csv`)).status).toBe(200)
})
