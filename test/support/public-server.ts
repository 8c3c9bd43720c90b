import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { parse as parseYaml } from 'yaml'
import { z } from 'zod'
import type { SampleAgency } from '../../examples/agencies/sample-agency.js'
import { startGatewayServer } from '../../src/server/gateway-server.js'
import { createMetrics } from '../../src/server/metrics.js'
import { GatewayReadiness } from '../../src/server/readiness.js'
import { createGatewayWorld, repository, type GatewayWorld } from './gateway-world.js'
import { seedResource } from './record-world.js'

/** The gateway behind its HTTP server, in which each record type of the repository has a source. */
export interface PublicServer {
  readonly url: string
  readonly world: GatewayWorld
  /** What was logged as an error or worse. */
  readonly logged: readonly string[]
  close(): Promise<void>
}

/** `agencies` are harvested beside those of education, transport and health; the types of others are there without records. */
export async function startPublicServer(
  agencies: ReadonlyMap<string, () => SampleAgency> = new Map(),
): Promise<PublicServer> {
  const world = await createGatewayWorld({}, agencies)
  try {
    await world.gateway.harvest.firstHarvests
    await standInForOthers(world)
    const { service, answers, authenticate } = world.gateway
    const logged: string[] = []
    const server = await startGatewayServer(
      {
        service,
        answers,
        authenticate,
        readiness: new GatewayReadiness(() => world.gateway.ping()),
        metrics: createMetrics({ process: false }),
        log: pino({ level: 'error' }, { write: (line) => logged.push(line) }),
      },
      { host: '127.0.0.1', port: 0 },
    )
    return {
      url: server.url,
      world,
      logged,
      async close() {
        await server.close()
        await world.dispose()
      },
    }
  } catch (error) {
    await world.dispose()
    throw error
  }
}

const manifestShape = z.object({
  dataset: z.string(),
  resources: z.array(z.object({ name: z.string(), recordType: z.string() })),
})

/** Registers the resources of the manifests whose agencies do not run, as if they had been fetched and had no rows. */
async function standInForOthers({ database, gateway }: GatewayWorld): Promise<void> {
  const { rows } = await database.pool.query<{ code: string }>(
    'select d.code from gateway.resource r join gateway.dataset d on d.id = r.dataset_id',
  )
  const harvested = new Set(rows.map((row) => row.code))
  const folder = join(repository, 'connectors')
  for (const file of await readdir(folder, { recursive: true })) {
    if (!file.endsWith('.yaml')) continue
    const manifest = manifestShape.safeParse(parseYaml(await readFile(join(folder, file), 'utf8')))
    if (!manifest.success || harvested.has(manifest.data.dataset)) continue
    for (const { name, recordType } of manifest.data.resources) {
      await seedResource(database, gateway.service.types(), {
        dataset: manifest.data.dataset,
        resource: name,
        recordType,
      })
    }
  }
  await gateway.harvest.registry.reload()
}
