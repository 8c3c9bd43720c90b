// The gateway: the list of its parts and how they are wired.
import 'reflect-metadata'
import { join } from 'node:path'
import pg from 'pg'
import pino from 'pino'
import { startSamples } from '../examples/agencies/start-samples.js'
import { createAuthenticate } from './access/authenticate.js'
import type { Viewer } from './access/viewer.js'
import { createControlContext } from './catalog/control-context.js'
import { buildControlSchema } from './catalog/control-schema.js'
import { controlEntities } from './catalog/entities.js'
import { seedPlan } from './catalog/seed/seed-plan.js'
import { ChangeFeed } from './changes/change-feed.js'
import { pruneChanges } from './changes/prune-changes.js'
import { loadDrivers } from './connectors/drivers.js'
import { createEndpointResolver } from './connectors/outbound/endpoint-resolver.js'
import { createOutbound } from './connectors/outbound/outbound.js'
import { startEmbeddedDatabase } from './database/embedded/embedded-database.js'
import { checkDatabase } from './database/external/check-database.js'
import { openControlDatabase } from './database/migrate.js'
import { createHarvest } from './harvest/harvest.js'
import { loadPlan } from './plan/plan-file.js'
import { PublicService } from './records/query/public-service.js'
import { StatementRunner } from './records/query/run/statement-runner.js'
import { readRecordTypes, recordTypesChannel } from './records/storage/apply-record-types.js'
import { ConnectorResolver, type RegistrationContext } from './registration/connector-resolver.js'
import { registerAtRuntime } from './registration/register.js'
import { startGatewayServer } from './server/gateway-server.js'
import { createMetrics } from './server/metrics.js'
import { GatewayReadiness } from './server/readiness.js'
import { firstAdministrator, unknowableToken } from './server/start/administrator.js'
import { announcement } from './server/start/announcement.js'
import { registerFiles } from './server/start/connector-files.js'
import { changeSourceOf } from './server/start/fed-changes.js'
import type { Parts } from './server/start/parts.js'
import { settledWithin } from './server/start/settled-within.js'
import { describeSourcesIn } from './server/start/public-sources.js'
import { applySchemaFiles } from './server/start/record-schemas.js'
import { runProcess } from './server/start/run-process.js'
import { readArguments } from './settings/arguments.js'
import { installationFolder } from './settings/installation.js'
import { readSettings } from './settings/settings.js'

const log = pino({ base: null }, pino.destination(2))

await runProcess(log, async (parts: Parts, stopping: AbortSignal) => {
  const settings = readSettings(process.env)
  const { filesWin } = readArguments(process.argv.slice(2))
  log.level = settings.logLevel
  const folder = (name: string): string => join(installationFolder, name)

  // The database: our own, or the operator's.
  let databaseUrl = settings.databaseUrl
  if (databaseUrl === undefined) {
    const embedded = await startEmbeddedDatabase({ folder: settings.dataDir, log })
    parts.add('database', () => embedded[Symbol.asyncDispose]())
    databaseUrl = embedded.url
  } else await checkDatabase(databaseUrl, 'DATABASE_URL')
  const dataSource = await openControlDatabase(databaseUrl, controlEntities)
  parts.add('control plane', () => dataSource.destroy())
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: 'gateway' })
  pool.on('error', (error) => {
    log.warn({ err: error }, 'A connection to the database was lost')
  })
  parts.add('pool', () => pool.end())

  // What there is: record types, the plan, drivers.
  const control = buildControlSchema({ resolvers: [ConnectorResolver] })
  const types = await applySchemaFiles(folder('schema'), pool, control, filesWin)
  await seedPlan(dataSource, await loadPlan(folder('plan/binh-dinh-2023-2025')))
  const drivers = await loadDrivers()

  // Where it comes from: agencies' systems, through the one guarded way out.
  const outbound = createOutbound({ allow: settings.outboundAllow })
  parts.add('outbound', () => outbound[Symbol.asyncDispose]())
  const samples = settings.sampleAgencies ? await startSamples({ port: settings.port, log }) : undefined
  if (samples !== undefined) parts.add('samples', () => samples[Symbol.asyncDispose]())
  const sampleUrls = samples?.urls ?? new Map<string, string>()
  for (const url of sampleUrls.values()) outbound.allow(url)
  const harvest = createHarvest({
    databaseUrl,
    drivers,
    outbound,
    endpoints: createEndpointResolver({ samples: sampleUrls, bundled: folder('data-sources') }),
    types: () => service.types(),
    logger: log,
    timeZone: settings.timeZone,
    chores: [pruneChanges(settings.changesKeepDays)],
  })
  parts.add('harvest', () => harvest.stop())
  const feed = new ChangeFeed({ pool, listener: harvest.listener, logger: log })
  parts.add('change feed', () => {
    feed.stop()
  })

  // What answers: the control plane and the record plane in one schema.
  const registration = { pool, dataSource, drivers, types: () => service.types() }
  const contextFor = (
    request: { viewer: Viewer } & Omit<Parameters<typeof createControlContext>[0], 'dataSource' | 'viewer'>,
  ): RegistrationContext => ({
    ...createControlContext({ dataSource, ...request }),
    registration: {
      register: (source) => registerAtRuntime(registration, source, request.viewer),
      harvestSoon: (connectorId) => {
        harvest.run(connectorId, 'registered').catch((error: unknown) => {
          log.warn({ err: error, connectorId }, 'The first harvest of a registered connector failed')
        })
      },
    },
  })
  const runner = new StatementRunner({ url: databaseUrl, poolSize: 16, statementTimeoutMs: 5_000 })
  parts.add('record plane', () => runner.dispose())
  const service = new PublicService<Viewer>(types, {
    control: { schema: control, contextFor },
    sources: harvest.sources,
    changes: changeSourceOf(feed),
    runner,
    describeSources: describeSourcesIn(dataSource),
    timeZone: settings.timeZone,
    // Failures are logged where the request's id is known.
    report: () => undefined,
  })
  const renewTypes = (): void => {
    readRecordTypes(pool, service.types()).then(
      (renewed) => {
        if (renewed.revision !== service.types().revision) service.replaceTypes(renewed)
      },
      (error: unknown) => {
        log.error({ err: error }, 'The record types could not be read again')
      },
    )
  }

  // Who asks: HTTP and WebSocket.
  const metrics = createMetrics()
  const readiness = new GatewayReadiness(() => pool.query('select 1'))
  const server = await startGatewayServer(
    {
      service,
      authenticate: createAuthenticate({ dataSource, adminToken: settings.adminToken ?? unknowableToken() }),
      readiness,
      metrics,
      log,
    },
    settings,
  )
  parts.add('server', () => {
    readiness.set('The gateway is stopping.')
    return server.close()
  })

  // Work: manifests, and the first harvests of what was never read.
  await registerFiles(registration, { folder: folder('connectors'), filesWin, samples: settings.sampleAgencies, log })
  await harvest.start()
  feed.start()
  parts.add(
    'record type notices',
    harvest.listener.subscribe(recordTypesChannel, { notified: renewTypes, listening: renewTypes }),
  )
  readiness.set('The first harvests are under way.')
  await settledWithin(harvest.firstHarvests, 12_000, stopping)
  if (stopping.aborted) return
  readiness.set(undefined)
  const token = settings.adminToken === undefined ? await firstAdministrator(dataSource) : undefined
  const database = settings.databaseUrl === undefined ? `Postgres in ${settings.dataDir}` : 'DATABASE_URL'
  process.stdout.write(announcement(server.url, sampleUrls, database, token))
})
