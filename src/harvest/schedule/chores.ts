import type pg from 'pg'
import { lockClasses } from '../locks.js'
import type { Logger } from '../logger.js'
import { inTransaction } from '../transaction.js'

/** Something to be done now and then, by one replica at a time, in a transaction: pruning above all. */
export interface Chore {
  readonly name: string
  run(client: pg.ClientBase): Promise<void>
}

/** Does each chore once, unless another replica is doing it. One that fails does not keep the others from being done. */
export async function doChores(pool: pg.Pool, chores: readonly Chore[], logger: Logger): Promise<void> {
  for (const [index, chore] of chores.entries()) {
    try {
      await inTransaction(pool, async (client) => {
        const { rows } = await client.query<{ mine: boolean }>('select pg_try_advisory_xact_lock($1, $2) as mine', [
          lockClasses.chore,
          index,
        ])
        if (rows[0]?.mine === true) await chore.run(client)
      })
    } catch (error) {
      logger.error({ err: error, chore: chore.name }, 'A chore failed; it is tried again next time.')
    }
  }
}
