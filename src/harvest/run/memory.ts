import type pg from 'pg'
import { hash } from 'node:crypto'
import { z } from 'zod'
import type { RecordType } from '../../records/schema/record-type.js'
import type { Connector } from '../registration/connector.js'

/**
 * What a run remembers of a resource (ETag, cursor) and on what basis. On another basis the same source gives other records,
 * so "not modified" would keep what a new mapping, a new record type or new places should have changed.
 */
const columns = z.record(z.string(), z.string())
const storedMemory = z.object({
  basis: z.string(),
  values: columns,
  columns: columns.optional(),
  /** When everything was read last, RFC 3339. */
  fullAt: z.string().optional(),
  /** The moment of which the source said that its data are, and when that was heard first. */
  asOf: z.object({ moment: z.string(), since: z.string() }).optional(),
})
export type StoredMemory = z.infer<typeof storedMemory>

export async function memoryBasis(client: pg.ClientBase, connector: Connector, type: RecordType): Promise<string> {
  const definition = hash('sha256', JSON.stringify(type))
  return `${connector.digest}:${definition}:${await referredVersions(client, connector, type)}`
}

/** The versions of the datasets in which codes and names of the rows are resolved. */
async function referredVersions(client: pg.ClientBase, connector: Connector, type: RecordType): Promise<string> {
  const resolving = connector.manifest.resources.some((resource) =>
    Object.values(resource.fields).some((mapping) => mapping.resolve !== undefined),
  )
  if (!resolving) return ''
  const datasets = type.fields.flatMap((field) => (field.reference === undefined ? [] : [field.reference.dataset]))
  const { rows } = await client.query<{ versions: string | null }>(
    `select string_agg(code || '=' || coalesce(version, 0), ',' order by code) as versions from gateway.dataset where code = any ($1)`,
    [datasets],
  )
  return rows[0]?.versions ?? ''
}

/** The columns that the last good run saw, on whatever basis; undefined: it kept none. */
export function columnsSeenBefore(memory: unknown): Readonly<Record<string, string>> | undefined {
  const parsed = storedMemory.safeParse(memory)
  return parsed.success ? parsed.data.columns : undefined
}

/** What was remembered, when it still counts. */
export function recalled(memory: unknown, basis: string): StoredMemory | undefined {
  const parsed = storedMemory.safeParse(memory)
  return parsed.success && parsed.data.basis === basis ? parsed.data : undefined
}
