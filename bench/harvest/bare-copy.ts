import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { permitFields } from './permit-type.js'

/**
 * Seconds of a bare COPY of the file into a table like the record table, with the same columns, generated ones too, and the
 * same indexes. The system columns have constants, and the key is generated from the code.
 */
export async function bareCopySeconds(pool: pg.Pool, path: string): Promise<number> {
  const client = await pool.connect()
  try {
    await client.query('create table bare (like records."Permit" including all)')
    await client.query(`alter table bare alter _dataset set default 1, alter _resource set default 1,
      alter _hash set default '0123456789abcdef0123456789abcdef', alter _version set default 1, alter _updated_at set default now(),
      drop constraint if exists bare_pkey, drop column _key`)
    await client.query('alter table bare add _key text collate "C" generated always as (code) stored not null')
    await client.query('alter table bare add primary key (_dataset, _key)')
    const columns = permitFields.map((name) => `"${name}"`).join(', ')
    const begun = performance.now()
    await pipeline(
      createReadStream(path, { highWaterMark: 1 << 18 }),
      client.query(copyFrom(`copy bare (${columns}) from stdin (format csv, header true)`)),
    )
    return (performance.now() - begun) / 1000
  } finally {
    await client.query('drop table if exists bare')
    client.release()
  }
}
