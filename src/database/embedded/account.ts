import { execFile } from 'node:child_process'
import { chown, lstat, mkdir, readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { StartFailure } from '../../settings/start-failure.js'
import { codeOf, hasCode } from './processes.js'

const run = promisify(execFile)

/** How a program of Postgres is started: Postgres refuses to run as root. */
export interface Account {
  /** Undefined: as who we are. */
  readonly ids: { readonly uid: number; readonly gid: number } | undefined
  /** Goes before the program; it changes the account itself. */
  readonly wrapper: readonly string[]
}

interface User {
  readonly name: string
  readonly uid: number
  readonly gid: number
}

/**
 * The account to run Postgres under, with `folder` (made if need be) belonging to it. As root that is the folder's owner
 * of earlier, or the user `postgres`, or `nobody`. Where such a user may not pass through the folders above the programs or
 * the data (a checkout in /root, say), it is given the right to read what it else could not.
 */
export async function prepareAccount(folder: string, programs: readonly string[]): Promise<Account> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (process.getuid?.() !== 0) {
    const owner = await stat(folder)
    if (process.getuid !== undefined && owner.uid !== process.getuid()) {
      throw new StartFailure(
        `The folder ${folder} belongs to another user: run the gateway as that one, or give it another DATA_DIR.`,
      )
    }
    return { ids: undefined, wrapper: [] }
  }
  const user = await userFor(folder)
  await own(folder, user)
  const { uid, gid } = user
  if (await mayReach([folder, ...programs], user)) return { ids: { uid, gid }, wrapper: [] }
  const wrapper = readingWrapper(user)
  if (await works(wrapper, folder, programs)) return { ids: undefined, wrapper }
  throw new StartFailure(
    `Postgres does not run as root, and the user ${user.name} cannot reach ${folder} or ${dirname(programs[0] ?? folder)}: ` +
      'run the gateway as an ordinary user, put both where all may pass through, or set DATABASE_URL.',
  )
}

async function userFor(folder: string): Promise<User> {
  const users = (await readFile('/etc/passwd', 'utf8')).split('\n').flatMap((line): User[] => {
    const [name = '', , uid, gid] = line.split(':')
    return uid === undefined || gid === undefined ? [] : [{ name, uid: Number(uid), gid: Number(gid) }]
  })
  const { uid: owner } = await stat(folder)
  const user =
    (owner === 0 ? undefined : users.find(({ uid }) => uid === owner)) ??
    users.find(({ name }) => name === 'postgres') ??
    users.find(({ name }) => name === 'nobody')
  if (user === undefined) {
    throw new StartFailure('Postgres does not run as root, and there is no user postgres or nobody: set DATABASE_URL.')
  }
  return user
}

async function own(path: string, user: User): Promise<void> {
  const found = await lstat(path)
  if (found.isSymbolicLink()) return
  if (found.uid !== user.uid) {
    await chown(path, user.uid, user.gid)
    if (found.isDirectory()) {
      for (const entry of await readdir(path)) await own(join(path, entry), user)
    }
  }
}

/** May this user pass through every folder on the way? */
async function mayReach(paths: readonly string[], user: User): Promise<boolean> {
  const folders = new Set<string>()
  for (const path of paths) {
    for (let at = dirname(resolve(path)); !folders.has(at); at = dirname(at)) folders.add(at)
  }
  for (const folder of folders) {
    const { mode, uid, gid } = await stat(folder)
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001
    if ((mode & bit) === 0) return false
  }
  return true
}

/**
 * Changes to the user but keeps the capability to read and to pass through any folder. Postgres asks access(2) whether its
 * own program may be read, which ignores capabilities unless the securebit no_setuid_fixup is set.
 */
function readingWrapper(user: User): string[] {
  return [
    'setpriv',
    `--reuid=${user.uid}`,
    `--regid=${user.gid}`,
    '--clear-groups',
    '--inh-caps=+dac_read_search',
    '--ambient-caps=+dac_read_search',
    '--securebits=+no_setuid_fixup',
  ]
}

async function works(wrapper: readonly string[], folder: string, programs: readonly string[]): Promise<boolean> {
  const [command = '', ...options] = wrapper
  const check = 'test -w "$1" && shift && for file; do test -r "$file" && test -x "$file" || exit 1; done'
  try {
    await run(command, [...options, 'sh', '-c', check, 'sh', folder, ...programs])
    return true
  } catch (error) {
    // No setpriv here, or it or the check said no.
    if (hasCode(error, 'ENOENT') || typeof codeOf(error) === 'number') return false
    throw error
  }
}
