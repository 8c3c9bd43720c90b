import { randomUUID } from 'node:crypto'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { StartFailure } from '../../settings/start-failure.js'
import { hasCode, isRunning, processStart } from './processes.js'

const ownerSchema = z.object({ pid: z.number().int().positive(), start: z.string().optional() })
type Owner = z.infer<typeof ownerSchema>

/**
 * Takes a folder for this process alone. A lock whose process has ended, however, does not count. Throws StartFailure when
 * another process that lives has it.
 */
export async function lockFolder(folder: string): Promise<AsyncDisposable> {
  const file = join(folder, 'gateway.lock')
  const own = `${file}.${randomUUID()}`
  await writeFile(own, JSON.stringify({ pid: process.pid, start: await processStart(process.pid) }), { mode: 0o600 })
  try {
    while (!(await claim(own, file))) {
      const owner = await readOwner(file)
      if (owner !== undefined && (await lives(owner))) {
        throw new StartFailure(
          `Another gateway (process ${owner.pid}) is running on ${folder}: stop it, or give this one another DATA_DIR.`,
        )
      }
      await removeStale(file, owner)
    }
  } finally {
    await rm(own, { force: true })
  }
  return {
    async [Symbol.asyncDispose]() {
      const owner = await readOwner(file)
      if (owner?.pid === process.pid) await rm(file, { force: true })
    },
  }
}

/** The process that has the folder and lives; undefined: none does. */
export async function holderOf(folder: string): Promise<number | undefined> {
  const owner = await readOwner(join(folder, 'gateway.lock'))
  return owner !== undefined && (await lives(owner)) ? owner.pid : undefined
}

/** A hard link is made whole or not at all, so of several processes exactly one gets the name. */
async function claim(own: string, file: string): Promise<boolean> {
  try {
    await link(own, file)
    return true
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false
    throw error
  }
}

async function readOwner(file: string): Promise<Owner | undefined> {
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
  return ownerOf(text)
}

function ownerOf(text: string): Owner | undefined {
  try {
    return ownerSchema.safeParse(JSON.parse(text)).data
  } catch (error) {
    // Cut off by a crash of the machine: nobody's.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

async function lives(owner: Owner): Promise<boolean> {
  if (owner.pid === process.pid) return owner.start === (await processStart(process.pid))
  if (!isRunning(owner.pid)) return false
  return owner.start === undefined || owner.start === (await processStart(owner.pid))
}

/** Moved away before it is removed: between reading and removing, another process may have put its own lock there. */
async function removeStale(file: string, seen: Owner | undefined): Promise<void> {
  const moved = `${file}.stale-${randomUUID()}`
  try {
    await rename(file, moved)
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return
    throw error
  }
  const found = await readOwner(moved)
  if (found?.pid !== seen?.pid || found?.start !== seen?.start) await claim(moved, file)
  await rm(moved, { force: true })
}
