import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Record types that agencies propose, until a coordinator decides. */
export class RecordTypeProposals1700000000021 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create table gateway.record_type_proposal (
         id int generated always as identity primary key,
         code text not null,
         agency_id int references gateway.agency,
         schema jsonb not null,
         code_lists jsonb not null default '[]',
         status text not null default 'PROPOSED' check (status in ('PROPOSED', 'ACCEPTED', 'REJECTED')),
         reason text,
         proposed_at timestamptz not null default now(),
         decided_at timestamptz,
         check ((status = 'PROPOSED') = (decided_at is null))
       )`,
    )
    await runner.query('create index record_type_proposal_agency on gateway.record_type_proposal (agency_id)')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table gateway.record_type_proposal')
  }
}
