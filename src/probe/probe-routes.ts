import { rm } from 'node:fs/promises'
import type { FastifyInstance } from 'fastify'
import type { Authenticate } from '../access/authenticate.js'
import { requireRole } from '../access/viewer.js'
import { GatewayError } from '../errors/gateway-error.js'
import { rawBodies, received, whileQuiet } from '../upload/upload-routes.js'
import type { Probes } from './probes.js'
import type { ProbeReport } from './report-objects.js'

export interface ProbeRoutesOptions {
  readonly probes: Pick<Probes, 'probe'>
  readonly authenticate: Authenticate
  /** Where bodies are received. */
  readonly folder: string
  readonly mostBytes?: number
}

const defaultMostBytes = 32 * 1024 * 1024
const arrivalMs = 5 * 60_000

/**
 * `PUT /connectors/probe?name=…&dataset=…`: the body is a file of an agency that has nothing but it, and is not kept. The answer is the
 * report of `probeConnector` as JSON, or with `answer=registration` or `answer=proposal` the body of a GraphQL request that
 * registers what the report proposes: to be looked at, changed where need be, and sent.
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
        const { name, answer = 'report', ...input } = request.query
        const present = answers.get(answer)
        if (present === undefined) {
          throw new GatewayError('BAD_USER_INPUT', `answer must be one of ${[...answers.keys()].join(', ')}.`)
        }
        const file = await received(request, reply, folder, mostBytes)
        if (file === undefined) return reply
        try {
          const { path } = file
          const report = await whileQuiet(request, () => probes.probe(input, viewer, { path, name }))
          void reply.type('application/json; charset=utf-8')
          // Laid out, since a person reads it.
          return await reply.send(`${JSON.stringify(present(report), undefined, 2)}\n`)
        } finally {
          await rm(file.path, { force: true })
        }
      },
    )
  })
}

const registration =
  'mutation ($manifest: JSON!) { registerConnector(manifest: $manifest) { code version outcome dataset { code } } }'
const proposal = 'mutation ($schema: JSON!) { proposeRecordType(schema: $schema) { id code status } }'

const answers: ReadonlyMap<string, (report: ProbeReport) => unknown> = new Map<
  string,
  (report: ProbeReport) => unknown
>([
  ['report', (report) => report],
  [
    'registration',
    ({ manifest, fault }) => {
      if (manifest !== null) return { query: registration, variables: { manifest } }
      throw new GatewayError('SOURCE_INVALID', fault?.en ?? 'No manifest could be proposed.')
    },
  ],
  [
    'proposal',
    ({ newRecordType, fault }) => {
      if (newRecordType !== null) return { query: proposal, variables: { schema: newRecordType } }
      throw new GatewayError('CONFLICT', fault?.en ?? 'An existing record type fits: there is nothing to propose.')
    },
  ],
])
