// Measures downloads beside the limit: the same rows as COPY sends them through a bare HTTP server. See --help.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { forgetPeak, peakMemoryOf } from '../load/process-costs.js'
import { startServer, type ServerProcess } from '../load/server-process.js'
import { openDownloadDatabase } from './load.js'
import { median, transfer, type Transfer } from './measure.js'

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean' },
    rows: { type: 'string' },
    rounds: { type: 'string' },
    help: { type: 'boolean' },
  },
})
if (values.help === true) {
  console.log('npm run bench:downloads -- [--quick] [--rows 1000000] [--rounds 5]')
  process.exit(0)
}
const rows = Number(values.rows ?? (values.quick === true ? 100_000 : 1_000_000))
const rounds = Number(values.rounds ?? 5)

await using stack = new AsyncDisposableStack()
const database = stack.use(await openDownloadDatabase(rows, console.error))

async function serve(name: string, file: string): Promise<ServerProcess> {
  const words = ['--import', join(import.meta.dirname, '..', 'typescript.mjs'), join(import.meta.dirname, file)]
  return stack.use(await startServer({ name, words, environment: { DATABASE_URL: database.url }, core: 1 }))
}
const limit = await serve('limit', 'limit-server.ts')
const gateway = await serve('gateway', 'gateway-server.ts')

const fields = 'key,code,name,level,district,commune,address,pupils,teachers,classes,openedOn,latitude,longitude'
const files = `http://127.0.0.1:${gateway.port}/datasets/primary-schools/schools`
const contestants: readonly (readonly [name: string, url: string])[] = [
  ['limit: COPY of the table', `http://127.0.0.1:${limit.port}/table`],
  ['limit: COPY by key', `http://127.0.0.1:${limit.port}/ordered`],
  ['limit: COPY of row_to_json by key', `http://127.0.0.1:${limit.port}/json`],
  ['CSV, the same columns', `${files}.csv?fields=${fields}`],
  ['NDJSON, the same columns', `${files}.ndjson?fields=${fields}`],
  ['CSV, all columns and districts', `${files}.csv`],
  ['NDJSON, all columns and districts', `${files}.ndjson`],
]

// One after the other in every round, so that what else the machine does meets all alike.
const measured = new Map<string, Transfer[]>(contestants.map(([name]) => [name, []]))
for (const [, url] of contestants) await transfer(url)
for (let round = 0; round < rounds; round++) {
  for (const [name, url] of contestants) measured.get(name)?.push(await transfer(url))
}
const rate = (name: string): number => median((measured.get(name) ?? []).map(({ seconds }) => rows / seconds))
const limitRate = rate('limit: COPY of the table')
console.log(`${rows} rows, median of ${rounds} rounds`)
console.log('| what | rows/s | MB/s | rows/s of COPY of the table | of COPY by key |')
console.log('| --- | --- | --- | --- | --- |')
for (const [name] of contestants) {
  const [first] = measured.get(name) ?? []
  const perSecond = rate(name)
  const megabytes = ((first?.bytes ?? 0) / rows) * perSecond * 1e-6
  console.log(
    `| ${name} | ${Math.round(perSecond)} | ${megabytes.toFixed(1)} | ${(perSecond / limitRate).toFixed(2)} | ${(perSecond / rate('limit: COPY by key')).toFixed(2)} |`,
  )
}

for (const format of ['xlsx', 'xml', 'csv', 'json']) {
  forgetPeak(gateway.pid)
  const { seconds, bytes } = await transfer(`${files}.${format}`)
  console.log(
    `${format}: ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s, the server's peak memory ${Math.round(peakMemoryOf(gateway.pid))} MB`,
  )
}
