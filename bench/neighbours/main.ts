// npm run bench:neighbours [-- --connectors N]: what queries notice of an agency that hangs, and of many harvests at once.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import pg from 'pg'
import { z } from 'zod'
import { startEmbeddedDatabase } from '../../src/database/embedded/embedded-database.js'
import { prepareRequest } from '../load/http-connection.js'
import { loadRound, type LoadResult } from '../load/load-round.js'
import { startServer } from '../load/server-process.js'
import { administrator, register } from './api.js'

const { values } = parseArgs({ options: { connectors: { type: 'string' }, rounds: { type: 'string' } } })
const connectors = z.coerce
  .number()
  .int()
  .positive()
  .parse(values.connectors ?? 500)
const rounds = z.coerce
  .number()
  .int()
  .positive()
  .parse(values.rounds ?? 5)
const hanging = Math.ceil(connectors / 125)
const roundSeconds = 4
const deadlineSeconds = 300
// As many as a busy portal has under way; more would measure how the queue of queries grows.
const askers = 8
const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'data', 'bench-neighbours')
const report = (text: string): void => {
  console.error(text)
}
const silent = (): void => undefined

await rm(folder, { recursive: true, force: true })
await using stack = new AsyncDisposableStack()
stack.defer(() => rm(folder, { recursive: true, force: true }))
const log = { debug: silent, info: silent, warn: silent, error: console.error }
const database = stack.use(await startEmbeddedDatabase({ folder, log, settings: { max_connections: '100' } }))
const pool = new pg.Pool({ connectionString: database.url, max: 2 })
pool.on('error', silent)
stack.defer(() => pool.end())
const agencies = stack.use(
  await startServer({
    name: 'agencies',
    words: ['--import', join(root, 'bench', 'typescript.mjs'), join(import.meta.dirname, 'agencies-server.ts')],
    environment: {},
    core: 'any',
  }),
)
const gateway = stack.use(
  await startServer({
    name: 'gateway',
    words: ['--max-semi-space-size=8', join(root, 'dist', 'src', 'main.js')],
    environment: {
      DATABASE_URL: database.url,
      DATA_DIR: join(folder, 'gateway'),
      PORT: '0',
      SAMPLE_AGENCIES: 'off',
      ADMIN_TOKEN: administrator,
      OUTBOUND_ALLOW: '127.0.0.1',
      LOG_LEVEL: 'fatal',
      ANSWER_CACHE_MB: '0',
    },
    core: 'any',
    portIn: (line) => {
      const found = /^\s*Page\s+http:\/\/127\.0\.0\.1:(\d+)\/$/.exec(line)
      return found === null ? undefined : Number(found[1])
    },
  }),
)
const { port } = gateway
const at = (path: string): string => `http://127.0.0.1:${agencies.port}${path}`
const houses = ['code', 'name', 'level']
const daily = { mode: 'snapshot', every: 'PT1H' }
const otherAgencies = ['education', 'health', 'culture-sports', 'industry-trade', 'construction', 'finance']
const standards = ['number', 'title', 'kind', 'status']
await register(port, {
  ...{ code: 'calm', driver: 'csv', url: at('/standards'), recordType: 'TechnicalStandard' },
  ...{ fields: standards, refresh: daily },
})
const live = { mode: 'live', maxAge: 'PT1S', patience: 'PT2S' }
await register(port, {
  ...{ code: 'hanging', driver: 'rest-json', url: at('/never'), recordType: 'PublishingHouse' },
  ...{ fields: houses, refresh: live },
})
await until('the calm dataset is there', async () => (await count("outcome in ('PUBLISHED', 'UNCHANGED')")) >= 1)

const question =
  'query Calm($from: String!) { technicalStandards(first: 50, where: { number: { gte: $from } }, orderBy: [{ number: ASC }]) { nodes { key number title kind status } } }'
const requests = Array.from({ length: 20 }, (_, index) =>
  prepareRequest(port, JSON.stringify({ query: question, variables: { from: `TCVN ${index * 37}:2020` } })),
)
const load = (seconds: number): Promise<LoadResult> =>
  loadRound({ port, requests, lengths: requests.map(() => undefined), connections: askers, seconds })
const hangingQuestion = '{ publishingHouses(dataset: ["hanging"]) { nodes { name } sources { state } } }'
const hangingRequests = [prepareRequest(port, JSON.stringify({ query: hangingQuestion, variables: {} }))]

