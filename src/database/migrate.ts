import { DataSource, type DataSourceOptions } from 'typeorm'
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
]

export type Entities = NonNullable<DataSourceOptions['entities']>

/** The control plane's connection: TypeORM over the given database, with all migrations applied. Destroy it when done. */
export async function openControlDatabase(url: string, entities: Entities = []): Promise<DataSource> {
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
    await source.query('create schema if not exists gateway')
    await source.runMigrations()
  } catch (error) {
    await source.destroy()
    throw error
  }
  return source
}
