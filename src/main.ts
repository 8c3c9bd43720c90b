// The gateway: the list of its parts and how they are wired. What is behind the API is put together in gateway.ts.
import 'reflect-metadata'
import { join } from 'node:path'
import { startSamples } from '../examples/agencies/start-samples.js'
import { keptSecretsKey } from './access/kept-secrets-key.js'
import { parseSecretsKey } from './access/secrets.js'
import { createEndpointResolver } from './connectors/outbound/endpoint-resolver.js'
import { createOutbound } from './connectors/outbound/outbound.js'
import { startEmbeddedDatabase } from './database/embedded/embedded-database.js'
import { checkDatabase } from './database/external/check-database.js'
import { openGateway } from './gateway.js'
import { startGatewayServer } from './server/gateway-server.js'
import { TrustedProxies } from './server/http/trusted-proxies.js'
import { createMetrics } from './server/metrics.js'
import { GatewayReadiness } from './server/readiness.js'
import { firstAdministrator, unknowableToken } from './server/start/administrator.js'
import { announcement } from './server/start/announcement.js'
import { explained } from './server/start/explained.js'
import type { Parts } from './server/start/parts.js'
import { openLog } from './server/start/open-log.js'
import { runProcess } from './server/start/run-process.js'
import { settledWithin } from './server/start/settled-within.js'
import { readArguments } from './settings/arguments.js'
import { prepareDataFolder } from './settings/data-folder.js'
import { installationFolder } from './settings/installation.js'
import { readSettings } from './settings/settings.js'

const log = openLog()

await runProcess(log, async (parts: Parts, stopping: AbortSignal) => {
  const settings = readSettings(process.env)
  const { filesWin, acceptBreaking } = readArguments(process.argv.slice(2))
  log.level = settings.logLevel

  // The one guarded way out to agencies' systems.
  const outbound = await explained('', () => createOutbound({ allow: settings.outboundAllow }))
  parts.add('outbound', () => outbound[Symbol.asyncDispose]())

  // The database: our own, or the operator's.
  let databaseUrl = settings.databaseUrl
  if (databaseUrl === undefined) {
    const embedded = await startEmbeddedDatabase({ folder: settings.dataDir, log })
    parts.add('database', () => embedded[Symbol.asyncDispose]())
    databaseUrl = embedded.url
  } else {
    await prepareDataFolder(settings.dataDir)
    await checkDatabase(databaseUrl)
  }

  // The agencies: the samples of them.
  const samples = settings.sampleAgencies ? await startSamples({ port: settings.port, log }) : undefined
  if (samples !== undefined) parts.add('samples', () => samples[Symbol.asyncDispose]())
  const sampleUrls = samples?.urls ?? new Map<string, string>()
  for (const url of sampleUrls.values()) outbound.allow(url)

  // What is behind the API.
  const gateway = await openGateway(
    {
      databaseUrl,
      folder: installationFolder,
      plan: 'binh-dinh-2023-2025',
      outbound,
      endpoints: createEndpointResolver({ samples: sampleUrls, bundled: join(installationFolder, 'data-sources') }),
      samples: settings.sampleAgencies,
      adminToken: settings.adminToken ?? unknowableToken(),
      timeZone: settings.timeZone,
      noticeMail: settings.noticeMail,
      changesKeepDays: settings.changesKeepDays,
      answerCacheBytes: settings.answerCacheMb * 1024 * 1024,
      filesWin,
      acceptBreaking,
      secretsKey:
        settings.secretsKey === undefined
          ? await keptSecretsKey(settings.dataDir)
          : parseSecretsKey(settings.secretsKey),
      uploadsFolder: join(settings.dataDir, 'uploads'),
      log,
    },
    parts,
  )

  // The API: HTTP, WebSocket and event streams.
  const { service, answers, authenticate, dataSource, harvest, routes } = gateway
  const readiness = new GatewayReadiness(() => gateway.ping())
  const metrics = createMetrics()
  gateway.measure(metrics.registry)
  const server = await startGatewayServer(
    {
      service,
      answers,
      authenticate,
      readiness,
      metrics,
      log,
      routes,
      drainMs: 1_000,
      proxies: new TrustedProxies(settings.trustedProxies),
    },
    settings,
  )
  parts.add('server', () => {
    readiness.set('The gateway is stopping.')
    return server.close()
  })

  // Work: manifests, and the first harvests of what was never read.
  await gateway.start()
  readiness.set('The first harvests are under way.')
  await settledWithin(harvest.firstHarvests, 6_000, stopping)
  if (stopping.aborted) return
  readiness.set(undefined)
  const token = settings.adminToken === undefined ? await firstAdministrator(dataSource) : undefined
  const database = settings.databaseUrl === undefined ? `Postgres in ${settings.dataDir}` : 'DATABASE_URL'
  process.stdout.write(announcement(server.url, sampleUrls, samples?.switchUrl, database, token))
})
