import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * Folding composes a text only when it is not composed yet, as stored ones are: to compose takes ten times as long as all the rest,
 * and a filter whose text is too short for an index folds every row. The names in its body were resolved when it was made, so it
 * needs no search path of its own.
 */
export class FoldComposedTexts1700000000063 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(fold('case when value is nfc normalized then value else normalize(value, nfc) end', ''))
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(fold('normalize(value, nfc)', 'set search_path = public, pg_catalog'))
  }
}

/** What it answers stays the same: the indexes and generated columns that it is in hold. */
function fold(composed: string, settings: string): string {
  return `create or replace function gateway.fold(value text) returns text language sql immutable strict parallel safe ${settings}
     return lower(public.unaccent('public.unaccent'::regdictionary, ${composed}))`
}
