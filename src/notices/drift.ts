import type { Queries } from '../database/queries.js'
import { runNotesSchema } from '../harvest/run/run-notes.js'
import type { Bilingual } from './notice-texts.js'

/** A column that comes and goes is told again when nobody has heard of it for so long. */
const toldAgainAfter = '30 days'

/**
 * What a run noticed about the columns of its source that the owner was not told of yet, as one text; from now on it counts as
 * told. Undefined: nothing, or nothing new.
 */
export async function untoldDrift(
  query: Queries,
  connectorId: number,
  storedNotes: unknown,
): Promise<Bilingual | undefined> {
  const notes = runNotesSchema.parse(storedNotes)
  if (notes.length === 0) return undefined
  const changes = notes.flatMap(({ resource, code, columns }) => columns.map((column) => ({ resource, code, column })))
  const untold = await query<{ resource: string; kind: string }>(
    `with told as (
       insert into gateway.drift_told as t (connector_id, resource, kind, column_name)
       select distinct $1::int, * from unnest($2::text[], $3::text[], $4::text[])
       on conflict (connector_id, resource, kind, column_name) do update set told_at = now()
         where t.told_at < now() - $5::interval
       returning resource, kind
     ) select distinct resource, kind from told`,
    [
      connectorId,
      changes.map(({ resource }) => resource),
      changes.map(({ code }) => code),
      changes.map(({ column }) => column),
      toldAgainAfter,
    ],
  )
  const news = notes.filter(({ resource, code }) =>
    untold.some((change) => change.resource === resource && change.kind === code),
  )
  if (news.length === 0) return undefined
  return { vi: news.map(({ vi }) => vi).join(' '), en: news.map(({ en }) => en).join(' ') }
}

/** Has the manifest been changed since the owner was told of changed columns? That is what there was to do about them. */
export async function wasRemapped(query: Queries, connectorId: number): Promise<boolean> {
  const rows = await query<{ remapped: boolean }>(
    `select exists (
       select 1 from gateway.notice n join gateway.connector_version v on v.connector_id = n.connector_id
       where n.connector_id = $1 and n.cause = 'COLUMNS_CHANGED' and n.closed_at is null and v.created_at > n.updated_at
     ) as remapped`,
    [connectorId],
  )
  return rows[0]?.remapped ?? false
}
