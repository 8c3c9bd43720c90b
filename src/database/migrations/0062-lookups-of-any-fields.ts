import type { MigrationInterface, QueryRunner } from 'typeorm'
import { storeLookupFunction } from './store-lookup-function.js'

/**
 * Where a record type had a field `r` or `k`, Postgres took the function's own names for that column. With a star `r` is the row,
 * and no field begins with an underscore.
 */
export class LookupsOfAnyFields1700000000062 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      replacing(storeLookupFunction)
        .replaceAll('to_jsonb(r)', 'to_jsonb(r.*)')
        .replace('row_number() over (order by k)', 'row_number() over (order by _k)')
        .replace("when $4 ? k then ''CHANGED''", "when $4 ? _k then ''CHANGED''")
        .replace('k, to_jsonb(r.*), $4 -> k, $5', '_k, to_jsonb(r.*), $4 -> _k, $5')
        .replace(
          'from unnest($6 || $7) k left join %s r on r._dataset = $2 and r._key = k',
          'from unnest($6 || $7) as differs (_k) left join %s r on r._dataset = $2 and r._key = _k',
        ),
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(replacing(storeLookupFunction))
  }
}

function replacing(definition: string): string {
  return definition.replace('create function', 'create or replace function')
}
