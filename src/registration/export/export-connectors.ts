import { writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type pg from 'pg'
import { stringify } from 'yaml'
import { errorCode } from '../../connectors/outbound/network-faults.js'
import { makeFolder } from '../../settings/data-folder.js'
import { StartFailure } from '../../settings/start-failure.js'

export interface Exported {
  /** Paths below the folder. */
  readonly files: readonly string[]
  /** Connectors that are paused; a file cannot say so. */
  readonly paused: readonly string[]
}

interface StoredConnector {
  readonly code: string
  readonly agency: string | null
  readonly dataset: string
  readonly status: string
  readonly manifest: unknown
}

/**
 * Writes what runs as files, as the gateway reads them at its start: `connectors/<agency>/<code>.yaml` (without an agency
 * `connectors/<dataset>/<code>.yaml`),
 * `schema/records/<theme>/<type>.json`, `schema/code-lists/<list>.json`. Retired connectors are left out, and credentials, which
 * are no part of a manifest. Files that are there are replaced; none is removed. Throws StartFailure when one cannot be written.
 */
export async function exportConnectors(pool: pg.Pool, folder: string): Promise<Exported> {
  const connectors = await pool.query<StoredConnector>(
    `select c.code, a.code as agency, d.code as dataset, c.status, c.manifest from gateway.connector c
       join gateway.dataset d on d.id = c.dataset_id left join gateway.agency a on a.id = c.agency_id
     where c.status <> 'RETIRED' order by c.code`,
  )
  const files = new Map<string, string>()
  for (const { code, agency, dataset, manifest } of connectors.rows) {
    files.set(join('connectors', agency ?? dataset, `${code}.yaml`), manifestText(manifest))
  }
  for (const { code, definition } of await definitions(pool, 'gateway.record_type')) {
    const theme = typeof definition['theme'] === 'string' ? definition['theme'] : 'other'
    files.set(join('schema', 'records', theme, `${kebab(code)}.json`), jsonText(definition))
  }
  for (const { code, definition } of await definitions(pool, 'gateway.code_list')) {
    files.set(join('schema', 'code-lists', `${kebab(code)}.json`), jsonText(definition))
  }
  for (const [path, text] of files) await write(join(folder, path), text)
  return {
    files: [...files.keys()],
    paused: connectors.rows.filter(({ status }) => status === 'PAUSED').map(({ code }) => code),
  }
}

async function write(path: string, text: string): Promise<void> {
  try {
    await makeFolder(dirname(path))
    await writeFile(path, text)
  } catch (error) {
    throw new StartFailure(`The file ${path} cannot be written (${errorCode(error)}).`, error)
  }
}

interface Definition {
  readonly code: string
  readonly definition: Readonly<Record<string, unknown>>
}

async function definitions(pool: pg.Pool, table: 'gateway.record_type' | 'gateway.code_list'): Promise<Definition[]> {
  const { rows } = await pool.query<Definition>(
    `select code, definition from ${table} where definition <> 'null' order by code`,
  )
  return rows
}

/** jsonb keeps no order; a person reads what it is before how it is read. */
const manifestOrder = ['connector', 'agency', 'dataset', 'datasetEntry', 'sample', 'driver', 'options', 'resources']
const schemaOrder = ['name', 'plural', 'title', 'titleEn', 'description', 'descriptionEn', 'follows', 'theme', 'type']
const last = ['fields', 'values', 'primaryKey', 'foreignKeys', 'validity', 'location']

function manifestText(manifest: unknown): string {
  return stringify(ordered(manifest, [...manifestOrder, 'name', 'recordType', 'selection', 'steps']), { lineWidth: 0 })
}

function jsonText(definition: unknown): string {
  return `${JSON.stringify(ordered(definition, schemaOrder), null, 2)}\n`
}

function ordered(value: unknown, first: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item) => ordered(item, first))
  if (typeof value !== 'object' || value === null) return value
  const place = (name: string): number => {
    const index = first.indexOf(name)
    if (index >= 0) return index
    const end = last.indexOf(name)
    return first.length + (end < 0 ? 0 : end + 1)
  }
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => place(a) - place(b))
      .map(([name, inner]) => [name, ordered(inner, first)]),
  )
}

/** `BusRoute` as `bus-route`. */
function kebab(code: string): string {
  return code.replace(/([a-z0-9])([A-Z])/g, '$1-$2').toLowerCase()
}
