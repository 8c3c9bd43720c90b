import type { MigrationInterface, QueryRunner } from 'typeorm'

/** What owners of connectors are told, the deliveries of it, and how far each connector's runs have been looked at for it. */
export class Notices1700000000023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table gateway.notice_delivery')
    await runner.query('drop table gateway.notice')
    await runner.query('drop table gateway.connector_run_total')
    await runner.query('drop table gateway.connector_watch')
    await runner.query('alter table gateway.set_aside_row drop column id')
  }
}

const statements = [
  // In the order in which they were read: for pages and for the download.
  'alter table gateway.set_aside_row add column id bigint generated always as identity primary key',
  `create table gateway.connector_watch (
     connector_id int primary key references gateway.connector on delete cascade,
     last_run_id bigint not null
   )`,
  // Runs are pruned, their number must not fall.
  `create table gateway.connector_run_total (
     connector_id int not null references gateway.connector on delete cascade,
     outcome text not null,
     total bigint not null,
     primary key (connector_id, outcome)
   )`,
  `create table gateway.notice (
     id int generated always as identity primary key,
     connector_id int not null references gateway.connector on delete cascade,
     cause text not null,
     run_id bigint not null,
     times int not null default 1,
     title_vi text not null,
     title_en text not null,
     fix_vi text not null,
     fix_en text not null,
     rows jsonb not null default '[]',
     opened_at timestamptz not null default now(),
     updated_at timestamptz not null default now(),
     closed_at timestamptz
   )`,
  'create unique index notice_open on gateway.notice (connector_id, cause) where closed_at is null',
  'create index notice_connector on gateway.notice (connector_id, id desc)',
  `create table gateway.notice_delivery (
     id uuid primary key default gen_random_uuid(),
     notice_id int not null references gateway.notice on delete cascade,
     agency_id int not null references gateway.agency,
     event text not null check (event in ('OPENED', 'CLOSED')),
     body jsonb not null,
     attempts int not null default 0,
     next_attempt_at timestamptz not null default now(),
     delivered_at timestamptz,
     given_up_at timestamptz,
     last_error text
   )`,
  `create index notice_delivery_due on gateway.notice_delivery (next_attempt_at)
     where delivered_at is null and given_up_at is null`,
]
