import type { CheckedRequests, RunningContestant } from '../contestants/running-contestant.js'
import type { Workload } from '../workloads/workload.js'
import { HttpConnection } from './http-connection.js'
import { loadRound, type LoadResult } from './load-round.js'
import { cpuOf, cpuOfPostgres, forgetPeak, peakMemoryOf } from './process-costs.js'

export interface Measured {
  /** Answers a second. */
  readonly rate: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
  /** µs an answer. */
  readonly serverCpu: number
  readonly postgresCpu: number
  /** MB. */
  readonly peakMemory: number
  readonly errors: number
  readonly firstError: string | undefined
}

export interface MeasureOptions {
  readonly running: RunningContestant
  readonly workload: Workload
  readonly checked: CheckedRequests
  readonly seconds: number
  readonly postmaster: number
  /** Makes the next answer a cold one. */
  readonly forget: () => Promise<void>
  readonly connections?: number
}

export async function measure(options: MeasureOptions): Promise<Measured> {
  const { running, workload, postmaster } = options
  const { pid } = running.process
  forgetPeak(pid)
  const result = workload.cold === true ? await coldRound(options) : await warmRound(options)
  const { answers, errors, firstError, seconds, p50, p99, serverCpu, postgresCpu } = result
  return {
    rate: answers / seconds,
    p50,
    p99,
    serverCpu: serverCpu / answers,
    postgresCpu: postgresCpu / answers,
    peakMemory: peakMemoryOf(pid),
    errors,
    firstError,
  }

  async function warmRound({ checked, seconds, connections }: MeasureOptions): Promise<Round> {
    const before = { server: cpuOf(pid), postgres: cpuOfPostgres(postmaster) }
    const round = await loadRound({
      port: running.process.port,
      requests: checked.requests,
      lengths: checked.lengths,
      connections: connections ?? workload.connections,
      seconds,
    })
    return {
      ...round,
      serverCpu: cpuOf(pid) - before.server,
      postgresCpu: cpuOfPostgres(postmaster) - before.postgres,
    }
  }
}

interface Round extends LoadResult {
  readonly serverCpu: number
  readonly postgresCpu: number
}

/** One answer at a time; what is done to forget is not counted. */
async function coldRound({ running, checked, seconds, postmaster, forget }: MeasureOptions): Promise<Round> {
  const { pid, port } = running.process
  const [request] = checked.requests
  const [length] = checked.lengths
  if (request === undefined) throw new Error('There is nothing to ask.')
  const connection = await HttpConnection.open(port)
  const latencies: number[] = []
  let [serverCpu, postgresCpu, errors] = [0, 0, 0]
  let firstError: string | undefined
  const end = performance.now() + seconds * 1000
  while (performance.now() < end) {
    await forget()
    const before = { server: cpuOf(pid), postgres: cpuOfPostgres(postmaster) }
    const sent = performance.now()
    const answer = await new Promise<{ status: number; length: number } | Error>((resolve) => {
      connection.send(request, resolve)
    })
    latencies.push(performance.now() - sent)
    serverCpu += cpuOf(pid) - before.server
    postgresCpu += cpuOfPostgres(postmaster) - before.postgres
    if (answer instanceof Error) throw answer
    if (answer.status !== 200 || answer.length !== length) {
      errors += 1
      firstError ??= `status ${answer.status}, ${answer.length} bytes for ${length ?? 'any'}`
    }
  }
  connection.close()
  const total = latencies.reduce((sum, each) => sum + each, 0) / 1000
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return {
    answers: latencies.length,
    errors,
    firstError,
    seconds: total,
    p50: at(0.5),
    p99: at(0.99),
    serverCpu,
    postgresCpu,
  }
}
