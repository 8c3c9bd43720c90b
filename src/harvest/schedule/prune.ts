import type pg from 'pg'
import { historyTable } from '../../database/identifiers.js'
import type { ResourceRegistry } from '../registration/resource-registry.js'
import type { Chore } from './chores.js'

const runsKeptDays = 90
const setAsideKeptDays = 30

/** Reports of old runs; the last run and the last successful one of each connector stay. */
export const pruneRuns: Chore = {
  name: 'prune runs',
  async run(client) {
    await client.query(
      `delete from gateway.run r where r.finished_at < now() - $1 * interval '1 day'
         and r.id not in (select max(id) from gateway.run group by connector_id
                          union select max(id) from gateway.run where outcome <> 'FAILED' group by connector_id)`,
      [runsKeptDays],
    )
    await client.query(
      `delete from gateway.set_aside_row s using gateway.run r
       where r.id = s.run_id and r.finished_at < now() - $1 * interval '1 day'`,
      [setAsideKeptDays],
    )
  },
}

/** Keys that a lookup source did not know, once they are old enough to be asked again. */
export const pruneLookupMisses: Chore = {
  name: 'prune lookup misses',
  async run(client) {
    await client.query(
      `delete from gateway.lookup_miss m using gateway.resource r
       where r.id = m.resource_id and m.checked_at < now() - r.max_age_ms * interval '1 ms'`,
    )
  },
}

/** Past versions of the datasets whose manifest keeps them for a number of days. The version that is current stays. */
export function pruneHistory(registry: ResourceRegistry): Chore {
  return {
    name: 'prune history',
    async run(client) {
      for (const { datasetId, manifest, resources } of registry.connectors()) {
        if (manifest.history.keep !== 'days') continue
        const oldest = await oldestKept(client, datasetId, manifest.history.days)
        if (oldest === undefined) continue
        for (const type of new Set(resources.map((resource) => resource.recordType))) {
          await client.query(`delete from ${historyTable(type)} where _dataset = $1 and _to_version <= $2`, [
            datasetId,
            oldest,
          ])
        }
        await client.query('delete from gateway.dataset_version where dataset_id = $1 and number < $2', [
          datasetId,
          oldest,
        ])
      }
    },
  }
}

/** The version that was the current one so many days ago, so that every moment since can still be read. */
async function oldestKept(client: pg.ClientBase, datasetId: number, days: number): Promise<number | undefined> {
  const { rows } = await client.query<{ number: number | null }>(
    `select max(number) as number from gateway.dataset_version
     where dataset_id = $1 and published_at <= now() - $2 * interval '1 day'`,
    [datasetId, days],
  )
  return rows[0]?.number ?? undefined
}
