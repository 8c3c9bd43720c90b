import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The log of management actions. `content` is the very text whose hash is in `hash`, with the hash of the entry before it, so
 * that whoever changes, removes, inserts or reorders entries breaks the chain; see src/access/audit.
 */
export class AuditLog1700000000020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table gateway.audit_entry')
    await runner.query('drop function gateway.refuse_audit_change()')
  }
}

const statements = [
  `create table gateway.audit_entry (
     seq bigint primary key,
     content text not null,
     hash text not null unique
   )`,
  `create function gateway.refuse_audit_change() returns trigger language plpgsql as $$
     begin
       raise exception 'The audit log is only appended to.' using errcode = 'insufficient_privilege';
     end
   $$`,
  `create trigger audit_entry_append_only before update or delete on gateway.audit_entry
     for each row execute function gateway.refuse_audit_change()`,
  `create trigger audit_entry_not_emptied before truncate on gateway.audit_entry
     for each statement execute function gateway.refuse_audit_change()`,
]
