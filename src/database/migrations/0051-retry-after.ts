import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Before when a source has asked not to be read again. */
export class RetryAfter1700000000051 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.run add column retry_at timestamptz')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.run drop column retry_at')
  }
}
