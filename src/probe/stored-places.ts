import type pg from 'pg'
import { quote, recordTable } from '../database/identifiers.js'
import { StoredReferences } from '../harvest/read/stored-references.js'
import type { RecordTypes } from '../records/schema/record-type.js'
import type { ReferencePorts } from './places.js'

/** The published records, for resolving codes and names in a probe. */
export function storedReferences(pool: pg.Pool, { types }: RecordTypes): ReferencePorts {
  return {
    resolver: new StoredReferences(pool, types),
    async lastDays(target, dataset) {
      const type = types.get(target)
      if (type?.validity === undefined) return []
      const { rows } = await pool.query<{ day: string }>(
        `select to_char(${quote(type.validity.to)}, 'YYYY-MM-DD') as day from ${recordTable(type.code)} r
         join gateway.dataset d on d.id = r._dataset
         where d.code = $1 and ${quote(type.validity.to)} is not null group by 1 order by count(*) desc, 1 desc limit 6`,
        [dataset],
      )
      return rows.map(({ day }) => day)
    },
  }
}
