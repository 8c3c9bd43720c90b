import type { Pool, PoolClient } from 'pg'
import { GatewayError } from '../../errors/gateway-error.js'
import { buildRecordTypes, type BuildOptions } from '../schema/build-record-types.js'
import { codeListFileOf } from '../schema/code-list-file.js'
import { compareCodeList, compareRecordType } from '../schema/compare-record-types.js'
import type { CodeList, RecordType, RecordTypes } from '../schema/record-type.js'
import { valueOrThrow } from '../schema/schema-problem.js'
import { digestOfCodeList, digestOfType, tableSchemaOf } from '../schema/table-schema.js'
import { refuseSecondDataset } from './one-dataset.js'
import { keepsRows, planStorage, removal } from './plan-storage.js'
import { parseStored, readStoredSchemas, relinked, type Origin, type StoredSchemas } from './stored-schemas.js'

export interface ApplyOptions extends Omit<BuildOptions, 'fileOf'> {
  readonly origin: Origin
  /** Files replace what was changed at run time; otherwise the latter stays. */
  readonly filesWin?: boolean
  /** Breaking changes too. A type whose rows do not fit any more loses them, and its sources are read anew. */
  readonly force?: boolean
  /** The revision that the given types were made from; when it is another one by now nothing is applied: CONFLICT. */
  readonly madeFrom?: number
  /** What else belongs to the change, in its transaction; not called when nothing changed. */
  readonly alongside?: (client: PoolClient) => Promise<void>
}

/** Told to all replicas with the new revision when the record types have changed. */
export const recordTypesChannel = 'gateway_record_types'

/**
 * Makes the given types and code lists (all that there should be) the ones that run: stores the definitions and creates and
 * alters the tables, in one transaction; answers with the types in force, which have run-time changes that stay. Costs one
 * statement when nothing changed. A breaking change is refused with CONFLICT and the reasons.
 */
export async function applyRecordTypes(pool: Pool, types: RecordTypes, options: ApplyOptions): Promise<RecordTypes> {
  const stored = await readStoredSchemas(pool, types)
  if (decide(types, stored, options).changes === 0) return inForce(types, stored, options)
  const client = await pool.connect()
  let done = false
  try {
    await client.query('begin')
    // One at a time over all replicas; and rather no change than all readers waiting behind one slow query.
    await client.query("set local lock_timeout = '30s'")
    await client.query("select pg_advisory_xact_lock(hashtextextended('gateway.record_type', 0))")
    const current = await readStoredSchemas(client, types)
    if (options.madeFrom !== undefined && options.madeFrom !== current.revision) {
      throw new GatewayError('CONFLICT', 'The record types were changed by somebody else meanwhile; try again.')
    }
    const result = inForce(types, current, options)
    await applyChanges(client, types, current, result, options)
    await refuseSecondDataset(client, result.types.values())
    const { revision } = await readStoredSchemas(client, result)
    await client.query('select pg_notify($1, $2)', [recordTypesChannel, String(revision)])
    await options.alongside?.(client)
    await client.query('commit')
    done = true
    return { ...result, revision }
  } finally {
    // Closing a connection is a rollback that cannot fail.
    client.release(!done)
  }
}

/** Throws the CONFLICT that applyRecordTypes would end with for a breaking change; changes nothing. */
export async function refuseBreakingTypes(pool: Pool, types: RecordTypes, options: ApplyOptions): Promise<void> {
  if (options.force === true) return
  const stored = await readStoredSchemas(pool, types)
  const { replaced } = decide(types, stored, options)
  refuseBreaking(replaced, parseStored(stored.differences, types.codeLists), inForce(types, stored, options))
}

/**
 * The types that run now, read from the database; objects of `known` that still hold are used again, so that what was made
 * from them (SDL, statements) is too.
 */
export async function readRecordTypes(
  pool: Pool,
  known: RecordTypes,
  options: Omit<BuildOptions, 'fileOf'> = {},
): Promise<RecordTypes> {
  const { revision, differences, missing } = await readStoredSchemas(pool, known)
  const gone = new Set(missing.map(({ part, code }) => `${part} ${code}`))
  const parsed = parseStored(differences, known.codeLists)
  const codeLists = new Map([...known.codeLists, ...parsed.codeLists].filter(([code]) => !gone.has(`list ${code}`)))
  const merged = new Map([...known.types, ...parsed.types].filter(([code]) => !gone.has(`type ${code}`)))
  const all = [...merged.values()].map((type) => relinked(type, codeLists))
  return valueOrThrow(buildRecordTypes(all, [...codeLists.values()], revision, options))
}

interface Decision {
  /** Stored definitions that stay although the given ones differ or lack them. */
  readonly kept: StoredSchemas['differences']
  /** Stored definitions that the given ones replace or remove. */
  readonly replaced: StoredSchemas['differences']
  readonly changes: number
}

function decide(types: RecordTypes, stored: StoredSchemas, { origin, filesWin = false }: ApplyOptions): Decision {
  const given = (part: 'type' | 'list', code: string) => (part === 'type' ? types.types : types.codeLists).has(code)
  const stays = ({ part, code, origin: by }: StoredSchemas['differences'][number]) =>
    origin === 'file' && by === 'runtime' && (!filesWin || !given(part, code))
  const kept = stored.differences.filter(stays)
  const replaced = stored.differences.filter((difference) => !stays(difference))
  return { kept, replaced, changes: replaced.length + stored.missing.length }
}

