import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'
import { scenarioOf, type Trial, type TriedFixture } from '../../connectors/drivers/conformance/trial.js'
import { driverModules, loadDriver, type AnyDriver } from '../../src/connectors/drivers.js'
import type { HarvestBench } from '../../src/harvest/harvest.fixture.js'
import type { Harvest } from '../../src/harvest/harvest.js'
import type { RunResult } from '../../src/harvest/run/run-connector.js'
import type { Behaviour, Elsewhere } from './behaviour.js'
import { HostileProxy } from './hostile-proxy.js'

const fixtureModule = z.object({
  fixture: z.custom<TriedFixture>((value) => typeof value === 'object' && value !== null && 'serve' in value),
})

export interface Candidate {
  readonly driver: AnyDriver
  readonly fixture: TriedFixture
  /** What its documents are, as far as behaviours ask. */
  readonly formats: readonly NonNullable<Behaviour['format']>[]
}

/** Every driver that lists its rows, with the fixture that speaks its protocol: a new folder joins by itself. */
export async function candidates(): Promise<Candidate[]> {
  const found: Candidate[] = []
  for (const module of await driverModules()) {
    const driver = await loadDriver(module)
    if (!driver.capabilities.scan) continue
    const folder = dirname(module)
    if (!(await readdir(folder)).includes('fixture-server.ts')) continue
    const { fixture } = fixtureModule.parse(await import(pathToFileURL(join(folder, 'fixture-server.ts')).href))
    found.push({ driver, fixture, formats: await formatsOf({ driver, fixture }) })
  }
  return found
}

async function formatsOf(trial: Trial): Promise<Candidate['formats']> {
  const server = await trial.fixture.serve(scenarioOf(trial, 1))
  try {
    const url = /http:[^"]+/.exec(JSON.stringify(server.options))?.[0] ?? ''
    const body = Buffer.from(await (await fetch(url)).arrayBuffer())
    if (!body.subarray(0, 2).equals(Buffer.from('PK'))) return []
    return body.includes('xl/workbook.xml') ? ['zip', 'workbook'] : ['zip']
  } finally {
    await server.close()
  }
}

/** What one behaviour came to. */
export interface Outcome {
  readonly behaviour: string
  readonly run: RunResult
  readonly seconds: number
  readonly requests: number
  /** Published before and after it. */
  readonly before: Visible
  readonly after: Visible
  /** The state that queries show of the resource. */
  readonly state: { readonly error: string | null; readonly fetched: boolean }
  /** What the next run made of a source that is good again. */
  readonly recovery: RunResult
  readonly recovered: Visible
}

export interface Visible {
  readonly rows: number
  readonly checksum: string | null
}

const rowsOfScenario = 40

/** Runs one driver's connector through the behaviours, one after the other, each followed by a good day. */
export class HostileDriver implements AsyncDisposable {
  readonly #bench: HarvestBench
  readonly #harvest: Harvest
  readonly #candidate: Candidate
  readonly #proxy: HostileProxy
  readonly #code: string
  #served: { close(): Promise<void> } | undefined
  #connectorId = 0
  #day = 0

  private constructor(bench: HarvestBench, harvest: Harvest, candidate: Candidate, proxy: HostileProxy) {
    this.#bench = bench
    this.#harvest = harvest
    this.#candidate = candidate
    this.#proxy = proxy
    this.#code = `hostile-${candidate.driver.name}`
  }

  static async open(
    bench: HarvestBench,
    harvest: Harvest,
    candidate: Candidate,
    elsewhere: Elsewhere,
  ): Promise<HostileDriver> {
    const proxy = await HostileProxy.open(elsewhere)
    bench.outbound.allow(proxy.url)
    const hostile = new HostileDriver(bench, harvest, candidate, proxy)
    const { options, selection } = await hostile.#nextDay()
    const { columns } = candidate.fixture
    const { connectorId } = await bench.register({
      connector: hostile.#code,
      dataset: hostile.#code,
      driver: candidate.driver.name,
      options,
      resources: [
        {
          name: 'schools',
          recordType: 'School',
          selection,
          fields: { code: { column: columns.key }, name: { column: columns.text } },
        },
      ],
      refresh: { mode: 'snapshot', every: 'PT24H' },
    })
    hostile.#connectorId = connectorId
    await harvest.registry.reload()
    const first = await hostile.#run()
    if (first.outcome !== 'PUBLISHED') throw new Error(`${hostile.#code}: ${JSON.stringify(first)}`)
    return hostile
  }

  async suffer(behaviour: Behaviour): Promise<Outcome> {
    await this.#nextDay()
    const before = await this.#visible()
    this.#proxy.behave(behaviour)
    const begun = performance.now()
    const run = await this.#run()
    const seconds = (performance.now() - begun) / 1000
    const requests = this.#proxy.requests
    const after = await this.#visible()
    const state = await this.#state()
    await this.#nextDay()
    this.#proxy.behave(undefined)
    const recovery = await this.#run()
    const recovered = await this.#visible()
    return { behaviour: behaviour.name, run, seconds, requests, before, after, state, recovery, recovered }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#proxy[Symbol.asyncDispose]()
    await this.#served?.close()
  }

  /** The agency's system has other rows each day, so that a good run has something to publish. */
  async #nextDay(): Promise<{ options: unknown; selection: unknown }> {
    const { fixture } = this.#candidate
    const { key } = fixture.columns
    const scenario = scenarioOf(this.#candidate, rowsOfScenario)
    const day = ++this.#day
    // The last row is new each day.
    const rows = scenario.rows.map((row, at) => (at === rowsOfScenario - 1 ? { ...row, [key]: `day-${day}` } : row))
    const served = await fixture.serve({ ...scenario, rows })
    await this.#served?.close()
    this.#served = served
    const text = JSON.stringify({ options: served.options, selection: served.selection })
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(text)?.[0] ?? ''
    this.#proxy.standBefore(origin)
    return z
      .object({ options: z.unknown(), selection: z.unknown() })
      .transform(({ options, selection }) => ({ options, selection }))
      .parse(JSON.parse(text.replaceAll(origin, this.#proxy.url)))
  }

  #run(): Promise<RunResult> {
    return this.#harvest.run(this.#connectorId, 'manual')
  }

  async #visible(): Promise<Visible> {
    const [row] = await this.#bench.rows<Visible>(
      `select count(*)::int as rows, md5(string_agg(r._key || r._hash, ',' order by r._key)) as checksum
       from records."School" r join gateway.dataset d on d.id = r._dataset where d.code = $1`,
      [this.#code],
    )
    return row ?? { rows: 0, checksum: null }
  }

  async #state(): Promise<Outcome['state']> {
    const [row] = await this.#bench.rows<Outcome['state']>(
      'select error_code as error, fetched_at is not null as fetched from gateway.resource where connector_id = $1',
      [this.#connectorId],
    )
    return row ?? { error: null, fetched: false }
  }
}
