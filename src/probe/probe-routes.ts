import { rm } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import type { Authenticate } from '../access/authenticate.js'
import { requireRole } from '../access/viewer.js'
import { rawBodies, received } from '../upload/upload-routes.js'
import type { Probes } from './probes.js'

export interface ProbeRoutesOptions {
  readonly probes: Probes
  readonly authenticate: Authenticate
  /** Where bodies are received. */
  readonly folder: string
  readonly mostBytes?: number
}

const defaultMostBytes = 32 * 1024 * 1024
const arrivalMs = 5 * 60_000

/**
 * `PUT /connectors/probe?name=…&recordType=…`: the body is a file of an agency that has nothing but it. The answer is the report of
 * `probeConnector` as JSON; the file is not kept.
 */
export function serveProbes(app: FastifyInstance, options: ProbeRoutesOptions): void {
  const { probes, authenticate, folder, mostBytes = defaultMostBytes } = options
  rawBodies(app, (scope) => {
    scope.put<{ Querystring: Record<string, string> }>(
      '/connectors/probe',
      { config: { requestMs: arrivalMs } },
      async (request, reply) => {
        const viewer = await authenticate(request.headers.authorization)
        requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
        const file = await received(request, reply, folder, mostBytes)
        if (file === undefined) return reply
        try {
          const { name, ...input } = request.query
          return await reply.send(await probes.probe(input, viewer, { path: file.path, name }))
        } finally {
          await rm(file.path, { force: true })
        }
      },
    )
  })
}
