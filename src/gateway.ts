import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import type { Logger } from 'pino'
import type { Registry } from 'prom-client'
import type { DataSource } from 'typeorm'
import { recordAction } from './access/audit/record-action.js'
import { tellAuditHead } from './access/audit/tell-audit-head.js'
import { createAuthenticate, type Authenticate } from './access/authenticate.js'
import { createSecrets } from './access/secrets.js'
import type { Viewer } from './access/viewer.js'
import { createControlContext } from './catalog/control-context.js'
import { controlEntities } from './catalog/entities.js'
import { seedPlan } from './catalog/seed/seed-plan.js'
import { ChangeFeed } from './changes/change-feed.js'
import { pruneChanges } from './changes/prune-changes.js'
import { loadDrivers } from './connectors/drivers.js'
import type { EndpointResolver } from './connectors/outbound/endpoint-resolver.js'
import type { Outbound } from './connectors/outbound/outbound.js'
import { openControlDatabase } from './database/migrate.js'
import { openPool } from './database/open-pool.js'
import type { DownloadContext } from './distribution/download-resolver.js'
import { createDownloads } from './distribution/downloads.js'
import { buildWholeControlSchema } from './control-resolvers.js'
import { createHarvest, type Harvest } from './harvest/harvest.js'
import type { ReadingProgram } from './harvest/reading/reading-process-start.js'
import { ChildProbes, compiledProbeProgram } from './probe/child-probes.js'
import { knowsConnector, knowsDataset } from './probe/known-codes.js'
import { ownProcessProbe } from './probe/own-process-probe.js'
import type { ProbeContext } from './probe/probe-resolver.js'
import { serveProbes } from './probe/probe-routes.js'
import { Probes } from './probe/probes.js'
import { storedReferences } from './probe/stored-places.js'
import type { MailSettings } from './settings/mail-settings.js'
import { createNotices } from './notices/notices.js'
import { loadPlan } from './plan/plan-file.js'
import { takenNamesOf } from './records/graphql/merge-schemas.js'
import type { ControlRequest } from './records/query/run/control-plane.js'
import { AnswerCache } from './records/query/cache/answer-cache.js'
import { SourceClock } from './records/query/cache/source-clock.js'
import { ThreadIntrospection, type IntrospectionProgram } from './records/query/introspection/thread-introspection.js'
import { PublicService } from './records/query/public-service.js'
import { StatementRunner } from './records/query/run/statement-runner.js'
import { readRecordTypes, recordTypesChannel } from './records/storage/apply-record-types.js'
import { registerConnectorMetrics } from './registration/connector-metrics.js'
import { registrationEntities } from './registration/registration-entities.js'
import { registrationContext, type RegistrationContext, type RegistrationPorts } from './registration/registration.js'
import { registrationFieldsMadeAnew } from './registration/resolvers.js'
import { credentialsIn } from './registration/secrets/connector-credentials.js'
import { serveSetAsideRows } from './registration/set-aside-route.js'
import { registerFiles } from './server/start/connector-files.js'
import { changeSourceOf } from './server/start/fed-changes.js'
import type { Parts } from './server/start/parts.js'
import { describeSourcesIn } from './server/start/public-sources.js'
import { SchemaFiles } from './server/start/record-schemas.js'
import { UploadStore } from './upload/upload-store.js'
import { serveUploads } from './upload/upload-routes.js'
import { Uploads } from './upload/uploads.js'

export interface GatewayOptions {
  readonly databaseUrl: string
  /** The folder with `schema/`, `connectors/` and `plan/`. */
  readonly folder: string
  /** Name of the plan's folder below `plan/`. */
  readonly plan: string
  readonly outbound: Outbound
  readonly endpoints: EndpointResolver
  /** The sample agencies whose manifests are read: all, none, or these. */
  readonly samples: boolean | ReadonlySet<string>
  /** The first administrator's; see `unknowableToken` for when there is none. */
  readonly adminToken: string
  readonly timeZone: string
  readonly changesKeepDays: number
  /** The most that answers may take which are kept to be used again; 0: none is kept. */
  readonly answerCacheBytes: number
  /** What the files say replaces what was changed at run time since. */
  readonly filesWin: boolean
  /** Record schemas of the files may break what is published; rows that do not fit any more are then read anew. */
  readonly acceptBreaking: boolean
  /** 32 bytes, which encrypt agencies' credentials. */
  readonly secretsKey: Buffer
  /** How notices are sent by e-mail; undefined: they are not. */
  readonly noticeMail?: MailSettings | undefined
  /** Folder of this process for the files that agencies upload. */
  readonly uploadsFolder: string
  /** The program that parses what is probed apart from this process; where the sources run as they are there is none by itself. */
  readonly probeProgram?: ReadingProgram
  /** The program that introspects in a thread of its own; where the sources run as they are there is none by itself. */
  readonly introspectionProgram?: IntrospectionProgram
  readonly log: Logger
}

