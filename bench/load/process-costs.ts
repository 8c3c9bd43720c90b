import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const microsecondsPerTick = 1_000_000 / Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }))

/** CPU time that a process has used, of all its threads, in µs. */
export function cpuOf(pid: number): number {
  return statOf(pid)?.own ?? 0
}

/** CPU time of the postmaster and all its processes, ended ones too, in µs. */
export function cpuOfPostgres(postmaster: number): number {
  let total = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const stat = statOf(Number(name))
    if (stat === undefined) continue
    if (Number(name) === postmaster) total += stat.own + stat.ended
    else if (stat.parent === postmaster) total += stat.own
  }
  return total
}

/** Highest resident memory since the start or the last `forgetPeak`, in MB. */
export function peakMemoryOf(pid: number): number {
  const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
  return found === null ? NaN : Number(found[1]) / 1024
}

export function forgetPeak(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5')
}

interface Stat {
  readonly parent: number
  readonly own: number
  readonly ended: number
}

/** Undefined when the process ended meanwhile. */
function statOf(pid: number): Stat | undefined {
  let text: string
  try {
    text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined
    throw error
  }
  // The name, in brackets, may hold blanks.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const ticks = (index: number): number => Number(fields[index] ?? 0) * microsecondsPerTick
  return { parent: Number(fields[1]), own: ticks(11) + ticks(12), ended: ticks(13) + ticks(14) }
}
