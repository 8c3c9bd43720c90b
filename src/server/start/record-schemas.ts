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

/** The record schemas of the files, read once. Each method throws StartFailure with all that is wrong with them. */
export class SchemaFiles {
  private constructor(
    private readonly types: RecordTypes,
    private readonly taken: ReturnType<typeof takenNamesOf>,
  ) {}

  static read(folder: string, control: GraphQLSchema): Promise<SchemaFiles> {
    return explained(async () => {
      const taken = takenNamesOf(control)
      return new SchemaFiles(await loadRecordTypes(folder, { taken }), taken)
    })
  }

  /** Applies them; the record types that are in force then. */
  apply(pool: pg.Pool, rules: SchemaRules): Promise<RecordTypes> {
    return explained(() => applyRecordTypes(pool, this.types, this.optionsOf(rules)))
  }

  /**
   * Fails as `apply` would on a database of this or an earlier version, and changes nothing. What cannot be told before the database is
   * migrated is left to `apply`.
   */
  check(pool: pg.Pool, rules: SchemaRules): Promise<void> {
    return explained(async () => {
      try {
        await refuseBreakingTypes(pool, this.types, this.optionsOf(rules))
      } catch (error) {
        if (!(error instanceof pg.DatabaseError) || !notThereYet.has(error.code ?? '')) throw error
      }
    })
  }

  private optionsOf({ filesWin, acceptBreaking }: SchemaRules): ApplyOptions {
    return { origin: 'file', filesWin, force: acceptBreaking, taken: this.taken }
  }
}

/** Postgres: undefined_table, undefined_column. */
const notThereYet = new Set(['42P01', '42703'])

async function explained<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
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
