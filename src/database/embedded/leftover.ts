import { readFile, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StartFailure } from '../../settings/start-failure.js'
import { hasCode, isRunning, processFolder } from './processes.js'

/** What Postgres says of itself in its data folder; undefined: nothing (yet). */
export interface PostmasterFile {
  readonly pid: number
  /** On loopback. */
  readonly port: number
  /** `ready` once it accepts connections. */
  readonly status: string | undefined
}

export async function readPostmasterFile(data: string): Promise<PostmasterFile | undefined> {
  let text: string
  try {
    text = await readFile(join(data, 'postmaster.pid'), 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
  const lines = text.split('\n')
  const pid = Math.abs(Number(lines[0]))
  return Number.isInteger(pid) && pid > 0 ? { pid, port: Number(lines[3]), status: lines[7]?.trim() } : undefined
}

/**
 * Stops the Postgres that a gateway which was killed left running on this data folder, and removes the file of one that is
 * gone. Only for the holder of the folder's lock: then nobody else needs that Postgres.
 */
export async function clearLeftover(data: string): Promise<'nothing' | 'stopped' | 'stale'> {
  const found = await readPostmasterFile(data)
  if (found === undefined) return 'nothing'
  if (!(await serves(found.pid, data))) {
    // Its id may belong to another program by now, which Postgres would take for a running server.
    await rm(join(data, 'postmaster.pid'), { force: true })
    return 'stale'
  }
  const signals = [
    { signal: 'SIGINT', seconds: 8 },
    { signal: 'SIGQUIT', seconds: 8 },
  ] as const
  for (const { signal, seconds } of signals) {
    try {
      process.kill(found.pid, signal)
    } catch (error) {
      if (!hasCode(error, 'ESRCH')) throw error
    }
    for (let waited = 0; waited < seconds * 50; waited += 1) {
      if (!(await serves(found.pid, data))) return 'stopped'
      await delay(20)
    }
  }
  throw new StartFailure(
    `A Postgres left behind (process ${found.pid}) serves ${data} and does not stop: stop it by hand.`,
  )
}

/** A server works in its data folder, whatever its command line says. */
async function serves(pid: number, data: string): Promise<boolean> {
  if (!isRunning(pid)) return false
  const folder = await processFolder(pid)
  return folder?.includes(await realpath(data)) ?? false
}
