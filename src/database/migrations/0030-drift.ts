import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What runs note about their sources, and since when a source is gone that was there. */
export class Drift1700000000030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table gateway.run add column notes jsonb not null default '[]'`)
    await runner.query('alter table gateway.resource add column vanished_at timestamptz')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.resource drop column vanished_at')
    await runner.query('alter table gateway.run drop column notes')
  }
}
