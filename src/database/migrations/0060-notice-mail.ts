import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Notices go out by e-mail too: each delivery says by which way. */
export class NoticeMail1700000000060 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table gateway.notice_delivery add column channel text not null default 'webhook' check (channel in ('webhook', 'mail'))`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from gateway.notice_delivery where channel <> 'webhook'`)
    await runner.query('alter table gateway.notice_delivery drop column channel')
  }
}
