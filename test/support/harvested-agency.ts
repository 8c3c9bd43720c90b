import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SampleAgency } from '../../examples/agencies/sample-agency.js'
import { createEndpointResolver } from '../../src/connectors/outbound/endpoint-resolver.js'
import { createOutbound } from '../../src/connectors/outbound/outbound.js'
import { createGatewayWorld, repository, type GatewayWorld } from './gateway-world.js'

/** What the last run of a connector did, as an agency's person would see it. */
export interface HarvestReport {
  readonly outcome: string | null
  readonly error: string | null
  readonly records: number
  /** `field: value` of what was set aside, in the order of the rows. */
  readonly setAside: readonly string[]
}

export interface HarvestedAgency extends AsyncDisposable {
  readonly world: GatewayWorld
  /** By the code of the connector. */
  readonly reports: ReadonlyMap<string, HarvestReport>
}

/**
 * All connectors of one sample agency (and the places) harvested once by a gateway that has no others. Its manifests are in the
 * folder of `connectors` that has its name, or in another one that it shares.
 */
export async function harvestAgency(agency: SampleAgency, folderOfManifests = agency.code): Promise<HarvestedAgency> {
  const running = await agency.listen(0)
  const outbound = createOutbound()
  outbound.allow(running.url)
  const folder = await mkdtemp(join(tmpdir(), 'gateway-agency-'))
  for (const part of ['schema', 'plan', 'connectors/places', `connectors/${folderOfManifests}`])
    await cp(join(repository, part), join(folder, part), { recursive: true })
  const world = await createGatewayWorld({
    folder,
    outbound,
    samples: new Set([agency.code]),
    endpoints: createEndpointResolver({
      samples: new Map([[agency.code, running.url]]),
      bundled: join(repository, 'data-sources'),
    }),
  })
  await world.gateway.harvest.firstHarvests
  return {
    world,
    reports: await reportsOf(world),
    async [Symbol.asyncDispose]() {
      await world.dispose()
      await outbound[Symbol.asyncDispose]()
      await running.close()
      await rm(folder, { recursive: true })
    },
  }
}

async function reportsOf(world: GatewayWorld): Promise<Map<string, HarvestReport>> {
  const { rows } = await world.database.pool.query<HarvestReport & { connector: string }>(
    `select c.code as connector, r.outcome, r.error_code || ': ' || r.error_en as error,
       (select coalesce(sum(s.record_count), 0)::int from gateway.resource s where s.connector_id = c.id) as records,
       array(select concat_ws(': ', a.field, coalesce(a.value, '')) from gateway.set_aside_row a
         where a.run_id = r.id order by a.resource, a.part, a.row_number, a.field) as "setAside"
     from gateway.connector c
     left join lateral (select * from gateway.run where connector_id = c.id order by id desc limit 1) r on true
     where c.code <> 'places' order by c.code`,
  )
  return new Map(rows.map(({ connector, ...report }) => [connector, report]))
}
