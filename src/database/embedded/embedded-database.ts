import { randomBytes } from 'node:crypto'
import { access, chown, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { prepareDataFolder } from '../../settings/data-folder.js'
import { StartFailure } from '../../settings/start-failure.js'
import { prepareAccount, type Account } from './account.js'
import { findBinaries, type PostgresBinaries } from './binaries.js'
import { holderOf, lockFolder } from './folder-lock.js'
import { clearLeftover, readPostmasterFile } from './leftover.js'
import { freePort, PostgresProcess, runToEnd, type ServerSettings } from './postgres-process.js'
import { hasCode } from './processes.js'

/** What is told of the database's life; a pino logger is one. */
export interface DatabaseLog {
  debug(details: object, message: string): void
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

export interface EmbeddedDatabase extends AsyncDisposable {
  /** With the password; the same until the gateway ends, also after a crash of Postgres. */
  readonly url: string
}

export interface EmbeddedDatabaseOptions {
  /** The gateway's DATA_DIR, absolute; made if need be. */
  readonly folder: string
  readonly log: DatabaseLog
  /** Server settings besides ours. */
  readonly settings?: ServerSettings
}

const ourSettings: ServerSettings = {
  listen_addresses: '127.0.0.1',
  // A socket's path may not be longer than 107 bytes, which a folder may be; the loopback port does all.
  unix_socket_directories: '',
  shared_buffers: '128MB',
  max_connections: '120',
  // Compiling a plan costs more than it saves on answers of some milliseconds.
  jit: 'off',
  // Errors of statements reach whoever sent them; in a log they would show the values.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

/**
 * Starts the gateway's own Postgres in its data folder, made when there is none, and starts it again whenever it ends by
 * itself. What an earlier gateway left running there is stopped first. Throws StartFailure with the reason.
 */
export async function startEmbeddedDatabase(options: EmbeddedDatabaseOptions): Promise<EmbeddedDatabase> {
  const { folder, log } = options
  await prepareDataFolder(folder)
  const lock = await lockFolder(folder)
  try {
    const binaries = await findBinaries()
    const data = join(folder, 'postgres')
    const account = await prepareAccount(data, [binaries.initdb, binaries.postgres])
    const left = await clearLeftover(data)
    if (left !== 'nothing') log.warn({ left }, 'The last gateway on this data folder did not stop its database.')
    const password = await initialised(folder, data, binaries, account)
    const keeper = await Keeper.start({
      folder: data,
      program: binaries.postgres,
      account,
      settings: { ...ourSettings, ...options.settings },
      log,
    })
    return {
      url: urlOf(password, keeper.port),
      async [Symbol.asyncDispose]() {
        await keeper.stop()
        await lock[Symbol.asyncDispose]()
      },
    }
  } catch (error) {
    await lock[Symbol.asyncDispose]()
    throw error
  }
}

/**
 * The address of the database that a gateway which runs on the folder has started; undefined: none runs there. Throws StartFailure
 * while that one cannot be asked yet, or any more.
 */
export async function runningDatabase(folder: string): Promise<string | undefined> {
  const gateway = await holderOf(folder)
  if (gateway === undefined) return undefined
  const server = await readPostmasterFile(join(folder, 'postgres'))
  if (server?.status !== 'ready') {
    throw new StartFailure(
      `The gateway on ${folder} (process ${gateway}) is starting or stopping: try again in a moment.`,
    )
  }
  return urlOf(await readPassword(join(folder, 'postgres-password')), server.port)
}

function urlOf(password: string, port: number): string {
  return `postgres://gateway:${password}@127.0.0.1:${port}/postgres`
}

async function readPassword(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).trim()
  } catch (error) {
    throw new StartFailure(`The password of the embedded Postgres cannot be read from ${file}.`, error)
  }
}

/** Makes the database in a folder beside it first, so that one that was not finished is never taken for one that is. */
async function initialised(
  folder: string,
  data: string,
  { initdb }: PostgresBinaries,
  account: Account,
): Promise<string> {
  const passwordFile = join(folder, 'postgres-password')
  if (await exists(join(data, 'PG_VERSION'))) return readPassword(passwordFile)
  const password = randomBytes(24).toString('hex')
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flush: true })
  const fresh = `${data}.new`
  const handed = `${passwordFile}.new`
  await rm(fresh, { recursive: true, force: true })
  const prepared = await prepareAccount(fresh, [initdb])
  try {
    await writeFile(handed, `${password}\n`, { mode: 0o600 })
    if (account.ids !== undefined) await chown(handed, account.ids.uid, account.ids.gid)
    const words = ['--username=gateway', '--auth=scram-sha-256', `--pwfile=${handed}`, '--encoding=UTF8']
    const locale = ['--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    await runToEnd({
      program: initdb,
      arguments: [`--pgdata=${fresh}`, ...words, ...locale],
      folder: fresh,
      account: prepared,
    })
    // Only when it is empty: what somebody else put there is not ours to remove.
    await rmdir(data)
    await rename(fresh, data)
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error)
    throw new StartFailure(`The embedded Postgres cannot be set up in ${data}: ${said}`, error)
  } finally {
    await rm(handed, { force: true })
    await rm(fresh, { recursive: true, force: true })
  }
  return password
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return false
    throw error
  }
}

