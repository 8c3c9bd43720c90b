import type pg from 'pg'
import type { GraphQLSchema } from 'graphql'
import { GatewayError } from '../../errors/gateway-error.js'
import { takenNamesOf } from '../../records/graphql/merge-schemas.js'
import { loadRecordTypes } from '../../records/schema/load-record-types.js'
import type { RecordTypes } from '../../records/schema/record-type.js'
import { InvalidSchemas } from '../../records/schema/schema-problem.js'
import { applyRecordTypes } from '../../records/storage/apply-record-types.js'
import { StartFailure } from '../../settings/start-failure.js'

/** The record types in force, after those of the files were applied. Throws StartFailure with all that is wrong with them. */
export async function applySchemaFiles(
  folder: string,
  pool: pg.Pool,
  control: GraphQLSchema,
  { filesWin, acceptBreaking }: { readonly filesWin: boolean; readonly acceptBreaking: boolean },
): Promise<RecordTypes> {
  const taken = takenNamesOf(control)
  try {
    const types = await loadRecordTypes(folder, { taken })
    return await applyRecordTypes(pool, types, { origin: 'file', filesWin, force: acceptBreaking, taken })
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
