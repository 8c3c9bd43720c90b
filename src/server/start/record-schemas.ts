import pg from 'pg'
import type { GraphQLSchema } from 'graphql'
import { GatewayError } from '../../errors/gateway-error.js'
import { takenNamesOf } from '../../records/graphql/merge-schemas.js'
import { loadRecordTypes } from '../../records/schema/load-record-types.js'
import type { RecordTypes } from '../../records/schema/record-type.js'
import { InvalidSchemas } from '../../records/schema/schema-problem.js'
import { applyRecordTypes, refuseBreakingTypes, type ApplyOptions } from '../../records/storage/apply-record-types.js'
import { StartFailure } from '../../settings/start-failure.js'

export interface SchemaRules {
  readonly filesWin: boolean
  readonly acceptBreaking: boolean
}

/** The record types in force, after those of the files were applied. Throws StartFailure with all that is wrong with them. */
export async function applySchemaFiles(
  folder: string,
  pool: pg.Pool,
  control: GraphQLSchema,
  rules: SchemaRules,
): Promise<RecordTypes> {
  return explained(folder, control, rules, (types, options) => applyRecordTypes(pool, types, options))
}

/**
 * Throws the StartFailure of applySchemaFiles for files that a database of this or an earlier version does not take, and
 * changes nothing. What cannot be told before the database is migrated is left to applySchemaFiles.
 */
export async function checkSchemaFiles(
  folder: string,
  pool: pg.Pool,
  control: GraphQLSchema,
  rules: SchemaRules,
): Promise<void> {
  await explained(folder, control, rules, async (types, options) => {
    try {
      await refuseBreakingTypes(pool, types, options)
    } catch (error) {
      if (!(error instanceof pg.DatabaseError) || !notThereYet.has(error.code ?? '')) throw error
    }
  })
}

/** Postgres: undefined_table, undefined_column. */
const notThereYet = new Set(['42P01', '42703'])

async function explained<T>(
  folder: string,
  control: GraphQLSchema,
  { filesWin, acceptBreaking }: SchemaRules,
  use: (types: RecordTypes, options: ApplyOptions) => Promise<T>,
): Promise<T> {
  const taken = takenNamesOf(control)
  try {
    const types = await loadRecordTypes(folder, { taken })
    return await use(types, { origin: 'file', filesWin, force: acceptBreaking, taken })
  } catch (error) {
    if (error instanceof InvalidSchemas)
      throw new StartFailure(`The record schemas cannot be used.\n${error.message}`, error)
    if (error instanceof GatewayError && error.code === 'CONFLICT') {
      const way =
        'Take the change back, or start once with --accept-breaking: clients must follow it, and rows that do not fit any more are dropped and read anew from their sources.'
      throw new StartFailure(`${error.message}\n${way}`, error)
    }
    throw error
  }
}
