// Measures downloads beside the limit: the same rows as COPY sends them through a bare HTTP server. See --help.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { cpuOf, cpuOfPostgres, forgetPeak, peakMemoryOf } from '../load/process-costs.js'
import { startServer, type ServerProcess } from '../load/server-process.js'
import { openDownloadDatabase } from './load.js'
import { median, transfer, type Transfer } from './measure.js'
import { measureOthers } from './others.js'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    rows: { type: 'string' },
    rounds: { type: 'string' },
    others: { type: 'boolean' },
    formats: { type: 'string' },
    rate: { type: 'string' },
    seconds: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (values.help === true) {
  console.log('npm run bench:downloads -- [--quick] [--rows 1000000] [--rounds 5]')
  console.log('npm run bench:downloads -- --others [--rate 40] [--seconds 5] [--formats csv,xlsx] [--rounds 5]')
  process.exit(0)
}
const rows = Number(values.rows ?? (values.quick === true ? 100_000 : 1_000_000))
const rounds = Number(values.rounds ?? 5)
if (values.others === true) {
  await measureOthers({
    rows,
    rounds,
    roundSeconds: Number(values.seconds ?? 5),
    rate: Number(values.rate ?? 40),
    formats: values.formats?.split(',') ?? ['csv', 'ndjson', 'json', 'xml', 'xlsx', 'geojson'],
  })
  process.exit(0)
}

await using stack = new AsyncDisposableStack()
const database = stack.use(await openDownloadDatabase(rows, console.error))

async function serve(name: string, file: string): Promise<ServerProcess> {
  const words = ['--import', join(import.meta.dirname, '..', 'typescript.mjs'), join(import.meta.dirname, file)]
  return stack.use(await startServer({ name, words, environment: { DATABASE_URL: database.url }, core: 'any' }))
}
const limit = await serve('limit', 'limit-server.ts')
const gateway = await serve('gateway', 'gateway-server.ts')
const memoryAtStart = Math.round(peakMemoryOf(gateway.pid))

const fields = 'key,code,name,level,district,commune,address,pupils,teachers,classes,openedOn,latitude,longitude'
const files = `http://127.0.0.1:${gateway.port}/datasets/primary-schools/schools`
interface Contestant {
  readonly name: string
  readonly url: string
  readonly server: ServerProcess
}
const contestants: readonly Contestant[] = [
  { name: 'limit: COPY of the table', url: `http://127.0.0.1:${limit.port}/table`, server: limit },
  { name: 'limit: COPY by key', url: `http://127.0.0.1:${limit.port}/ordered`, server: limit },
  { name: 'limit: COPY of row_to_json by key', url: `http://127.0.0.1:${limit.port}/json`, server: limit },
  { name: 'limit: COPY of all columns and places by key', url: `http://127.0.0.1:${limit.port}/all`, server: limit },
  { name: 'CSV, the same columns', url: `${files}.csv?fields=${fields}`, server: gateway },
  { name: 'NDJSON, the same columns', url: `${files}.ndjson?fields=${fields}`, server: gateway },
  { name: 'CSV, all columns and places', url: `${files}.csv`, server: gateway },
  { name: 'NDJSON, all columns and places', url: `${files}.ndjson`, server: gateway },
]

interface Measured extends Transfer {
  /** CPU time a row, in µs. */
  readonly serverCpu: number
  readonly postgresCpu: number
}

async function measure({ url, server }: Contestant): Promise<Measured> {
  const before = { server: cpuOf(server.pid), postgres: cpuOfPostgres(database.pid) }
  const done = await transfer(url)
  return {
    ...done,
    serverCpu: (cpuOf(server.pid) - before.server) / rows,
    postgresCpu: (cpuOfPostgres(database.pid) - before.postgres) / rows,
  }
}

// One after the other in every round, so that what else the machine does meets all alike.
const measured = new Map<Contestant, Measured[]>(contestants.map((each) => [each, []]))
for (const { url } of contestants) await transfer(url)
for (let round = 0; round < rounds; round++) {
  for (const each of contestants) measured.get(each)?.push(await measure(each))
}
const middle = (each: Contestant | undefined, of: (one: Measured) => number): number =>
  each === undefined ? NaN : median((measured.get(each) ?? []).map(of))
const [table, byKey] = contestants
const rate = (each: Contestant | undefined): number => middle(each, ({ seconds }) => rows / seconds)
const cpu = (each: Contestant | undefined): number => middle(each, (one) => one.serverCpu + one.postgresCpu)
console.log(`${rows} rows, median of ${rounds} rounds; ratios of rows/s, and CPU time a row in µs (server + Postgres)`)
console.log('| what | rows/s | MB/s | of COPY of the table | of COPY by key | CPU | CPU of COPY by key |')
console.log('| --- | --- | --- | --- | --- | --- | --- |')
for (const each of contestants) {
  const cells = [
    each.name,
    Math.round(rate(each)),
    middle(each, ({ bytes, seconds }) => bytes / seconds / 1e6).toFixed(1),
    (rate(each) / rate(table)).toFixed(2),
    (rate(each) / rate(byKey)).toFixed(2),
    `${middle(each, (one) => one.serverCpu).toFixed(2)} + ${middle(each, (one) => one.postgresCpu).toFixed(2)}`,
    (cpu(each) / cpu(byKey)).toFixed(2),
  ]
  console.log(`| ${cells.join(' | ')} |`)
}

for (const format of ['xlsx', 'xml', 'csv', 'json']) {
  forgetPeak(gateway.pid)
  const { seconds, bytes } = await transfer(`${files}.${format}`)
  console.log(
    `${format}: ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, the server's peak memory ${Math.round(peakMemoryOf(gateway.pid))} MB (${memoryAtStart} MB at its start)`,
  )
}
