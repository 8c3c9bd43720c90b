import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Change events are written by the statements that publish a version, from that version's own dataset, and a dataset is never
 * deleted: it is retired. So the reference was checked for each event and could not fail.
 */
export class EventsUnchecked1700000000061 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table gateway.change_event drop constraint change_event_dataset_id_fkey')
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      `alter table gateway.change_event add constraint change_event_dataset_id_fkey
         foreign key (dataset_id) references gateway.dataset on delete cascade`,
    )
  }
}
