import type pg from 'pg'
import type { EntityManager } from 'typeorm'

/** Runs a statement on whatever connection the caller's transaction has, and answers with its rows. */
export type Queries = <Row extends object>(text: string, values?: readonly unknown[]) => Promise<Row[]>

export function queriesOf(client: pg.ClientBase | pg.Pool): Queries {
  return async <Row extends object>(text: string, values: readonly unknown[] = []) =>
    (await client.query<Row>(text, [...values])).rows
}

export function queriesIn(manager: EntityManager): Queries {
  return <Row extends object>(text: string, values: readonly unknown[] = []) => manager.query<Row[]>(text, [...values])
}