report('warming up')
await load(25)

// In turn, so that a noisy machine is noisy for both.
const idle: LoadResult[] = []
const besideHanging: LoadResult[] = []
for (let round = 0; round < rounds; round += 1) {
  idle.push(await load(roundSeconds))
  const waiting = loadRound({
    ...{ port, requests: hangingRequests, lengths: [undefined] },
    ...{ connections: 16, seconds: roundSeconds },
  })
  besideHanging.push(await load(roundSeconds))
  await waiting
}
print(`${askers} askers, nothing else`, idle)
print('the same while 16 more ask for the data of an agency that hangs', besideHanging)
compare('p99 while an agency hangs', besideHanging, idle, 1.2)

report(`registering ${connectors} connectors, of which ${hanging} hang`)
for (let number = 1; number <= connectors; number += 1) {
  const code = `many-${number}`
  const url = at(number <= hanging ? `/never/${number}` : `/houses/${code}`)
  // One agency's system is down; the others are many.
  const agency = number <= hanging ? 'transport' : otherAgencies[number % otherAgencies.length]
  const sketch = { code, driver: 'csv', url, recordType: 'PublishingHouse', fields: houses, refresh: daily } as const
  await register(port, { ...sketch, agency })
}
const ofMany = "connector_id in (select id from gateway.connector where code like 'many-%')"
await until(
  'all that answer have run once',
  async () => (await count(`${ofMany} and outcome in ('PUBLISHED', 'UNCHANGED')`)) >= connectors - hanging,
)

const calm: LoadResult[] = []
for (let round = 0; round < rounds; round += 1) calm.push(await load(roundSeconds))
await fetch(at('/edition'))
const {
  rows: [last],
} = await pool.query<{ id: number }>('select coalesce(max(id), 0)::int as id from gateway.run')
// All of them began their last run a day ago.
await pool.query(
  `update gateway.run set started_at = started_at - interval '1 day', finished_at = finished_at - interval '1 day' where ${ofMany}`,
)
const began = performance.now()
const busy: LoadResult[] = []
const since = `${ofMany} and id > ${last?.id ?? 0}`
let done = 0
// Those that hang end by their own time-out, long after.
while (done < connectors - hanging && performance.now() - began < deadlineSeconds * 1000) {
  busy.push(await load(roundSeconds))
  done = await count(`${since} and outcome in ('PUBLISHED', 'UNCHANGED')`)
}
const seconds = (performance.now() - began) / 1000
const succeeded = await count(`${since} and outcome in ('PUBLISHED', 'UNCHANGED')`)
const failed = await count(`${since} and outcome = 'FAILED'`)
console.log(
  `${connectors} connectors due at once: ${succeeded} succeeded and ${failed} failed (${hanging} hang) within ${seconds.toFixed(0)} s`,
)
print(`${askers} askers with ${connectors} connectors at rest`, calm)
print('the same while all are harvested', busy)
compare(`p99 while ${connectors} connectors are harvested`, busy, calm, 1.5)

function print(what: string, results: readonly LoadResult[]): void {
  const errors = results.reduce((sum, each) => sum + each.errors, 0)
  const rate = median(results.map((each) => each.answers / each.seconds))
  const of = (name: 'p50' | 'p99'): string => median(results.map((each) => each[name])).toFixed(1)
  console.log(`${what}: ${rate.toFixed(0)} requests/s, p50 ${of('p50')} ms, p99 ${of('p99')} ms, ${errors} errors`)
}

function compare(what: string, busy: readonly LoadResult[], idle: readonly LoadResult[], most: number): void {
  const [now, before] = [busy, idle].map((results) => median(results.map((each) => each.p99)))
  console.log(`${what}: ${((now ?? NaN) / (before ?? NaN)).toFixed(2)} times as long (to reach: ${most})\n`)
}

function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? NaN
}

async function count(where: string): Promise<number> {
  const { rows } = await pool.query<{ n: number }>(`select count(*)::int as n from gateway.run where ${where}`)
  return rows[0]?.n ?? 0
}

async function until(what: string, holds: () => Promise<boolean>): Promise<void> {
  const end = performance.now() + deadlineSeconds * 1000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`Not within ${deadlineSeconds} s: ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
