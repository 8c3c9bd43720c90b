import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What the files of the plan said when they were applied last, so that they are applied again only when they changed. */
export class PlanSeed1700000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.plan add column digest text')
    // The plan names some agencies; the others succeeded those.
    await runner.query('alter table gateway.agency add column in_plan boolean not null default false')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.agency drop column in_plan')
    await runner.query('alter table gateway.plan drop column digest')
  }
}
