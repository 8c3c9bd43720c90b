import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { allContestants } from './contestants/all-contestants.js'
import type { Surroundings } from './contestants/contestant.js'
import { RunningContestant } from './contestants/running-contestant.js'
import { measure, type Measured } from './load/measure.js'
import { markdown } from './report/table.js'
import type { Workload } from './workloads/workload.js'

export interface ConnectionsOptions {
  readonly surroundings: Surroundings
  readonly workload: Workload
  readonly connections: readonly number[]
  readonly seconds: number
  readonly warmUpSeconds: number
  readonly postmaster: number
}

/** Our server alone under few and many connections, each time a fresh process: errors and memory, also of its start. */
export async function manyConnections(options: ConnectionsOptions): Promise<string> {
  const { surroundings, workload, seconds, warmUpSeconds, postmaster } = options
  const forget = (): Promise<void> => Promise.resolve()
  const ours = allContestants.find(({ name }) => name === 'ours')
  if (ours === undefined) throw new Error('We are not among the contestants.')
  const rows: string[][] = []
  for (const connections of options.connections) {
    await using running = await RunningContestant.start(ours, surroundings)
    const checked = await running.check(workload)
    await measure({ running, workload, checked, seconds: warmUpSeconds, postmaster, forget, connections: 64 })
    const result: Measured = await measure({ running, workload, checked, seconds, postmaster, forget, connections })
    rows.push([
      String(connections),
      result.rate.toFixed(0),
      result.p99.toFixed(0),
      result.peakMemory.toFixed(0),
      result.errors === 0 ? '0' : `${result.errors} (${result.firstError ?? ''})`,
    ])
  }
  const head = ['connections', 'requests/s', 'p99 ms', 'peak RSS MB', 'errors']
  return [`### Ours under many connections: ${workload.title}`, '', markdown([head, ...rows]), ''].join('\n')
}

const compileSchema = z.object({ median: z.number(), p99: z.number() })

/** A process of its own, so that nothing is warmer than it would be. */
export async function compileTime(): Promise<string> {
  const folder = import.meta.dirname
  const words = ['--import', join(folder, 'typescript.mjs'), join(folder, 'compile', 'compile-time.ts')]
  const { stdout } = await promisify(execFile)(process.execPath, words)
  const { median, p99 } = compileSchema.parse(JSON.parse(stdout))
  return `Cold operations of 30 fields, from text to SQL: median ${median.toFixed(2)} ms, p99 ${p99.toFixed(2)} ms.\n`
}
