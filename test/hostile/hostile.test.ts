import { existsSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { HarvestBench } from '../../src/harvest/harvest.fixture.js'
import type { Harvest } from '../../src/harvest/harvest.js'
import { loadDrivers } from '../../src/connectors/drivers.js'
import { readingProgram } from '../support/reading-program.js'
import type { Behaviour } from './behaviour.js'
import { bodyBehaviours } from './body-behaviours.js'
import { candidates, HostileDriver, type Candidate, type Outcome } from './hostile-driver.js'
import { openElsewhere, type OpenElsewhere } from './hostile-proxy.js'
import { wireBehaviours } from './wire-behaviours.js'
import { zipBehaviours } from './zip-behaviours.js'

const limits = {
  attempts: 2,
  pauseMs: 5,
  requestMs: 12_000,
  connectMs: 1_000,
  bodyBytes: 8 * 1024 ** 2,
  slowBytes: 1024,
  slowMs: 600,
  ratioFromBytes: 256 * 1024,
}
/** The sources run as they are, which costs a reading process 60 MB more than the compiled program. */
const residentMegabytes = 420
const mostSeconds = 75
const mostRequests = 2 * limits.attempts

/** `HOSTILE_DRIVERS=csv,xlsx` tries only these. */
const chosen = process.env['HOSTILE_DRIVERS']?.split(',')
const drivers = (await candidates()).filter(({ driver }) => chosen?.includes(driver.name) ?? true)
const matrix = drivers.flatMap((candidate) =>
  behavioursFor(candidate).map((behaviour): [string, string] => [candidate.driver.name, behaviour.name]),
)
const byName = new Map([...wireBehaviours, ...bodyBehaviours, ...zipBehaviours].map((one) => [one.name, one]))

let bench: HarvestBench
let harvest: Harvest
let elsewhere: OpenElsewhere
let peakMegabytes = 0
let watch: NodeJS.Timeout
const hostiles: HostileDriver[] = []
const outcomes = new Map<string, Promise<Outcome>>()

beforeAll(async () => {
  bench = await HarvestBench.open({ drivers: await loadDrivers() })
  harvest = await bench.replica({ readingProgram, limits, runDeadlineMs: 40_000 })
  elsewhere = await openElsewhere()
  bench.outbound.allow(elsewhere.selfSigned)
  bench.outbound.allow(elsewhere.expired)
  watch = setInterval(() => {
    for (const one of harvest.readingProcesses()) peakMegabytes = Math.max(peakMegabytes, one.residentMegabytes)
  }, 100)
  // The drivers suffer side by side, each its own behaviours one after the other.
  for (const candidate of drivers) {
    const hostile = await HostileDriver.open(bench, harvest, candidate, elsewhere)
    hostiles.push(hostile)
    let last: Promise<unknown> = Promise.resolve()
    for (const behaviour of behavioursFor(candidate)) {
      const outcome = last.then(() => hostile.suffer(behaviour))
      // Whoever tests it sees the failure.
      last = outcome.catch(() => undefined)
      outcomes.set(`${candidate.driver.name}: ${behaviour.name}`, outcome)
    }
  }
})

afterAll(async () => {
  await Promise.allSettled(outcomes.values())
  clearInterval(watch)
  for (const hostile of hostiles) await hostile[Symbol.asyncDispose]()
  await elsewhere[Symbol.asyncDispose]()
  await bench.dispose()
})

describe.each(drivers.map(({ driver }) => driver.name))('the driver %s', (name) => {
  test.each(matrix.filter(([driver]) => driver === name))(
    '%s: %s',
    async (_driver, what) => {
      const outcome = await outcomes.get(`${name}: ${what}`)
      if (outcome === undefined) throw new Error('It was not tried.')
      const { expected } = byName.get(what)!
      const { run, before, after, state, recovery, recovered } = outcome
      const ended = run.outcome === 'FAILED' ? run.fault.code : 'SUCCESS'
      expect(expected).toContain(ended)
      if (run.outcome === 'FAILED') {
        // The last good version is what readers see, and its state says why it is not newer.
        expect(after).toEqual(before)
        expect(state).toEqual({ error: run.fault.code, fetched: true })
      }
      expect(outcome.seconds).toBeLessThan(mostSeconds)
      if (what.startsWith('a storm')) expect(outcome.requests).toBeLessThanOrEqual(mostRequests)
      expect(recovery).toMatchObject({ outcome: 'PUBLISHED' })
      expect(recovered.checksum).not.toEqual(after.checksum)
    },
    240_000,
  )
})

test('nothing led to where it must not go, out of an archive, or out of memory', async () => {
  await Promise.all(outcomes.values())
  expect(outcomes.size).toBe(matrix.length)
  expect(elsewhere.hits()).toBe(0)
  expect(existsSync('/tmp/odg-zip-slip')).toBe(false)
  expect(peakMegabytes).toBeGreaterThan(0)
  expect(peakMegabytes).toBeLessThan(residentMegabytes)
}, 240_000)

function behavioursFor({ formats }: Candidate): Behaviour[] {
  return [...wireBehaviours, ...bodyBehaviours, ...zipBehaviours].filter(
    ({ format }) => format === undefined || formats.includes(format),
  )
}