interface KeeperOptions {
  readonly folder: string
  readonly program: string
  readonly account: Account
  readonly settings: ServerSettings
  readonly log: DatabaseLog
}

/** Keeps one Postgres running until it is told to stop. */
class Keeper {
  readonly #options: KeeperOptions
  readonly #stopping = new AbortController()
  #current: PostgresProcess
  #restarting: Promise<void> | undefined
  readonly port: number

  private constructor(options: KeeperOptions, port: number, first: PostgresProcess) {
    this.#options = options
    this.port = port
    this.#current = first
    this.#watch()
    process.on('exit', this.#onExit)
  }

  static async start(options: KeeperOptions): Promise<Keeper> {
    for (let tries = 3; ; tries -= 1) {
      const port = await freePort()
      try {
        return new Keeper(options, port, await launchServer(options, port))
      } catch (error) {
        // Between finding the free port and taking it, another program may have taken it.
        const taken = error instanceof StartFailure && error.message.includes('could not create any TCP/IP sockets')
        if (!taken || tries === 0) throw error
      }
    }
  }

  async stop(): Promise<void> {
    this.#stopping.abort()
    process.off('exit', this.#onExit)
    await this.#restarting
    await this.#current.stop()
  }

  readonly #onExit = () => {
    this.#current.requestStop()
  }

  #watch(): void {
    void this.#current.exited.then(() => {
      if (!this.#stopping.signal.aborted) this.#restarting = this.#restart()
    })
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      this.#stopping.signal.addEventListener('abort', () => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  async #restart(): Promise<void> {
    const { log, folder } = this.#options
    log.error({}, 'The embedded Postgres ended; it is started again.')
    for (let wait = 100; !this.#stopping.signal.aborted; wait = Math.min(wait * 2, 5000)) {
      try {
        await clearLeftover(folder)
        this.#current = await launchServer(this.#options, this.port)
        log.info({}, 'The embedded Postgres runs again.')
        this.#watch()
        return
      } catch (error) {
        log.error({ err: error }, 'The embedded Postgres does not start; tried again soon.')
      }
      await this.#pause(wait)
    }
  }
}

function launchServer(options: KeeperOptions, port: number): Promise<PostgresProcess> {
  const onLine = (line: string) => {
    if (/\b(FATAL|PANIC):/.test(line)) options.log.warn({ line }, 'The embedded Postgres says')
    else options.log.debug({ line }, 'The embedded Postgres says')
  }
  return PostgresProcess.start({ ...options, port, onLine })
}
