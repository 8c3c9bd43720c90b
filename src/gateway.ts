import { readdir, readFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import pg from 'pg'
import { createAuthenticate, type Authenticate } from './access/authenticate.js'
import type { Viewer } from './access/viewer.js'
import { buildControlSchema } from './catalog/control-schema.js'
import { createControlContext } from './catalog/control-context.js'
import { controlEntities } from './catalog/entities.js'
import { seedPlan } from './catalog/seed/seed-plan.js'
import { decodeCursor, encodeCursor } from './changes/change-cursor.js'
import { ChangeFeed } from './changes/change-feed.js'
import { pruneChanges } from './changes/prune-changes.js'
import { loadDrivers } from './connectors/drivers.js'
import { ManifestError } from './connectors/manifest/parse-manifest.js'
import type { EndpointResolver } from './connectors/outbound/endpoint-resolver.js'
import type { Outbound } from './connectors/outbound/outbound.js'
import { openControlDatabase } from './database/migrate.js'
import { GatewayError } from './errors/gateway-error.js'
import { createHarvest, type Harvest } from './harvest/harvest.js'
import type { Logger } from './harvest/logger.js'
import { loadPlan } from './plan/plan-file.js'
import { takenNamesOf } from './records/graphql/merge-schemas.js'
import type { ChangeSource, FedChange } from './records/query/change-source.js'
import { PublicService } from './records/query/public-service.js'
import { describeSources } from './records/query/run/describe-sources.js'
import { StatementRunner } from './records/query/run/statement-runner.js'
import { loadRecordTypes } from './records/schema/load-record-types.js'
import { applyRecordTypes, readRecordTypes, recordTypesChannel } from './records/storage/apply-record-types.js'
import { ConnectorResolver, type RegistrationContext } from './registration/connector-resolver.js'
import { registerAtRuntime, registerFile, type RegistrationParts } from './registration/register.js'

export interface GatewayOptions {
  readonly databaseUrl: string
  /** The folder with `schema/`, `connectors/` and `plan/`. */
  readonly folder: string
  /** Name of the plan's folder below `plan/`. */
  readonly plan: string
  readonly outbound: Outbound
  readonly endpoints: EndpointResolver
  /** Leaves out manifests of sample agencies. */
  readonly samples: boolean
  readonly adminToken: string
  readonly timeZone: string
  readonly changesKeepDays: number
  /** What the files say replaces what was changed at run time since. */
  readonly filesWin?: boolean
  readonly logger: Logger
  readonly statementTimeoutMs?: number
  /** Off: nothing is read on a schedule nor at the start. */
  readonly schedule?: boolean
}

/** The gateway without its server: the API as a service, and everything that feeds it. */
export interface Gateway extends AsyncDisposable {
  readonly service: PublicService<Viewer>
  readonly authenticate: Authenticate
  readonly harvest: Harvest
  /** Throws when the database does not answer. */
  ping(): Promise<void>
}

/**
 * Opens the gateway on a database: migrates it, applies the record schemas, the plan and the manifests, and starts to harvest.
 * A record schema or plan that is wrong stops it; a manifest that is wrong is reported and left out.
 */
export async function openGateway(options: GatewayOptions): Promise<Gateway> {
  const stack = new AsyncDisposableStack()
  try {
    return await assemble(options, stack)
  } catch (error) {
    await stack.disposeAsync()
    throw error
  }
}

async function assemble(options: GatewayOptions, stack: AsyncDisposableStack): Promise<Gateway> {
  const { databaseUrl, folder, logger, timeZone, filesWin = false } = options
  const dataSource = await openControlDatabase(databaseUrl, controlEntities)
  stack.defer(() => dataSource.destroy())
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'gateway' })
  pool.on('error', (error) => {
    logger.warn({ error }, 'A connection to the database was lost.')
  })
  stack.defer(() => pool.end())

  const controlSchema = buildControlSchema({ resolvers: [ConnectorResolver] })
  const taken = takenNamesOf(controlSchema)
  const [drivers, fromFiles, plan] = await Promise.all([
    loadDrivers(),
    loadRecordTypes(join(folder, 'schema'), { taken }),
    loadPlan(join(folder, 'plan', options.plan)),
  ])
  const types = await applyRecordTypes(pool, fromFiles, { origin: 'file', filesWin, taken })
  await seedPlan(dataSource, plan)

  const registration: RegistrationParts = { pool, dataSource, drivers, types: () => service.types() }
  const harvest = createHarvest({
    databaseUrl,
    drivers,
    outbound: options.outbound,
    endpoints: options.endpoints,
    types: () => service.types(),
    logger,
    timeZone,
    chores: [pruneChanges(options.changesKeepDays)],
    ...(options.schedule === undefined ? {} : { schedule: options.schedule }),
  })
  const feed = new ChangeFeed({ pool, listener: harvest.listener, logger })
  const runner = new StatementRunner({
    url: databaseUrl,
    poolSize: 10,
    statementTimeoutMs: options.statementTimeoutMs ?? 5000,
  })
  stack.defer(() => runner.dispose())
  const service: PublicService<Viewer> = new PublicService<Viewer>(types, {
    control: {
      schema: controlSchema,
      contextFor: ({ viewer, records, recordTypes }): RegistrationContext => ({
        ...createControlContext({ dataSource, viewer, records, recordTypes }),
        registration: {
          async register(source) {
            const registered = await registerAtRuntime(registration, source, viewer)
            await harvest.registry.reload()
            return registered
          },
          harvestSoon(connectorId) {
            harvest.run(connectorId, 'registered').catch((error: unknown) => {
              logger.error({ error, connectorId }, 'The first run of a connector could not be made.')
            })
          },
        },
      }),
    },
    sources: harvest.sources,
    changes: changeSource(feed),
    runner,
    describeSources: (resources) => describeSources(pool, resources),
    timeZone,
    report: (error) => {
      logger.error({ error }, 'An operation failed.')
    },
  })

  await registerFiles(registration, options)
  stack.defer(() => harvest.stop())
  await harvest.start()
  feed.start()
  stack.defer(() => {
    feed.stop()
  })
  const unsubscribe = harvest.listener.subscribe(recordTypesChannel, followRecordTypes(pool, service, taken, logger))
  stack.defer(unsubscribe)
  const disposables = stack.move()
  return {
    service,
    authenticate: createAuthenticate({ dataSource, adminToken: options.adminToken }),
    harvest,
    async ping() {
      await pool.query('select 1')
    },
    [Symbol.asyncDispose]: () => disposables.disposeAsync(),
  }
}

