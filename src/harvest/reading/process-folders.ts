import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning } from '../../database/embedded/processes.js'

/**
 * A new folder for the files of a process that this one starts. Its name says whose it is, by machine and process: both may be killed at
 * once, and then nobody is left to remove it.
 */
export function makeProcessFolder(kind: 'reading' | 'probe'): Promise<string> {
  return mkdtemp(join(tmpdir(), `gateway-${kind}-${machine()}.${process.pid}-`))
}

/** Removes the folders of processes of this machine that are gone. Resolves to their number. */
export async function sweepProcessFolders(): Promise<number> {
  const left = (await readdir(tmpdir())).filter(isLeft)
  for (const name of left) await rm(join(tmpdir(), name), { recursive: true, force: true })
  return left.length
}

function isLeft(name: string): boolean {
  const [, owner = '', pid = ''] = /^gateway-(?:reading|probe)-(.+)\.(\d+)-[^.-]+$/.exec(name) ?? []
  return owner === machine() && !isRunning(Number(pid))
}

/** Containers that share a folder for temporary files do not see each other's processes. */
function machine(): string {
  return hostname().replace(/[^A-Za-z0-9-]/g, '-')
}
