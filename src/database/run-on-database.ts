import { existsSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { readSettings, type Settings } from '../settings/settings.js'
import { StartFailure } from '../settings/start-failure.js'
import { startEmbeddedDatabase } from './embedded/embedded-database.js'
import { checkDatabase } from './external/check-database.js'

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }

/**
 * Does a command of an operator on the gateway's database: that of DATABASE_URL, or else the gateway's own in DATA_DIR, for which
 * the gateway must be stopped. A StartFailure becomes one line and the exit code 1.
 */
export async function runOnDatabase(work: (pool: pg.Pool, settings: Settings) => Promise<void>): Promise<void> {
  try {
    const settings = readSettings(process.env)
    await using stack = new AsyncDisposableStack()
    let url = settings.databaseUrl
    if (url === undefined) {
      // A command makes no database where a path is only mistyped.
      if (!existsSync(join(settings.dataDir, 'postgres'))) {
        throw new StartFailure(
          `There is no database in ${settings.dataDir}; set DATA_DIR or DATABASE_URL as the gateway has it.`,
        )
      }
      const embedded = stack.use(await startEmbeddedDatabase({ folder: settings.dataDir, log: silent }))
      url = embedded.url
    } else {
      await checkDatabase(url)
    }
    const pool = new pg.Pool({ connectionString: url, max: 2, application_name: 'gateway command' })
    // Told of a connection that closes with the database; a statement that is lost with it fails by itself.
    pool.on('error', () => undefined)
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
