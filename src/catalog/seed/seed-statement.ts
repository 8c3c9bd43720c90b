import type { EntityManager } from 'typeorm'

/** A statement over rows that are given as one JSON parameter. */
export interface SeedStatement {
  /** Common table expressions; those that change something end in `returning 1`. */
  readonly expressions: string
  /** The names of those. */
  readonly changes: readonly string[]
}

/** Runs the statement. Returns how many rows it changed. */
export async function applyRows(
  manager: EntityManager,
  { expressions, changes }: SeedStatement,
  rows: readonly object[],
): Promise<number> {
  const count = changes.map((name) => `(select count(*) from ${name})`).join(' + ')
  const text = `with ${expressions} select (${count})::int as changed`
  const [found] = await manager.query<{ changed: number }[]>(text, [JSON.stringify(rows)])
  if (found === undefined) throw new Error('A count always has one row.')
  return found.changed
}
