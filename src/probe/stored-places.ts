import type pg from 'pg'
import { quote, recordTable } from '../database/identifiers.js'
import { StoredReferences } from '../harvest/read/stored-references.js'
import type { RecordTypes } from '../records/schema/record-type.js'
import type { ReferencePorts } from './places.js'

/** The published records, for resolving codes and names in a probe. */
export function storedReferences(pool: pg.Pool, { types }: RecordTypes): ReferencePorts {
  return {
    resolver: new StoredReferences(pool, types),
    async kinds(target, dataset, keys) {
      const type = types.get(target)
      if (keys.length === 0 || type?.fields.some(({ name }) => name === 'kind') !== true) return new Map()
      const { rows } = await pool.query<{ key: string; kind: string }>(
        `select r._key as key, r.kind from ${recordTable(type.code)} r join gateway.dataset d on d.id = r._dataset
         where d.code = $1 and r._key = any ($2) and r.kind is not null`,
        [dataset, keys],
      )
      return new Map(rows.map(({ key, kind }) => [key, kind]))
    },
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