/** The gateway without its server: the API as a service, and everything that feeds it. */
export interface Gateway {
  readonly service: PublicService<Viewer>
  readonly authenticate: Authenticate
  readonly harvest: Harvest
  /** What features serve over HTTP beside GraphQL. */
  readonly routes: readonly ((app: FastifyInstance) => void)[]
  readonly dataSource: DataSource
  /** Adds the metrics of connectors. */
  readonly measure: (registry: Registry) => void
  /** Answers that may be used again; undefined: none is kept. */
  readonly answers: { readonly cache: AnswerCache; readonly clock: SourceClock } | undefined
  /** Registers the manifests and begins to read sources. Settles before the first harvests are done. */
  start(): Promise<void>
  /** Rejects when the database does not answer. */
  ping(): Promise<unknown>
}

/**
 * Opens the gateway on a database: migrates it, applies the record schemas and the plan, and wires the planes, the harvest and
 * the change feed. What is started is added to `parts`. Throws a StartFailure for record schemas that cannot be used.
 */
export async function openGateway(options: GatewayOptions, parts: Parts): Promise<Gateway> {
  const { databaseUrl, filesWin, acceptBreaking, log, outbound, timeZone } = options
  const folder = (name: string): string => join(options.folder, name)
  await outbound.refuse(databaseUrl)
  const pool = openPool(
    { connectionString: databaseUrl, max: 4, application_name: 'gateway', connectionTimeoutMillis: 15_000 },
    (error) => {
      log.warn({ err: error }, 'A connection to the database was lost')
    },
  )
  parts.add('pool', () => pool.end())

  // What there is: record types, the plan, drivers.
  const control = buildWholeControlSchema()
  const schemaRules = { filesWin, acceptBreaking }
  const schemaFiles = await SchemaFiles.read(folder('schema'), control)
  const dataSource = await openControlDatabase(databaseUrl, [...controlEntities, ...registrationEntities], () =>
    schemaFiles.check(pool, schemaRules),
  )
  parts.add('control plane', () => dataSource.destroy())
  const taken = takenNamesOf(control)
  const types = await schemaFiles.apply(pool, schemaRules)
  await seedPlan(dataSource, await loadPlan(folder(`plan/${options.plan}`)))
  const drivers = await loadDrivers()

  // What feeds it: agencies' systems, and the feed of what changed.
  const uploaded = new UploadStore(pool, options.uploadsFolder)
  await uploaded.sweep()
  const clock = new SourceClock({
    pool,
    report: (error) => {
      log.warn({ err: error }, 'The state of the sources could not be read; answers are made anew')
    },
  })
  parts.add('source clock', () => {
    clock.stop()
  })
  const secrets = createSecrets(options.secretsKey)
  const harvest = createHarvest({
    databaseUrl,
    drivers,
    outbound,
    endpoints: options.endpoints,
    types: () => service.types(),
    logger: log,
    timeZone,
    credentials: credentialsIn(pool, secrets),
    uploadedFile: (connectorId) => uploaded.published(connectorId),
    beginPublishing: () => clock.beginPublishing(),
    chores: [pruneChanges(options.changesKeepDays), tellAuditHead(log)],
  })
  parts.add('harvest', () => harvest.stop())
  // What was published before this start is answered from the first question on, and not when all manifests have been looked at.
  await harvest.registry.reload()
  const feed = new ChangeFeed({ pool, listener: harvest.listener, logger: log })
  parts.add('change feed', () => {
    feed.stop()
  })

  const notices = createNotices({
    ...{ pool, outbound, secrets, logger: log, listener: harvest.listener },
    mail: options.noticeMail,
  })

  // What answers: the control plane and the record plane in one schema.
  const registration: RegistrationPorts = {
    pool,
    drivers,
    types: () => service.types(),
    taken,
    secrets,
    admit: (url, declaredPorts) => {
      outbound.admit(url, declaredPorts)
    },
    sendsMail: options.noticeMail !== undefined,
    logger: log,
    adopt: (renewed) => {
      if (renewed.revision !== service.types().revision) service.replaceTypes(renewed)
    },
    run: (connectorId, reason) => harvest.run(connectorId, reason),
    reload: () => harvest.registry.reload(),
  }
  const notCancelled = (error: unknown): void => {
    log.warn({ err: error }, 'A statement that nobody waits for was not cancelled; it ends by its time-out')
  }
  const runner = new StatementRunner({
    url: databaseUrl,
    poolSize: 16,
    statementTimeoutMs: 5_000,
    report: notCancelled,
  })
  parts.add('record plane', () => runner.dispose())
  const probing = { outbound, endpoints: options.endpoints, types: () => service.types(), taken, timeZone }
  const probeProgram = options.probeProgram ?? compiledProbeProgram()
  const probes = new Probes({
    place:
      probeProgram === undefined
        ? ownProcessProbe({
            ...probing,
            drivers,
            references: () => storedReferences(pool, service.types()),
            knowsDataset: (code) => knowsDataset(pool, code),
            knowsConnector: (code) => knowsConnector(pool, code),
          })
        : new ChildProbes({ ...probing, databaseUrl, logger: log, program: probeProgram }),
    record: (viewer, action) => recordAction(pool, viewer, action),
  })
  const contextFor = (request: ControlRequest<Viewer>): RegistrationContext & ProbeContext & DownloadContext => ({
    ...registrationContext(createControlContext({ dataSource, ...request }), registration),
    probes,
    fileSizes: downloads.fileSizes,
  })
  const introspection = new ThreadIntrospection(control, options.introspectionProgram)
  parts.add('introspection', () => introspection[Symbol.asyncDispose]())
  const service: PublicService<Viewer> = new PublicService<Viewer>(types, {
    introspect: introspection.introspect,
    control: { schema: control, contextFor, madeAnew: registrationFieldsMadeAnew },
    sources: harvest.sources,
    changes: changeSourceOf(feed),
    runner,
    describeSources: describeSourcesIn(dataSource),
    timeZone,
    // Failures are logged where the request's id is known.
    report: () => undefined,
    asked: () => {
      downloads.giveWay()
    },
  })

  const uploads = new Uploads({
    pool,
    store: uploaded,
    run: (connectorId, upload) => harvest.run(connectorId, 'upload', undefined, upload),
  })

  const downloads = createDownloads({
    databaseUrl,
    pool,
    service,
    sources: harvest.sources,
    timeZone,
    report: (error) => {
      log.error({ err: error }, 'A download failed')
    },
  })
  parts.add('downloads', () => downloads[Symbol.asyncDispose]())

  const authenticate = createAuthenticate({ dataSource, adminToken: options.adminToken })

  const renewTypes = (): void => {
    readRecordTypes(pool, service.types(), { taken }).then(registration.adopt, (error: unknown) => {
      log.error({ err: error }, 'The record types could not be read again')
    })
  }
  return {
    service,
    authenticate,
    harvest,
    routes: [
      downloads.routes,
      (app) => {
        serveUploads(app, { uploads, authenticate, folder: options.uploadsFolder })
      },
      (app) => {
        serveProbes(app, { probes, authenticate, folder: options.uploadsFolder })
      },
      (app) => {
        serveSetAsideRows(app, { pool, dataSource, authenticate })
      },
    ],
    dataSource,
    answers:
      options.answerCacheBytes === 0 ? undefined : { cache: new AnswerCache(clock, options.answerCacheBytes), clock },
    measure: (registry) => {
      registerConnectorMetrics({ registry, pool, logger: log, breaker: (connectorId) => harvest.breaker(connectorId) })
    },
    async start() {
      await registerFiles(registration, { folder: folder('connectors'), filesWin, samples: options.samples, log })
      await harvest.start()
      feed.start()
      notices.start()
      parts.add('notices', () => notices.stop())
      const heard = { notified: renewTypes, listening: renewTypes }
      parts.add('record type notices', harvest.listener.subscribe(recordTypesChannel, heard))
      const renewClock = (): void => {
        clock.notified()
      }
      for (const channel of ['gateway_changes', 'gateway_runs', 'gateway_resources']) {
        const wake = { notified: renewClock, listening: renewClock }
        parts.add(`notices of ${channel}`, harvest.listener.subscribe(channel, wake))
      }
    },
    ping: () => pool.query('select 1'),
  }
}
