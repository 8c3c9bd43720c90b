import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseSecretsKey } from './secrets.js'

/** The key that is kept in the folder, made at the first start; readable by its owner only. Lose it, and credentials are lost. */
export async function keptSecretsKey(folder: string): Promise<Buffer> {
  const path = join(folder, 'secrets.key')
  const known = await readKey(path)
  if (known !== undefined) return parseSecretsKey(known, path)
  await mkdir(folder, { recursive: true })
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(`${randomBytes(32).toString('base64')}\n`)
    await file.sync()
  } finally {
    await file.close()
  }
  try {
    // A link is made whole or not at all, and never over one that another start has made.
    await link(draft, path)
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error
  } finally {
    await rm(draft)
  }
  const made = await readKey(path)
  if (made === undefined) throw new Error(`${path} was removed while it was made.`)
  return parseSecretsKey(made, path)
}

async function readKey(path: string): Promise<string | undefined> {
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && error.code === code
}