/** Takes over record types that were changed here or on another replica. */
function followRecordTypes(
  pool: pg.Pool,
  service: PublicService<Viewer>,
  taken: ReturnType<typeof takenNamesOf>,
  logger: Logger,
): { notified(): void; listening(): void } {
  const follow = (): void => {
    readRecordTypes(pool, service.types(), { taken }).then(
      (types) => {
        if (types.revision !== service.types().revision) service.replaceTypes(types)
      },
      (error: unknown) => {
        logger.error({ error }, 'Changed record types could not be read; the earlier ones stay.')
      },
    )
  }
  return { notified: follow, listening: follow }
}

async function registerFiles(registration: RegistrationParts, options: GatewayOptions): Promise<void> {
  const folder = join(options.folder, 'connectors')
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const path of files) {
    const text = await readFile(path, 'utf8')
    if (!options.samples && /^sample: true$/m.test(text)) continue
    const file = relative(options.folder, path)
    try {
      await registerFile(registration, text, { file, filesWin: options.filesWin ?? false })
    } catch (error) {
      if (!(error instanceof ManifestError) && !(error instanceof GatewayError)) throw error
      // One agency's broken manifest must not keep the others away.
      options.logger.error({ file, reason: error.message }, 'A manifest was left out.')
    }
  }
}

function changeSource(feed: ChangeFeed): ChangeSource {
  return {
    async subscribe({ after, recordTypes, signal }) {
      const cursor = after === undefined ? undefined : decodeCursor(after)
      const pages = await feed.subscribe({ after: cursor, recordTypes, signal })
      const encoded: AsyncIterableIterator<readonly FedChange[], void> = {
        async next() {
          const page = await pages.next()
          if (page.done === true) return { done: true, value: undefined }
          return { done: false, value: page.value.map((event) => ({ ...event, cursor: encodeCursor(event.cursor) })) }
        },
        async return() {
          await pages.return?.()
          return { done: true, value: undefined }
        },
        [Symbol.asyncIterator]: () => encoded,
      }
      return encoded
    },
  }
}
