import type { MigrationInterface, QueryRunner } from 'typeorm'
import { storeLookupFunction } from './store-lookup-function.js'

/**
 * Where runs put the rows of a source before they are compared: unlogged tables of their own schema, one a run and
 * resource, so that a sweep can tell what a killed run left behind. And what the change feed and the lookups need.
 */
export class Staging1700000000010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema if not exists staging')
    await runner.query('create index change_event_dataset on gateway.change_event (dataset_id, position, seq)')
    await runner.query('create index run_unfinished on gateway.run (connector_id) where finished_at is null')
    await runner.query(storeLookupFunction)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function gateway.store_lookup')
    await runner.query('drop index gateway.run_unfinished')
    await runner.query('drop index gateway.change_event_dataset')
    await runner.query('drop schema staging cascade')
  }
}
