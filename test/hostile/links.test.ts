import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { loadDrivers } from '../../src/connectors/drivers.js'
import { HarvestBench, schoolsManifest } from '../../src/harvest/harvest.fixture.js'
import type { Harvest } from '../../src/harvest/harvest.js'
import { openElsewhere, type OpenElsewhere } from './hostile-proxy.js'

let bench: HarvestBench
let harvest: Harvest
let elsewhere: OpenElsewhere
beforeAll(async () => {
  bench = await HarvestBench.open({ drivers: await loadDrivers() })
  harvest = await bench.replica()
  elsewhere = await openElsewhere()
})
afterAll(async () => {
  await elsewhere[Symbol.asyncDispose]()
  await bench.dispose()
})

interface Paged {
  readonly driver: string
  readonly options: object
  readonly selection: object
  readonly fields: object
  /** Makes the source lead on to that link. */
  readonly lead: (link: string) => void
}

const row = { id: 'a', name: 'Trường A' }
const fields = { code: { column: 'id' }, name: { column: 'name' } }

/** Every way in which an answer can say where the next request is to go. */
const ways: Readonly<Record<string, () => Paged>> = {
  'a link in JSON': () => ({
    driver: 'rest-json',
    options: { url: `${bench.upstream.url}/rows` },
    selection: { items: 'data', paging: { kind: 'nextLink', path: 'next' } },
    fields,
    lead: (next) => {
      bench.upstream.serveJson('/rows', { data: [row], next })
    },
  }),
  'a Link header': () => ({
    driver: 'rest-json',
    options: { url: `${bench.upstream.url}/headed` },
    selection: { paging: { kind: 'nextLink' } },
    fields,
    lead: (next) => {
      bench.upstream.serve('/headed', JSON.stringify([row]), { link: `<${next}>; rel="next"` })
    },
  }),
  'the next page of a FHIR search': () => ({
    driver: 'fhir',
    options: { baseUrl: `${bench.upstream.url}/fhir` },
    selection: { resourceType: 'Organization' },
    fields,
    lead: (url) => {
      bench.upstream.serveJson('/fhir/Organization', {
        resourceType: 'Bundle',
        type: 'searchset',
        link: [{ relation: 'next', url }],
        entry: [{ resource: { resourceType: 'Organization', ...row } }],
      })
    },
  }),
  'a redirect of a portal': () => ({
    driver: 'ckan',
    options: { endpoint: `${bench.upstream.url}/ckan`, resource: 'r' },
    selection: {},
    fields,
    lead: (location) => {
      bench.upstream.on('/ckan/api/3/action/datastore_search', (_request, response) => {
        response.writeHead(302, { location }).end()
      })
    },
  }),
}

const hosts =
  `127.0.0.1 127.1 2130706433 0x7f.1 0 localhost localhost. user@127.0.0.1 127.0.0.1. [::1] [::] [::127.0.0.1] [::ffff:7f00:1]
  [64:ff9b::7f00:1] [2002:7f00:1::] [2001:0:7f00:1::]`
    .trim()
    .split(/\s+/)

test.each(Object.keys(ways))(
  '%s leads nowhere that the manifest could not',
  async (what) => {
    const { driver, options, selection, fields, lead } = ways[what]!()
    const code = what.toLowerCase().replaceAll(' ', '-')
    const [resource] = schoolsManifest(bench.upstream, code).resources
    const { connectorId } = await bench.register({
      ...schoolsManifest(bench.upstream, code),
      driver,
      options,
      resources: [{ ...resource, selection, fields }],
    })
    await harvest.registry.reload()
    const { port } = new URL(elsewhere.canary)
    const links = [
      ...hosts.map((host) => `http://${host}:${port}/rows`),
      `//127.0.0.1:${port}/rows`,
      'http://169.254.169.254/latest/meta-data/',
      'http://10.0.0.1/rows',
      'file:///etc/passwd',
      'gopher://127.0.0.1/',
    ]
    for (const link of links) {
      lead(link)
      const run = await harvest.run(connectorId, 'manual')
      expect([link, run.outcome === 'FAILED' ? run.fault.code : run.outcome]).toEqual([link, 'ADDRESS_REFUSED'])
    }
    expect(elsewhere.hits()).toBe(0)
  },
  60_000,
)
