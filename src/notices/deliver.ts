import type pg from 'pg'
import { queriesOf } from '../access/audit/queries.js'
import { SecretUnreadable, type Secrets } from '../access/secrets.js'
import { exchange } from '../connectors/outbound/exchange.js'
import { defaultLimits, type Limits } from '../connectors/outbound/limits.js'
import type { Outbound } from '../connectors/outbound/outbound.js'
import { SourceFault } from '../errors/source-fault.js'
import type { Logger } from '../harvest/logger.js'
import { readWebhook } from './webhook.js'

export interface DeliveryParts {
  readonly pool: pg.Pool
  readonly outbound: Outbound
  readonly secrets: Secrets
  readonly logger: Logger
  /** Before the second try; it doubles. Milliseconds. */
  readonly retryAfterMs?: number
}

interface Delivery {
  readonly id: string
  readonly agency_id: number
  readonly body: object
  readonly attempts: number
}

const atOnce = 4
const mostAttempts = 12
const longestPauseMs = 6 * 3_600_000
const firstPauseMs = 30_000
/** Longer than a try may take: a delivery whose process died is taken up again after it. */
const leaseMs = 60_000
const limits: Limits = { ...defaultLimits, requestMs: 10_000, connectMs: 5_000, bodyBytes: 65_536, redirects: 0 }

/**
 * Sends what is due to agencies' webhooks, each at least once: the same id comes again when an answer was lost. Settles when
 * nothing is due any more.
 */
export async function deliverDue(parts: DeliveryParts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const due = await claim(parts.pool)
    if (due.length === 0) return
    await Promise.all(due.map((delivery) => deliver(parts, delivery, signal)))
  }
}

async function claim(pool: pg.Pool): Promise<Delivery[]> {
  const { rows } = await pool.query<Delivery>(
    `update gateway.notice_delivery set next_attempt_at = now() + $1 * interval '1 ms', attempts = attempts + 1
     where id in (
       select id from gateway.notice_delivery where delivered_at is null and given_up_at is null and next_attempt_at <= now()
       order by next_attempt_at limit $2 for update skip locked
     )
     returning id, agency_id, body, attempts`,
    [leaseMs, atOnce],
  )
  return rows
}

async function deliver(parts: DeliveryParts, delivery: Delivery, signal: AbortSignal): Promise<void> {
  const { pool, logger, retryAfterMs = firstPauseMs } = parts
  const { id, attempts } = delivery
  const failure = await send(parts, delivery, signal)
  if (failure === undefined) {
    await pool.query('update gateway.notice_delivery set delivered_at = now(), last_error = null where id = $1', [id])
    return
  }
  const givenUp = attempts >= mostAttempts
  const pauseMs = Math.min(longestPauseMs, retryAfterMs * 2 ** (attempts - 1))
  await pool.query(
    `update gateway.notice_delivery set last_error = $2, next_attempt_at = now() + $3 * interval '1 ms',
       given_up_at = case when $4 then now() end where id = $1`,
    [id, failure, pauseMs, givenUp],
  )
  logger.warn(
    { delivery: id, agencyId: delivery.agency_id, code: failure, attempts, givenUp },
    'A notice was not taken.',
  )
}

/** The code of what went wrong; never the address. */
async function send(parts: DeliveryParts, delivery: Delivery, signal: AbortSignal): Promise<string | undefined> {
  const { pool, secrets, outbound } = parts
  try {
    const url = await readWebhook(queriesOf(pool), secrets, delivery.agency_id)
    if (url === undefined) return 'REMOVED'
    const answer = await exchange(
      {
        url,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': delivery.id },
        body: JSON.stringify({ id: delivery.id, ...delivery.body }),
        accept: [],
        maxBytes: limits.bodyBytes,
      },
      { outbound, limits, credentials: undefined, origins: new Set([url.origin]), signal, count: { bytes: 0 } },
    )
    answer.close()
    return undefined
  } catch (error) {
    if (error instanceof SourceFault) return error.code
    if (error instanceof SecretUnreadable) return 'SECRETS_KEY'
    if (signal.aborted) return 'INTERRUPTED'
    throw error
  }
}
