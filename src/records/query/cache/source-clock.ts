import type pg from 'pg'
import { fetchedAtOf, resourceTokenSql, wholeTokenSql, type AnswerFreshness } from './answer-freshness.js'

export interface SourceClockOptions {
  readonly pool: pg.Pool
  readonly report: (error: unknown) => void
  /** How often the database is asked while answers are used again, in milliseconds. */
  readonly pollMs?: number
}

interface Seen {
  readonly tokens: ReadonlyMap<number, string>
  readonly whole: string
  /** The database's time when it answered, and this process's when it was asked: later than that anything may have changed. */
  readonly databaseTime: number
  readonly askedAt: number
}

/** What is known of other replicas' changes may be this old, at most: notifications can be lost. */
const trustMs = 900
const idleMs = 5_000

/**
 * What all sources look like now, from memory, so that an answer can be recognised as still good without a statement. On the
 * replica that publishes it is exact: from before the commit until it has been read anew nothing is taken for good. What
 * others publish is known within a second.
 */
export class SourceClock {
  private seen: Seen | undefined
  private publishing = 0
  private usedAt = -Infinity
  private renewal: Promise<void> | undefined
  private again = false
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly options: SourceClockOptions) {}

  /** Whether an answer made of this would be made just so again now; also how much longer, in milliseconds. */
  goodFor(freshness: AnswerFreshness): number | undefined {
    this.use()
    const { seen } = this
    if (seen === undefined || this.publishing > 0) return undefined
    const sinceAsked = performance.now() - seen.askedAt
    if (sinceAsked > trustMs) return undefined
    if (freshness.whole !== undefined && freshness.whole !== seen.whole) return undefined
    for (const [id, token] of freshness.tokens) if (seen.tokens.get(id) !== token) return undefined
    let left = Infinity
    for (const [id, { maxAgeMs, live }] of freshness.ages) {
      const fetchedAt = fetchedAtOf(seen.tokens.get(id) ?? '')
      const untilOld = fetchedAt * 1000 + maxAgeMs - (seen.databaseTime + sinceAsked)
      // What is stale stays stale until it is fetched; what is fresh is another answer once it is old.
      if (untilOld > 0) left = Math.min(left, untilOld)
      else if (live && freshness.tokens.has(id)) return undefined
    }
    return left
  }

  /** Call before a commit that makes a version visible; call what it answers when the commit is done or has failed. */
  beginPublishing(): () => Promise<void> {
    this.publishing += 1
    return async () => {
      // What is being read now may have been asked before the commit.
      await this.renew()
      this.publishing -= 1
    }
  }

  /** Something has changed: read again. Settles when a reading that began after this call is done. */
  async renew(): Promise<void> {
    if (this.renewal !== undefined) {
      this.again = true
      await this.renewal
      return
    }
    this.renewal = this.read().finally(() => {
      this.renewal = undefined
    })
    await this.renewal
  }

  /** Another part of the gateway, or another replica, says that something has changed. */
  notified(): void {
    if (this.timer !== undefined) void this.renew()
  }

  stop(): void {
    clearInterval(this.timer)
    this.timer = undefined
    this.seen = undefined
  }

  private async read(): Promise<void> {
    for (let wanted = true; wanted; wanted = this.takeAgain()) {
      const askedAt = performance.now()
      try {
        const { rows } = await this.options.pool.query<{ whole: string; now: number; ids: number[]; tokens: string[] }>(
          `select ${wholeTokenSql} as whole, extract(epoch from clock_timestamp())::float8 * 1000 as now,
             coalesce(array_agg(s.id), '{}') as ids, coalesce(array_agg(${resourceTokenSql}), '{}') as tokens from gateway.resource s`,
        )
        const [row] = rows
        if (row === undefined) continue
        const tokens = new Map(row.ids.map((id, index) => [id, row.tokens[index] ?? '']))
        this.seen = { tokens, whole: row.whole, databaseTime: row.now, askedAt }
      } catch (error) {
        this.seen = undefined
        this.options.report(error)
      }
    }
  }

  private takeAgain(): boolean {
    const { again } = this
    this.again = false
    return again
  }

  /** Asks regularly, but only while answers are used. */
  private use(): void {
    this.usedAt = performance.now()
    if (this.timer !== undefined) return
    void this.renew()
    this.timer = setInterval(() => {
      if (performance.now() - this.usedAt > idleMs) this.stop()
      else void this.renew()
    }, this.options.pollMs ?? 400)
    this.timer.unref()
  }
}
