import pg from 'pg'
import type { Statement } from '../../sql/emit-statement.js'
import { parameterText } from '../rows/parameter-text.js'
import { planShape } from './plan-shape.js'

interface Standing {
  uses: number
  isSettled: boolean
  /** `performance.now()` of the last look; undefined: none yet. */
  lookedAt: number | undefined
}

const usesBeforeLook = 20
const looksAgainAfterMs = 60_000

/**
 * Tells of which statements Postgres may keep the plan. It plans a statement anew for its values as long as it expects a plan for any
 * values to be dearer, which it does of most, since it knows little of values that it does not see; planning then takes as long as running.
 * Of a statement that comes again with its values both plans are looked at, and when they do the same, that for any values is kept: what it
 * is expected to cost plays no part then.
 */
export class SettledStatements {
  private readonly standings = new WeakMap<Statement, Standing>()
  private readonly looks = new Set<Promise<void>>()
  private canTell = true

  constructor(
    private readonly pool: pg.Pool,
    private readonly report: (error: unknown) => void,
  ) {}

  /** Counts a use. Whether the plan for any values is as good for these: looked at from the twentieth use of one statement object on, each minute. */
  isSettled(statement: Statement): boolean {
    const standing = this.standings.get(statement)
    if (standing === undefined) {
      this.standings.set(statement, { uses: 1, isSettled: false, lookedAt: undefined })
      return false
    }
    standing.uses += 1
    if (this.isDue(standing)) this.look(statement, standing)
    return standing.isSettled
  }

  /** Settles when nobody looks any more. */
  async dispose(): Promise<void> {
    await Promise.all(this.looks)
  }

  private isDue({ uses, lookedAt }: Standing): boolean {
    if (!this.canTell || uses < usesBeforeLook) return false
    return lookedAt === undefined || performance.now() - lookedAt > looksAgainAfterMs
  }

  private look(statement: Statement, standing: Standing): void {
    // One at a time: to look must not take the connections of those who ask. It waits for one like everybody, since those who ask much,
    // of whom some always wait, gain most.
    if (this.looks.size > 0 || statement.values.length === 0) return
    standing.lookedAt = performance.now()
    const look = this.haveSameShape(statement)
      .then((same) => {
        standing.isSettled = same
      })
      .catch((error: unknown) => {
        standing.isSettled = false
        if (isUnknownOption(error)) this.canTell = false
        else this.report(error)
      })
      .finally(() => {
        this.looks.delete(look)
      })
    this.looks.add(look)
  }

  private async haveSameShape({ text, values }: Statement): Promise<boolean> {
    const forThese = `explain (format json) ${text}`
    const forAny = `explain (generic_plan, format json) ${text}`
    const shape = async (query: string, bound?: (string | null)[]): Promise<string> => {
      const { rows } = await this.pool.query<{ 'QUERY PLAN': unknown }>(query, bound)
      return planShape(rows[0]?.['QUERY PLAN'])
    }
    return (await shape(forThese, values.map(parameterText))) === (await shape(forAny))
  }
}

/** Postgres tells the plan for any values from version 16 on. */
function isUnknownOption(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code === '42601'
}
