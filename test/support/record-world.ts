import type { DataSource } from 'typeorm'
import type { DocumentNode, ExecutionResult } from 'graphql'
import { parse, validate } from 'graphql'
import { anonymous, type Viewer } from '../../src/access/viewer.js'
import { createControlContext } from '../../src/catalog/control-context.js'
import { buildControlSchema } from '../../src/catalog/control-schema.js'
import { controlEntities } from '../../src/catalog/entities.js'
import { quote, recordTable } from '../../src/database/identifiers.js'
import { openControlDatabase } from '../../src/database/migrate.js'
import { mergeSchemas } from '../../src/records/graphql/merge-schemas.js'
import { Executor, type ExecutorLimits, type ExecutorOptions } from '../../src/records/query/executor.js'
import type { PublicSchema } from '../../src/records/query/public-schemas.js'
import { stringifyResult } from '../../src/records/query/run/raw-json.js'
import { StatementRunner } from '../../src/records/query/run/statement-runner.js'
import type { RecordTypes } from '../../src/records/schema/record-type.js'
import { smallTypes } from '../../src/records/schema/small-types.fixture.js'
import type { ResourceInfo, SourceMode } from '../../src/records/sources.js'
import { applyRecordTypes } from '../../src/records/storage/apply-record-types.js'
import { createTestDatabase, type TestDatabase } from './database.js'

export interface Answer {
  readonly data: Record<string, unknown> | null
  readonly errors?: readonly {
    message: string
    path?: readonly (string | number)[]
    extensions: Record<string, unknown>
  }[]
  readonly extensions?: Record<string, unknown>
}

export interface ResourceSeed {
  readonly dataset: string
  readonly resource: string
  readonly recordType: string
  readonly mode?: SourceMode
  /** False: it was never fetched. */
  readonly fetched?: boolean
  /** Its connector is retired: its rows stay stored, and nobody publishes them. */
  readonly retired?: boolean
  /** By field name; each with its `key`. */
  readonly rows?: readonly Readonly<Record<string, unknown>>[]
}

/** A database with record types and rows in it, and the executor over them; no harvest. */
export interface RecordWorld {
  readonly database: TestDatabase
  readonly public: PublicSchema
  readonly runner: StatementRunner
  readonly resources: readonly ResourceInfo[]
  readonly typesWithRetiredRows: ReadonlySet<string>
  /** How often sources were asked, by what. */
  readonly asked: {
    readonly refreshed: number[][]
    readonly lookedUp: { resourceId: number; keys: readonly string[] }[]
  }
  seed(seed: ResourceSeed): Promise<ResourceInfo>
  query(text: string, variables?: Record<string, unknown>): Promise<Answer>
  /** As after a start: what was learnt of the sources is forgotten. */
  restart(): void
  dispose(): Promise<void>
}

