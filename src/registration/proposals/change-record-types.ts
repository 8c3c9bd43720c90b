import type pg from 'pg'
import { GatewayError } from '../../errors/gateway-error.js'
import type { RecordTypes } from '../../records/schema/record-type.js'
import { applyRecordTypes, readRecordTypes, type ApplyOptions } from '../../records/storage/apply-record-types.js'
import type { RegistrationPorts } from '../registration.js'

export interface RecordTypeChange {
  readonly types: RecordTypes
  readonly force: boolean
  /** Done in the transaction of the change. */
  readonly alongside: (client: pg.PoolClient) => Promise<void>
}

const tries = 3

/**
 * Changes the record types that run, starting from what the database has and not from what this replica knows; when somebody
 * else changes them meanwhile it is done over. The new ones are public here at once. True when something changed: otherwise
 * `alongside` was not called.
 */
export async function changeRecordTypes(
  ports: Pick<RegistrationPorts, 'pool' | 'types' | 'taken' | 'adopt'>,
  change: (current: RecordTypes) => RecordTypeChange,
): Promise<boolean> {
  for (let attempt = 1; ; attempt++) {
    const current = await readRecordTypes(ports.pool, ports.types(), { taken: ports.taken })
    const { types, force, alongside } = change(current)
    let changed = false
    const options: ApplyOptions = {
      origin: 'runtime',
      taken: ports.taken,
      force,
      madeFrom: current.revision,
      alongside: async (client) => {
        await alongside(client)
        changed = true
      },
    }
    try {
      ports.adopt(await applyRecordTypes(ports.pool, types, options))
      return changed
    } catch (error) {
      const meanwhile = error instanceof GatewayError && error.code === 'CONFLICT' && !('reasons' in error.extensions)
      if (!meanwhile || attempt === tries) throw error
    }
  }
}
