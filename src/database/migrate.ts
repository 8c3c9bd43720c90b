import { DataSource, type DataSourceOptions } from 'typeorm'
import { z } from 'zod'
import { StartFailure } from '../settings/start-failure.js'
import { Foundation1700000000001 } from './migrations/0001-foundation.js'
import { PlanSeed1700000000002 } from './migrations/0002-plan-seed.js'
import { RecordQueries1700000000005 } from './migrations/0005-record-queries.js'
import { Staging1700000000010 } from './migrations/0010-staging.js'
import { AuditLog1700000000020 } from './migrations/0020-audit-log.js'
import { RecordTypeProposals1700000000021 } from './migrations/0021-record-type-proposals.js'
import { SealedSecrets1700000000022 } from './migrations/0022-sealed-secrets.js'
import { Notices1700000000023 } from './migrations/0023-notices.js'
import { Drift1700000000030 } from './migrations/0030-drift.js'
import { Uploads1700000000040 } from './migrations/0040-uploads.js'
import { ToldDrift1700000000050 } from './migrations/0050-told-drift.js'
import { RetryAfter1700000000051 } from './migrations/0051-retry-after.js'
import { IncrementalRuns1700000000052 } from './migrations/0052-incremental-runs.js'
import { NoticeMail1700000000060 } from './migrations/0060-notice-mail.js'
import { EventsUnchecked1700000000061 } from './migrations/0061-events-unchecked.js'
import { LookupsOfAnyFields1700000000062 } from './migrations/0062-lookups-of-any-fields.js'
import { FoldComposedTexts1700000000063 } from './migrations/0063-fold-composed-texts.js'

/** In the order in which they run; a released one never changes. */
const migrations = [
  Foundation1700000000001,
  PlanSeed1700000000002,
  RecordQueries1700000000005,
  Staging1700000000010,
  AuditLog1700000000020,
  RecordTypeProposals1700000000021,
  SealedSecrets1700000000022,
  Notices1700000000023,
  Drift1700000000030,
  Uploads1700000000040,
  ToldDrift1700000000050,
  RetryAfter1700000000051,
  IncrementalRuns1700000000052,
  NoticeMail1700000000060,
  EventsUnchecked1700000000061,
  LookupsOfAnyFields1700000000062,
  FoldComposedTexts1700000000063,
]

export type Entities = NonNullable<DataSourceOptions['entities']>

/**
 * The control plane's connection: TypeORM over the given database, with all migrations applied, once over all replicas that start.
 * Destroy it when done. `beforeMigrating` may throw for a database that holds something already: it is left as it was, so that
 * the version that ran until now starts again. Throws StartFailure for a database that a newer gateway has changed.
 */
export async function openControlDatabase(
  url: string,
  entities: Entities = [],
  beforeMigrating: () => Promise<void> = () => Promise.resolve(),
): Promise<DataSource> {
  const source = new DataSource({
    type: 'postgres',
    url,
    entities,
    migrations,
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    migrationsRun: false,
    synchronize: false,
    installExtensions: false,
    logging: false,
    schema: 'gateway',
    poolSize: 4,
    // Nobody waits for ever for a database that is away, nor for a connection.
    connectTimeoutMS: 15_000,
  })
  await source.initialize()
  try {
    await migrate(source, beforeMigrating)
  } catch (error) {
    await source.destroy()
    throw error
  }
  return source
}

async function migrate(source: DataSource, beforeMigrating: () => Promise<void>): Promise<void> {
  const session = source.createQueryRunner()
  const place = `hashtextextended('gateway migrations', 0)`
  try {
    await session.query(`select pg_advisory_lock(${place})`)
    await session.query('create schema if not exists gateway')
    if (await isMigrated(source)) {
      await refuseNewer(source)
      await beforeMigrating()
    }
    await source.runMigrations()
    await session.query(`select pg_advisory_unlock(${place})`)
  } finally {
    await session.release()
  }
}

async function isMigrated(source: DataSource): Promise<boolean> {
  const rows = z
    .array(z.object({ found: z.boolean() }))
    .parse(await source.query(`select to_regclass('gateway.migrations') is not null as found`))
  return rows.some(({ found }) => found)
}

async function refuseNewer(source: DataSource): Promise<void> {
  const known = migrations.map(({ name }) => name)
  const newer = z
    .array(z.object({ name: z.string() }))
    .parse(await source.query('select name from gateway.migrations where name <> all ($1) order by id', [known]))
  if (newer.length === 0) return
  throw new StartFailure(
    `The database was changed by a newer version of the gateway (${newer.map(({ name }) => name).join(', ')}): start that one, or restore a backup from before it.`,
  )
}