export async function createRecordWorld(
  types: RecordTypes = smallTypes(),
  limits: { readonly limits?: ExecutorLimits } = {},
): Promise<RecordWorld> {
  const database = await createTestDatabase()
  const dataSource: DataSource = await openControlDatabase(database.url, controlEntities)
  await applyRecordTypes(database.pool, types, { origin: 'file' })
  const controlSchema = buildControlSchema()
  const publicSchema: PublicSchema = { schema: mergeSchemas(controlSchema, types), types }
  const runner = new StatementRunner({ url: database.url, poolSize: 4, statementTimeoutMs: 20_000 })
  const resources: ResourceInfo[] = []
  let listed: readonly ResourceInfo[] = []
  const typesWithRetiredRows = new Set<string>()
  const failures: unknown[] = []
  const asked: RecordWorld['asked'] = { refreshed: [], lookedUp: [] }
  const options: ExecutorOptions<Viewer> = {
    control: {
      schema: controlSchema,
      contextFor: ({ viewer, recordTypes, records }) =>
        createControlContext({ dataSource, viewer, records, recordTypes }),
    },
    sources: {
      // Another list for each state, as the registry gives.
      resources: () => listed,
      typesWithRetiredRows: () => typesWithRetiredRows,
      bringUpToDate: (ids) => {
        asked.refreshed.push([...ids])
        return Promise.resolve()
      },
      lookUp: (resourceId, keys) => {
        asked.lookedUp.push({ resourceId, keys })
        return Promise.resolve()
      },
    },
    changes: { subscribe: () => Promise.reject(new Error('The record world has no change feed.')) },
    runner,
    describeSources: (scope) =>
      Promise.resolve(scope.map((each) => ({ dataset: each.datasetCode, resource: each.name }))),
    timeZone: 'Asia/Ho_Chi_Minh',
    report: (error) => {
      failures.push(error)
    },
    ...limits,
  }
  const documents = new Map<string, DocumentNode>()
  let executor = new Executor(options)
  return {
    restart() {
      executor = new Executor(options)
    },
    database,
    public: publicSchema,
    runner,
    resources,
    typesWithRetiredRows,
    asked,
    async seed(seed) {
      const resource = await seedResource(database, types, seed)
      if (seed.retired === true) typesWithRetiredRows.add(resource.recordType)
      else resources.push(resource)
      listed = [...resources]
      return resource
    },
    async query(text, variables = {}) {
      const document = documents.get(text) ?? parse(text)
      if (!documents.has(text)) {
        const problems = validate(publicSchema.schema, document)
        if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'))
        // As the server does: a text that comes again is the same document.
        documents.set(text, document)
      }
      const result: ExecutionResult = await executor.execute({
        document,
        variables,
        viewer: anonymous,
        signal: new AbortController().signal,
        public: publicSchema,
      })
      // Each failure is told once, so that a world can be asked on after one.
      const failed = failures.splice(0)
      if (failed.length > 0) throw new AggregateError(failed, `The executor failed: ${failed.map(String).join('; ')}`)
      return JSON.parse(stringifyResult(result)) as Answer
    },
    async dispose() {
      await runner.dispose()
      await dataSource.destroy()
      await database.dispose()
    },
  }
}

/** Registers a resource with its rows, as if it had been harvested. */
export async function seedResource(
  { pool }: TestDatabase,
  types: RecordTypes,
  seed: ResourceSeed,
): Promise<ResourceInfo> {
  const { fetched = true, retired = false, rows = [], mode = 'SNAPSHOT' } = seed
  const type = types.types.get(seed.recordType)
  if (type === undefined) throw new Error(`no record type ${seed.recordType}`)
  const one = async (text: string, values: unknown[]): Promise<number> => {
    const { rows: found } = await pool.query<{ id: number }>(text, values)
    return found[0]?.id ?? 0
  }
  const datasetId = await one(
    `insert into gateway.dataset (code, title_vi, title_en, license) values ($1, $1, $1, 'CC-BY-4.0')
     on conflict (code) do update set license = excluded.license returning id`,
    [seed.dataset],
  )
  const connectorId = await one(
    `insert into gateway.connector (code, dataset_id, version, manifest, digest, origin) values ($1, $2, 1, '{}', '', 'file')
     on conflict (code) do update set digest = '' returning id`,
    [`${seed.dataset}-${seed.resource}`, datasetId],
  )
  const id = await one(
    `insert into gateway.resource (dataset_id, connector_id, name, position, record_type, mode, max_age_ms, patience_ms, fetched_at, version, record_count, active)
     values ($1, $2, $3, 0, $4, $5, 60000, 1000, case when $6 then now() end, case when $6 then 1 end, $7, $8) returning id`,
    [datasetId, connectorId, seed.resource, type.code, mode, fetched, rows.length, !retired],
  )
  for (const row of rows) {
    const fields = type.fields.filter((field) => field.name in row)
    const columns = [
      '_dataset',
      '_resource',
      '_key',
      '_hash',
      '_version',
      '_updated_at',
      ...fields.map((field) => field.name),
    ]
    const values = [datasetId, id, row['key'], '', 1, new Date(), ...fields.map((field) => row[field.name])]
    await pool.query(
      `insert into ${recordTable(type.code)} (${columns.map(quote).join(', ')}) values (${values.map((_, index) => `$${index + 1}`).join(', ')})`,
      values,
    )
  }
  return {
    id,
    name: seed.resource,
    datasetId,
    datasetCode: seed.dataset,
    recordType: type.code,
    mode,
    maxAgeMs: 60_000,
    patienceMs: 1000,
  }
}
