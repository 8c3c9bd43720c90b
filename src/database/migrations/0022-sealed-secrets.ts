import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What is kept encrypted: credentials for agencies' sources, addresses that notices are sent to. `key_id` tells with which key
 * without telling the key; owner and field are authenticated with the text, so that no row can stand in for another.
 */
export class SealedSecrets1700000000022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table gateway.sealed_secret (
         owner text not null check (owner in ('connector', 'agency')),
         owner_id int not null,
         field text not null,
         key_id text not null,
         sealed bytea not null,
         updated_at timestamptz not null default now(),
         primary key (owner, owner_id, field)
       )`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table gateway.sealed_secret')
  }
}
