import { execFile } from 'node:child_process'
import { readFile, readlink } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Is there a process with this id? Also one that belongs to somebody else. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return hasCode(error, 'EPERM')
  }
}

/**
 * A text that tells a process from a later one with the same id: on Linux the clock tick of its start. Undefined: there is
 * no such process, or the system does not tell.
 */
export async function processStart(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold spaces; the start is the 20th value after it.
    const values = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A process that ended and waits to be collected holds nothing any more.
    return values[0] === 'Z' ? undefined : values[19]
  } catch (error) {
    if (hasCode(error, 'ESRCH') || (hasCode(error, 'ENOENT') && process.platform === 'linux')) return undefined
    if (!hasCode(error, 'ENOENT')) throw error
  }
  return (await ps(pid, 'lstart='))?.trim()
}

/** The folder that a process works in, or else its command line: what shows which data folder a Postgres serves. */
export async function processFolder(pid: number): Promise<string | undefined> {
  try {
    return await readlink(`/proc/${pid}/cwd`)
  } catch (error) {
    if (process.platform === 'linux') return undefined
    if (!hasCode(error, 'ENOENT')) throw error
  }
  return ps(pid, 'command=')
}

async function ps(pid: number, column: string): Promise<string | undefined> {
  if (process.platform === 'win32' || !isRunning(pid)) return undefined
  const { stdout } = await run('ps', ['-o', column, '-p', String(pid)])
  return stdout
}

export function hasCode(error: unknown, code: string): boolean {
  return codeOf(error) === code
}

/** `ENOENT` and the like, or the exit code of a program that was run; undefined for any other error. */
export function codeOf(error: unknown): string | number | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' || typeof error.code === 'number' ? error.code : undefined
}
