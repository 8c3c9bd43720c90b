// Measures how long others wait for answers while somebody downloads: `npm run bench:downloads -- --others`.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { z } from 'zod'
import { allContestants } from '../contestants/all-contestants.js'
import { RunningContestant } from '../contestants/running-contestant.js'
import { openBenchDatabase } from '../dataset/open-database.js'
import { schoolDatasets } from '../dataset/generate.js'
import { cpuOf, cpuOfPostgres, forgetPeak, peakMemoryOf } from '../load/process-costs.js'
import { allWorkloads } from '../workloads/all-workloads.js'
import { steadyRound, type SteadyResult } from './steady-round.js'
import { median } from './measure.js'

export interface OthersOptions {
  readonly rows: number
  readonly rounds: number
  readonly roundSeconds: number
  /** Questions a second: far below what the gateway can answer, as on a usual day. */
  readonly rate: number
  readonly formats: readonly string[]
}

interface Measured extends SteadyResult {
  readonly bytesPerSecond: number
  readonly serverCpu: number
  readonly postgresCpu: number
}

const quiet = 'nobody'

export async function measureOthers(options: OthersOptions): Promise<void> {
  const { rows, rounds, roundSeconds, rate, formats } = options
  await using stack = new AsyncDisposableStack()
  const folder = join(import.meta.dirname, '..', '..', 'data', `bench-${rows}`)
  const database = stack.use(await openBenchDatabase(folder, rows, console.error))
  const ours = allContestants.find(({ name }) => name === 'ours')
  if (ours === undefined) throw new Error('The gateway is not among the contestants.')
  const gateway = stack.use(
    // As in production: where its threads run is left to the system.
    await RunningContestant.start(ours, { databaseUrl: database.url, bedsUrl: 'http://127.0.0.1:9' }, 'any'),
  )
  const { pid, port } = gateway.process
  const requests: Buffer[] = []
  for (const workload of allWorkloads(rows).filter(({ name }) => ['page', 'filter', 'relation'].includes(name))) {
    requests.push(...(await gateway.check(workload)).requests)
  }

  const measure = async (format: string): Promise<Measured> => {
    const downloader = format === quiet ? undefined : startDownloader(port, format)
    const before = { server: cpuOf(pid), postgres: cpuOfPostgres(database.pid) }
    const result = await steadyRound({ port, requests, rate, seconds: roundSeconds })
    const serverCpu = cpuOf(pid) - before.server
    const postgresCpu = cpuOfPostgres(database.pid) - before.postgres
    const bytesPerSecond = (await downloader?.stop()) ?? 0
    const micros = roundSeconds * 1e6
    return { ...result, bytesPerSecond, serverCpu: serverCpu / micros, postgresCpu: postgresCpu / micros }
  }

  // What else the machine does meets all alike: in every round each format is measured, and nobody downloading beside each.
  const measured = new Map<string, Measured[]>(formats.map((format) => [format, []]))
  const alone = new Map<string, Measured[]>(formats.map((format) => [format, []]))
  await measure(quiet)
  forgetPeak(pid)
  for (let round = 0; round < rounds; round += 1) {
    for (const format of formats) {
      alone.get(format)?.push(await measure(quiet))
      measured.get(format)?.push(await measure(format))
    }
  }
  const middle = (all: readonly Measured[] | undefined, of: (one: Measured) => number): number =>
    median((all ?? []).map(of))
  console.log(
    `${rate} questions/s of others while one client downloads ${rows} rows over and over; medians of ${rounds} rounds of ${roundSeconds} s; ms`,
  )
  console.log(
    '| download | median | p99 | median, ratio | p99, ratio | MB/s | processors: server + Postgres | errors |',
  )
  console.log('| --- | --- | --- | --- | --- | --- | --- | --- |')
  for (const format of formats) {
    const [quietly, during] = [alone.get(format), measured.get(format)]
    const pair = (of: (one: Measured) => number): string =>
      `${middle(quietly, of).toFixed(1)} → ${middle(during, of).toFixed(1)}`
    const ratio = (of: (one: Measured) => number): string =>
      median((during ?? []).map((one, round) => of(one) / middle(quietly?.slice(round, round + 1), of))).toFixed(2)
    const cells = [
      format,
      pair(({ p50 }) => p50),
      pair(({ p99 }) => p99),
      ratio(({ p50 }) => p50),
      ratio(({ p99 }) => p99),
      (middle(during, (one) => one.bytesPerSecond) / 1e6).toFixed(1),
      `${middle(during, (one) => one.serverCpu).toFixed(2)} + ${middle(during, (one) => one.postgresCpu).toFixed(2)}`,
      (during ?? []).reduce((sum, { errors }) => sum + errors, 0),
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  console.log(`the server's peak memory: ${Math.round(peakMemoryOf(pid))} MB`)
}

const doneSchema = z.object({ bytesPerSecond: z.number() })

/** In a process of its own: what it reads must not delay the questions, which are asked from here. */
function startDownloader(port: number, format: string): { stop(): Promise<number> } {
  const urls = schoolDatasets.map((name) => `http://127.0.0.1:${port}/datasets/${name}/${name}.${format}`)
  const child = fork(join(import.meta.dirname, 'download-loop.ts'), urls, {
    execArgv: ['--import', join(import.meta.dirname, '..', 'typescript.mjs')],
  })
  return {
    async stop() {
      const answered = once(child, 'message')
      const exited = once(child, 'exit')
      child.send('stop')
      const [message] = z.array(z.unknown()).parse(await answered)
      await exited
      return doneSchema.parse(message).bytesPerSecond
    },
  }
}
