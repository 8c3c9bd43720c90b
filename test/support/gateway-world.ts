import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { parse, validate } from 'graphql'
import pino from 'pino'
import { anonymous, type Viewer } from '../../src/access/viewer.js'
import { createOutbound, type Outbound } from '../../src/connectors/outbound/outbound.js'
import { createEndpointResolver } from '../../src/connectors/outbound/endpoint-resolver.js'
import { openGateway, type Gateway, type GatewayOptions } from '../../src/gateway.js'
import { Parts } from '../../src/server/start/parts.js'
import { stringifyResult } from '../../src/records/query/run/raw-json.js'
import { createEducationAgency } from '../../examples/agencies/education/education-agency.js'
import { createHealthAgency } from '../../examples/agencies/health/health-agency.js'
import type { SampleAgency } from '../../examples/agencies/sample-agency.js'
import { createTransportAgency } from '../../examples/agencies/transport/transport-agency.js'
import { createTestDatabase, type TestDatabase } from './database.js'
import type { Answer } from './record-world.js'

export const repository = fileURLToPath(new URL('../..', import.meta.url))

export interface RunningSample {
  readonly url: string
  close(): Promise<void>
}

/** The whole gateway over the sample agencies, with a database of its own and no HTTP server of its own. */
export interface GatewayWorld {
  readonly database: TestDatabase
  readonly gateway: Gateway
  readonly samples: Map<string, RunningSample>
  readonly outbound: Outbound
  readonly health: ReturnType<typeof createHealthAgency>
  query(text: string, variables?: Record<string, unknown>, viewer?: Viewer): Promise<Answer>
  dispose(): Promise<void>
}

/** `agencies`: the sample agencies beside those of education, transport and health. */
export async function createGatewayWorld(
  options: Partial<GatewayOptions> = {},
  agencies: ReadonlyMap<string, () => SampleAgency> = new Map(),
): Promise<GatewayWorld> {
  const parts = new Parts()
  try {
    return await assemble(options, agencies, parts)
  } catch (error) {
    // What was begun would keep the test run from ending.
    await endAll(parts)
    throw error
  }
}

async function endAll(parts: Parts): Promise<void> {
  const failures: unknown[] = []
  await parts.endAll((part, error) => failures.push(new Error(`${part} did not end well.`, { cause: error })))
  if (failures.length > 0) throw new AggregateError(failures, 'The gateway did not end well.')
}

async function assemble(
  options: Partial<GatewayOptions>,
  others: ReadonlyMap<string, () => SampleAgency>,
  parts: Parts,
): Promise<GatewayWorld> {
  const database = await createTestDatabase()
  parts.add('test database', () => database.dispose())
  const health = createHealthAgency()
  const agencies = new Map<string, () => SampleAgency>([
    ...others,
    ['education', createEducationAgency],
    ['transport', createTransportAgency],
    ['health', () => health],
  ])
  const samples = new Map<string, RunningSample>()
  const outbound = createOutbound()
  parts.add('outbound', () => outbound[Symbol.asyncDispose]())
  for (const [code, create] of agencies) {
    const running = await create().listen(0)
    // A test may have stopped it.
    parts.add(code, () => Promise.allSettled([running.close()]))
    samples.set(code, running)
    outbound.allow(running.url)
  }
  const uploadsFolder = await mkdtemp(join(tmpdir(), 'gateway-uploads-'))
  parts.add('uploads', () => rm(uploadsFolder, { recursive: true, force: true }))
  const gateway = await openGateway(
    {
      databaseUrl: database.url,
      folder: repository,
      plan: 'binh-dinh-2023-2025',
      outbound,
      endpoints: createEndpointResolver({
        samples: new Map([...samples].map(([code, { url }]) => [code, url])),
        bundled: join(repository, 'data-sources'),
      }),
      samples: new Set(samples.keys()),
      adminToken: 'odg_admin_for_the_tests_of_the_gateway',
      secretsKey: randomBytes(32),
      timeZone: 'Asia/Ho_Chi_Minh',
      changesKeepDays: 7,
      answerCacheBytes: 32 * 1024 * 1024,
      filesWin: false,
      acceptBreaking: false,
      uploadsFolder,
      log: pino({ level: 'fatal' }),
      ...options,
    },
    parts,
  )
  await gateway.start()
  return {
    database,
    gateway,
    samples,
    outbound,
    health,
    async query(text, variables = {}, viewer = anonymous) {
      const { service } = gateway
      const schema = service.schema()
      const document = parse(text)
      const problems = validate(schema, document)
      if (problems.length > 0) throw new Error(problems.map((problem) => problem.message).join('\n'))
      const result = await service.execute({
        schema,
        document,
        operationName: undefined,
        variables,
        viewer,
        signal: AbortSignal.timeout(30_000),
      })
      return JSON.parse(stringifyResult(result)) as Answer
    },
    dispose: () => endAll(parts),
  }
}
