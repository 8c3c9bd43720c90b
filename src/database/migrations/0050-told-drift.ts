import type { MigrationInterface, QueryRunner } from 'typeorm'

/** The changes of columns that owners of connectors have been told of, so that each is told once. */
export class ToldDrift1700000000050 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table gateway.drift_told (
         connector_id int not null references gateway.connector on delete cascade,
         resource text not null,
         kind text not null,
         column_name text not null,
         told_at timestamptz not null default now(),
         primary key (connector_id, resource, kind, column_name)
       )`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table gateway.drift_told')
  }
}
