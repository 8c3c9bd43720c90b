import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { readSettings, type Settings } from '../settings/settings.js'
import { StartFailure } from '../settings/start-failure.js'
import { runningDatabase, startEmbeddedDatabase } from './embedded/embedded-database.js'
import { checkDatabase } from './external/check-database.js'
import { openPool } from './open-pool.js'

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

export interface CommandRules {
  /** What the operator is told when a gateway runs on DATA_DIR; undefined: the command works beside it. */
  readonly alone?: string
}

/**
 * Does a command of an operator on the gateway's database: that of DATABASE_URL, or else the gateway's own in DATA_DIR, which is
 * started when no gateway runs there. A StartFailure becomes one line and the exit code 1.
 */
export async function runOnDatabase(
  work: (pool: pg.Pool, settings: Settings) => Promise<void>,
  rules: CommandRules = {},
): Promise<void> {
  try {
    const settings = readSettings(process.env)
    await using stack = new AsyncDisposableStack()
    const url = await databaseOf(settings, stack, rules)
    const pool = openPool({ connectionString: url, max: 2, application_name: 'gateway command' })
    stack.defer(() => pool.end())
    const { rows } = await pool.query<{ there: boolean }>(
      "select to_regclass('gateway.audit_entry') is not null as there",
    )
    if (rows[0]?.there !== true) throw new StartFailure('No gateway of this version was ever started on this database.')
    await work(pool, settings)
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error
    process.stderr.write(`${error.message}\n`)
    process.exitCode = 1
  }
}

async function databaseOf(
  { databaseUrl, dataDir }: Settings,
  stack: AsyncDisposableStack,
  { alone }: CommandRules,
): Promise<string> {
  if (databaseUrl !== undefined) {
    await checkDatabase(databaseUrl)
    return databaseUrl
  }
  // A command makes no database where a path is only mistyped.
  if (!existsSync(join(dataDir, 'postgres'))) {
    throw new StartFailure(`There is no database in ${dataDir}; set DATA_DIR or DATABASE_URL as the gateway has it.`)
  }
  const running = await runningDatabase(dataDir)
  if (running !== undefined) {
    if (alone !== undefined) throw new StartFailure(alone)
    return running
  }
  const interruption = stack.use(endByExit())
  const embedded = stack.use(await startEmbeddedDatabase({ folder: dataDir, log: silent }))
  interruption.begin()
  return embedded.url
}

/** A signal by itself would end this process and leave the database that it started; its exit stops that one too. */
function endByExit(): Disposable & { begin(): void } {
  let begun = false
  let asked = false
  const end = (): void => {
    asked = true
    // Before it is ready nobody knows it yet who could stop it.
    if (begun) process.exit(1)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  for (const signal of signals) process.on(signal, end)
  return {
    begin() {
      begun = true
      if (asked) process.exit(1)
    },
    [Symbol.dispose]() {
      for (const signal of signals) process.off(signal, end)
    },
  }
}
