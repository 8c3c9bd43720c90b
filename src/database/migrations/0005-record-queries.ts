import type { MigrationInterface, QueryRunner } from 'typeorm'

/** Functions that compiled record statements call. They are immutable, so that Postgres computes them once a statement. */
export class RecordQueries1700000000005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function gateway.changes_cursor(bigint)')
    await runner.query('drop function gateway.search_query(text)')
    await runner.query('drop function gateway.like_escape(text)')
  }
}

const statements = [
  // After folding, which may itself yield a wildcard: a full-width percent sign folds to one.
  `create function gateway.like_escape(value text) returns text language sql immutable strict parallel safe
     return replace(replace(replace(value, '\\', '\\\\'), '%', '\\%'), '_', '\\_')`,
  // Each word as a prefix, all of them: what a person types is rarely whole.
  `create function gateway.search_query(value text) returns tsquery language sql immutable strict parallel safe
     return (
       select to_tsquery('simple'::regconfig, string_agg(quote_literal(word) || ':*', ' & '))
       from regexp_split_to_table(gateway.fold(value), '[^[:alnum:]]+') as words(word)
       where word <> ''
     )`,
  // The change feed's cursor after everything up to a position; see the feed's encodeCursor.
  `create function gateway.changes_cursor(value bigint) returns text language sql immutable strict parallel safe
     return translate(encode(convert_to('c1.' || value || '.2147483647', 'UTF8'), 'base64'), E'+/=\\n', '-_')`,
]
