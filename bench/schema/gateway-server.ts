// The gateway without record types of its own, with a route that says how much memory is in use. Needs `--expose-gc`.
import 'reflect-metadata'
import { randomBytes } from 'node:crypto'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { createEndpointResolver } from '../../src/connectors/outbound/endpoint-resolver.js'
import { createOutbound } from '../../src/connectors/outbound/outbound.js'
import { openGateway } from '../../src/gateway.js'
import { introspectionOfSources } from '../../src/records/query/introspection/thread-introspection.js'
import { startGatewayServer } from '../../src/server/gateway-server.js'
import { createMetrics } from '../../src/server/metrics.js'
import { GatewayReadiness } from '../../src/server/readiness.js'
import { runProcess } from '../../src/server/start/run-process.js'
import { administrator } from '../neighbours/api.js'

const root = join(import.meta.dirname, '..', '..')
const log = pino({ level: 'fatal', base: null }, pino.destination(2))

function variable(name: string): string {
  const value = process.env[name]
  if (value === undefined) throw new Error(`${name} is not set.`)
  return value
}

await runProcess(log, async (parts) => {
  const folder = variable('BENCH_FOLDER')
  for (const name of ['schema/records', 'schema/code-lists', 'connectors', 'uploads']) {
    await mkdir(join(folder, name), { recursive: true })
  }
  await symlink(join(root, 'plan'), join(folder, 'plan'))
  const outbound = createOutbound()
  outbound.allow(variable('AGENCY_URL'))
  parts.add('outbound', () => outbound[Symbol.asyncDispose]())
  const gateway = await openGateway(
    {
      databaseUrl: variable('DATABASE_URL'),
      folder,
      plan: 'binh-dinh-2023-2025',
      outbound,
      endpoints: createEndpointResolver({ samples: new Map(), bundled: join(root, 'data-sources') }),
      samples: false,
      adminToken: administrator,
      timeZone: 'Asia/Ho_Chi_Minh',
      changesKeepDays: 7,
      answerCacheBytes: 0,
      filesWin: false,
      acceptBreaking: false,
      secretsKey: randomBytes(32),
      uploadsFolder: join(folder, 'uploads'),
      introspectionProgram: introspectionOfSources(['--import', join(root, 'bench', 'typescript.mjs')]),
      log,
    },
    parts,
  )
  const { service, answers, authenticate, routes } = gateway
  const readiness = new GatewayReadiness(() => gateway.ping())
  const metrics = createMetrics()
  const memory: (typeof routes)[number] = (app) => {
    app.get('/memory', async () => {
      // What only a finaliser keeps is free after the second.
      await globalThis.gc?.({ execution: 'async' })
      await globalThis.gc?.({ execution: 'async' })
      return process.memoryUsage()
    })
  }
  const server = await startGatewayServer(
    { service, answers, authenticate, readiness, metrics, log, routes: [...routes, memory] },
    { host: '127.0.0.1', port: 0 },
  )
  parts.add('server', () => server.close())
  await gateway.start()
  readiness.set(undefined)
  console.log(JSON.stringify({ port: Number(new URL(server.url).port) }))
})
