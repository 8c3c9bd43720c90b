import type pg from 'pg'
import { z } from 'zod'
import type { Connector } from '../registration/connector.js'

/** Notified when a run has ended, so that those who wait for it on other replicas know its result. */
export const runChannel = 'gateway_runs'

const resourceAge = z.object({
  resource: z.number().int(),
  /** Milliseconds since the fetch of its copy, when this was told; null: it was never fetched. */
  age: z.number().nullable(),
})
export type ResourceAge = z.infer<typeof resourceAge>

const announcement = z.object({ connector: z.number().int(), ok: z.boolean(), ages: z.array(resourceAge) })
export type RunAnnouncement = z.infer<typeof announcement>

/** In the transaction that ends the run: it is heard when that is committed. */
export async function announceRun(client: pg.ClientBase, connector: Connector, ok: boolean): Promise<ResourceAge[]> {
  const ages = await readAges(client, connector.id)
  await client.query('select pg_notify($1, $2)', [
    runChannel,
    JSON.stringify({ connector: connector.id, ok, ages } satisfies RunAnnouncement),
  ])
  return ages
}

export async function readAges(client: pg.ClientBase, connectorId: number): Promise<ResourceAge[]> {
  const { rows } = await client.query<ResourceAge>(
    `select id as resource, extract(epoch from clock_timestamp() - fetched_at)::float8 * 1000 as age
     from gateway.resource where connector_id = $1 and active`,
    [connectorId],
  )
  return rows
}

/** Undefined when it is none of ours. */
export function parseAnnouncement(payload: string): RunAnnouncement | undefined {
  let value: unknown
  try {
    value = JSON.parse(payload)
  } catch {
    return undefined
  }
  const parsed = announcement.safeParse(value)
  return parsed.success ? parsed.data : undefined
}
