import { mkdir, rm, stat, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { StartFailure } from './start-failure.js'

/** Makes the folder of DATA_DIR if need be. Throws StartFailure when it cannot be written. */
export async function prepareDataFolder(folder: string): Promise<void> {
  const probe = join(folder, `.write-${process.pid}`)
  try {
    await makeFolder(folder)
    await writeFile(probe, '')
    await rm(probe)
  } catch (error) {
    const code = codeOf(error) ?? 'for an unknown reason'
    throw new StartFailure(`DATA_DIR: the folder ${folder} cannot be written (${code}).`, error)
  }
}

/** Makes a folder and those above it; not by `recursive` of Node, which never ends where a folder says that there is none above it, such as below /proc. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder)
  } catch (error) {
    if (codeOf(error) === 'EEXIST' && (await stat(folder)).isDirectory()) return
    if (codeOf(error) !== 'ENOENT' || dirname(folder) === folder) throw error
    await makeFolder(dirname(folder))
    await mkdir(folder)
  }
}

function codeOf(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined
}
