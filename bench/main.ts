// Measures the gateway beside the limit and its peers: loads the rows, checks that all answer the same, then loads each in turn.
import { join } from 'node:path'
import { allContestants } from './contestants/all-contestants.js'
import { RunningContestant, type CheckedRequests } from './contestants/running-contestant.js'
import { compileTime, manyConnections } from './extras.js'
import { openBenchDatabase } from './dataset/open-database.js'
import { registerBeds } from './dataset/load.js'
import { sameAnswers } from './report/same-answers.js'
import { measure, type Measured } from './load/measure.js'
import { startServer } from './load/server-process.js'
import { workloadTable } from './report/table.js'
import { readBenchSettings } from './settings.js'
import { allWorkloads } from './workloads/all-workloads.js'
import type { Workload } from './workloads/workload.js'

const settings = readBenchSettings(process.argv.slice(2))
const report = (text: string): void => {
  console.error(text)
}

await using stack = new AsyncDisposableStack()
const database = stack.use(await openBenchDatabase(settings.folder, settings.rows, report))
const beds = stack.use(
  await startServer({
    name: 'bed service',
    words: [
      '--import',
      join(import.meta.dirname, 'typescript.mjs'),
      join(import.meta.dirname, 'upstream', 'bed-service.ts'),
    ],
    environment: {},
    core: 1,
  }),
)
const bedsUrl = `http://127.0.0.1:${beds.port}`
const bedsResource = await registerBeds(database.pool, bedsUrl)

const running: RunningContestant[] = []
for (const contestant of allContestants) {
  if (settings.contestants !== undefined && !settings.contestants.includes(contestant.name)) continue
  running.push(stack.use(await RunningContestant.start(contestant, { databaseUrl: database.url, bedsUrl })))
  report(`started ${contestant.name}`)
}
if (settings.hold) {
  for (const each of running) report(`${each.contestant.name}: http://127.0.0.1:${each.process.port}/graphql`)
  report(database.url)
  await new Promise((resolve) => process.once('SIGINT', resolve))
}

const warm = new Set<RunningContestant>()
const workloads = allWorkloads(settings.rows).filter(
  ({ name }) => !settings.hold && (settings.workloads === undefined || settings.workloads.includes(name)),
)
for (const workload of workloads) {
  report(`checking ${workload.name}`)
  const taking = running.filter(({ contestant }) => contestant.workloads?.includes(workload.name) ?? true)
  for (const each of taking) await each.warmUp(workload)
  const checked = new Map<RunningContestant, CheckedRequests>()
  for (const each of taking) checked.set(each, await each.check(workload))
  sameAnswers(
    workload,
    [...checked].map(([each, { answers }]) => ({ name: each.contestant.name, answers })),
  )
  const rounds = new Map<RunningContestant, Measured[]>(taking.map((each) => [each, []]))
  for (let round = -1; round < settings.rounds; round += 1) {
    for (const [each, requests] of checked) {
      const warmUp = settings.warmUpSeconds[warm.has(each) ? 'other' : 'first']
      const measured = await measure({
        running: each,
        workload,
        checked: requests,
        // A round before the others warms up, and is not counted.
        seconds: round < 0 ? warmUp : settings.roundSeconds,
        postmaster: database.pid,
        forget: () => forget(each),
      })
      warm.add(each)
      if (round >= 0) rounds.get(each)?.push(measured)
    }
  }
  console.log(table(workload, rounds))
}

const [page] = allWorkloads(settings.rows)
if (settings.extras && page !== undefined) {
  const surroundings = { databaseUrl: database.url, bedsUrl }
  const options = {
    surroundings,
    workload: page,
    connections: [64, 1000],
    seconds: settings.roundSeconds,
    warmUpSeconds: settings.warmUpSeconds.first,
    postmaster: database.pid,
  }
  console.log(await manyConnections(options))
  console.log(await compileTime())
}

function table(workload: Workload, rounds: ReadonlyMap<RunningContestant, readonly Measured[]>): string {
  const title = `${workload.title} (${workload.connections} connections)`
  return workloadTable(
    title,
    [...rounds].map(([each, measured]) => ({ title: each.contestant.title, rounds: measured })),
  )
}

async function forget(contestant: RunningContestant): Promise<void> {
  contestant.forgetBeds()
  await database.pool.query('delete from records."BedAvailability" where _resource = $1', [bedsResource])
  await database.pool.query('update gateway.resource set record_count = 0 where id = $1', [bedsResource])
}
