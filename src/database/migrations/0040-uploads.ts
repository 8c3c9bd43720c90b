import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * What agencies upload. The file itself is kept here too, in pieces, so that any replica can read it again and a backup has it.
 * An upload counts once a run that names it has published, in that run's own transaction: a process that dies leaves the old
 * version with the old upload or the new one with the new.
 */
export class Uploads1700000000040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table gateway.upload (
         id bigint generated always as identity primary key,
         connector_id int not null references gateway.connector on delete cascade,
         format text not null,
         bytes bigint not null,
         sha256 text not null,
         uploaded_at timestamptz not null default now(),
         uploaded_by text not null,
         published_at timestamptz
       )`,
    )
    await runner.query('create index upload_connector on gateway.upload (connector_id, id desc)')
    await runner.query(
      `create table gateway.upload_piece (
         upload_id bigint not null references gateway.upload on delete cascade,
         position int not null,
         content bytea not null,
         primary key (upload_id, position)
       )`,
    )
    // Files of agencies are mostly packed already (workbooks): trying to pack them again only costs time.
    await runner.query('alter table gateway.upload_piece alter column content set storage external')
    await runner.query('alter table gateway.run add column upload_id bigint')
    await runner.query(
      `create function gateway.upload_published() returns trigger language plpgsql set search_path = '' as $$
       begin
         update gateway.upload set published_at = clock_timestamp() where id = new.upload_id;
         return null;
       end $$`,
    )
    await runner.query(
      `create trigger upload_published after update of outcome on gateway.run for each row
       when (new.upload_id is not null and new.outcome in ('PUBLISHED', 'UNCHANGED'))
       execute function gateway.upload_published()`,
    )
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop trigger upload_published on gateway.run')
    await runner.query('drop function gateway.upload_published')
    await runner.query('alter table gateway.run drop column upload_id')
    await runner.query('drop table gateway.upload_piece')
    await runner.query('drop table gateway.upload')
  }
}
