import pino from 'pino'
import { startGatewayServer, type GatewayServer } from '../../src/server/gateway-server.js'
import { createMetrics } from '../../src/server/metrics.js'
import { GatewayReadiness } from '../../src/server/readiness.js'
import type { Viewer } from '../../src/access/viewer.js'
import type { Gateway } from '../../src/gateway.js'
import type { GatewayWorld } from './gateway-world.js'

export const administrator: Viewer = { role: 'ADMIN', agencyCode: undefined, keyId: undefined }
export const coordinator: Viewer = { role: 'COORDINATOR', agencyCode: undefined, keyId: undefined }

/** The world's gateway behind its real HTTP server; with its `answers` those that came before are given again. */
export async function serveWorld(world: GatewayWorld, answers?: Gateway['answers']): Promise<GatewayServer> {
  const { service, authenticate, routes } = world.gateway
  const readiness = new GatewayReadiness(() => world.gateway.ping())
  readiness.set(undefined)
  return await startGatewayServer(
    {
      service,
      answers,
      authenticate,
      readiness,
      metrics: createMetrics({ process: false }),
      log: pino({ level: 'fatal' }),
      routes,
    },
    { host: '127.0.0.1', port: 0 },
  )
}

/** A key of the agency, as its `Authorization` header. */
export async function agencyHeader(world: GatewayWorld, agency: string): Promise<string> {
  const answer = await world.query(
    'mutation($agency: ID!) { createKey(input: { role: AGENCY, agency: $agency, label: "test" }) { token } }',
    { agency },
    administrator,
  )
  return `Bearer ${(answer.data as { createKey: { token: string } }).createKey.token}`
}
