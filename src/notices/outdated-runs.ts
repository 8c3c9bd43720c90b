import type { Queries } from '../database/queries.js'
import { runNotesSchema } from '../harvest/run/run-notes.js'
import type { Bilingual } from './notice-texts.js'

export interface OutdatedRuns {
  /** In a row, with this one. */
  readonly runs: number
  /** Since the first of them began. */
  readonly forMs: number
  readonly text: Bilingual
}

/** A source that queries wait for may be read every few seconds. */
const runsLookedAt = 500

/** The runs up to this one in which the source answered with data that it had not renewed; undefined: this one was no such run. */
export async function outdatedRuns(
  query: Queries,
  connectorId: number,
  run: { readonly id: string; readonly notes: unknown },
): Promise<OutdatedRuns | undefined> {
  const note = runNotesSchema.parse(run.notes).find(({ code }) => code === 'OUTDATED')
  if (note === undefined) return undefined
  const [found] = await query<{ runs: number; ms: number | null }>(
    `with recent as (
       select id, started_at, finished_at, notes @> '[{"code": "OUTDATED"}]' as old from gateway.run
       where connector_id = $1 and id <= $2 and outcome <> 'FAILED' order by id desc limit $3
     )
     select count(*)::int as runs, extract(epoch from max(finished_at) - min(started_at))::float8 * 1000 as ms from recent
     where id > coalesce((select max(id) from recent where not old), 0)`,
    [connectorId, run.id, runsLookedAt],
  )
  return { runs: found?.runs ?? 0, forMs: found?.ms ?? 0, text: { vi: note.vi, en: note.en } }
}