function inForce(types: RecordTypes, stored: StoredSchemas, options: ApplyOptions): RecordTypes {
  const { kept } = decide(types, stored, options)
  if (kept.length === 0) return { ...types, revision: stored.revision }
  const parsed = parseStored(kept, types.codeLists)
  const codeLists = new Map([...types.codeLists, ...parsed.codeLists])
  const all = [...new Map([...types.types, ...parsed.types]).values()].map((type) => relinked(type, codeLists))
  return valueOrThrow(buildRecordTypes(all, [...codeLists.values()], stored.revision, options))
}

async function applyChanges(
  client: PoolClient,
  types: RecordTypes,
  stored: StoredSchemas,
  result: RecordTypes,
  options: ApplyOptions,
): Promise<void> {
  const { replaced } = decide(types, stored, options)
  const before = parseStored(stored.differences, types.codeLists)
  if (options.force !== true) refuseBreaking(replaced, before, result)
  for (const { part, code } of replaced) {
    if (part === 'list') await storeCodeList(client, result.codeLists.get(code), code, options.origin)
    else await storeType(client, before.types.get(code), result.types.get(code), options)
  }
  for (const { part, code } of stored.missing) {
    if (part === 'list') await storeCodeList(client, result.codeLists.get(code), code, options.origin)
    else await storeType(client, undefined, result.types.get(code), options)
  }
}

function refuseBreaking(
  replaced: StoredSchemas['differences'],
  before: { readonly types: ReadonlyMap<string, RecordType>; readonly codeLists: ReadonlyMap<string, CodeList> },
  after: RecordTypes,
): void {
  const reasons = replaced
    .flatMap(({ part, code }) => {
      const type = part === 'type' ? before.types.get(code) : undefined
      const list = part === 'list' ? before.codeLists.get(code) : undefined
      if (type !== undefined) return compareRecordType(type, after.types.get(code)).changes
      return list === undefined ? [] : compareCodeList(list, after.codeLists.get(code)).changes
    })
    .filter((change) => change.breaking)
    .map((change) => change.message)
  if (reasons.length === 0) return
  throw new GatewayError('CONFLICT', `The record schemas would break what is published: ${reasons.join(' ')}`, {
    extensions: { reasons },
  })
}

async function storeType(
  client: PoolClient,
  before: RecordType | undefined,
  after: RecordType | undefined,
  { origin, force = false }: ApplyOptions,
): Promise<void> {
  if (after === undefined) {
    if (before === undefined) return
    for (const statement of removal(before)) await client.query(statement)
    await bury(client, 'gateway.record_type', before.code)
    await forgetRows(client, before.code)
    return
  }
  const statements = planStorage(before, after, force)
  for (const statement of statements) await client.query(statement)
  await client.query(
    `insert into gateway.record_type (code, version, definition, digest, origin) values ($1, 1, $2, $3, $4)
     on conflict (code) do update set version = record_type.version + 1, definition = excluded.definition,
       digest = excluded.digest, origin = excluded.origin, applied_at = now()`,
    [after.code, JSON.stringify(tableSchemaOf(after)), digestOfType(after), origin],
  )
  if (before === undefined) return
  if (!keepsRows(before, after)) await forgetRows(client, after.code)
  else if (statements.length > 0) await readAnew(client, after.code)
}

/** A source that says "not modified" would never fill a new column. */
async function readAnew(client: PoolClient, typeCode: string): Promise<void> {
  await client.query("update gateway.resource set memory = '{}' where record_type = $1", [typeCode])
}

/** The rows are gone, and the events about them have another shape: who follows them must read the dataset anew. */
async function forgetRows(client: PoolClient, typeCode: string): Promise<void> {
  await client.query(
    `update gateway.resource set memory = '{}', fetched_at = null, version = null, record_count = 0 where record_type = $1`,
    [typeCode],
  )
  const { rowCount } = await client.query('delete from gateway.change_event where record_type = $1', [typeCode])
  if (rowCount !== null && rowCount > 0) await client.query('update gateway.feed_head set oldest = position')
}

async function storeCodeList(
  client: PoolClient,
  list: CodeList | undefined,
  code: string,
  origin: Origin,
): Promise<void> {
  if (list === undefined) {
    await bury(client, 'gateway.code_list', code)
    return
  }
  await client.query(
    `insert into gateway.code_list (code, version, definition, digest, origin) values ($1, 1, $2, $3, $4)
     on conflict (code) do update set version = code_list.version + 1, definition = excluded.definition,
       digest = excluded.digest, origin = excluded.origin, applied_at = now()`,
    [code, JSON.stringify(codeListFileOf(list)), digestOfCodeList(list), origin],
  )
}

/** What is removed keeps its row, without a definition, so that the revision goes on growing. */
async function bury(
  client: PoolClient,
  table: 'gateway.record_type' | 'gateway.code_list',
  code: string,
): Promise<void> {
  await client.query(`update ${table} set version = version + 1, definition = 'null', digest = '' where code = $1`, [
    code,
  ])
}
