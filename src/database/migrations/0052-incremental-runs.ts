import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Whether a run asked its source only for what had changed. */
export class IncrementalRuns1700000000052 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.run add column incremental boolean not null default false')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.run drop column incremental')
  }
}
