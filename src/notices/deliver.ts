import type pg from 'pg'
import { SecretUnreadable, type Secrets } from '../access/secrets.js'
import type { Outbound } from '../connectors/outbound/outbound.js'
import { queriesOf } from '../database/queries.js'
import type { Logger } from '../harvest/logger.js'
import { noticeBody, type Delivery } from './delivery.js'
import { createMailServer, type MailServer } from './mail-server.js'
import type { MailSettings } from '../settings/mail-settings.js'
import { mailText } from './mail-text.js'
import { readAddress, type NoticeChannel } from './notice-address.js'
import { sendToWebhook } from './send-to-webhook.js'

export interface DeliveryParts {
  readonly pool: pg.Pool
  readonly outbound: Outbound
  readonly secrets: Secrets
  readonly logger: Logger
  /** Undefined: no mail is sent. */
  readonly mail?: MailSettings | undefined
  /** Before the second try; it doubles. Milliseconds. */
  readonly retryAfterMs?: number
}

const atOnce = 4
const mostAttempts = 12
const longestPauseMs = 6 * 3_600_000
const firstPauseMs = 30_000
/** Longer than a try may take: a delivery whose process died is taken up again after it. */
const leaseMs = 60_000

/** By which ways this gateway can tell agencies. */
function channelsOf({ mail }: Pick<DeliveryParts, 'mail'>): NoticeChannel[] {
  return mail === undefined ? ['webhook'] : ['webhook', 'mail']
}

/**
 * Sends what is due to agencies, each at least once: the same id comes again when an answer was lost. Settles when nothing is
 * due any more.
 */
export async function deliverDue(parts: DeliveryParts, signal: AbortSignal): Promise<void> {
  const channels = channelsOf(parts)
  const mails = parts.mail === undefined ? undefined : createMailServer(parts.mail)
  while (!signal.aborted) {
    const due = await claim(parts.pool, channels)
    if (due.length === 0) return
    await Promise.all(due.map((delivery) => deliver(parts, delivery, mails, signal)))
  }
}

async function claim(pool: pg.Pool, channels: readonly NoticeChannel[]): Promise<Delivery[]> {
  const { rows } = await pool.query<Delivery>(
    `update gateway.notice_delivery as d set next_attempt_at = now() + $1 * interval '1 ms', attempts = attempts + 1
     where id in (
       select id from gateway.notice_delivery
       where delivered_at is null and given_up_at is null and next_attempt_at <= now() and channel = any ($3)
       order by next_attempt_at limit $2 for update skip locked
     )
     returning id, agency_id, channel, body, attempts,
       (select n.closed_at is not null from gateway.notice n where n.id = d.notice_id) as settled`,
    [leaseMs, atOnce, channels],
  )
  return rows
}

async function deliver(
  parts: DeliveryParts,
  delivery: Delivery,
  mails: MailServer | undefined,
  signal: AbortSignal,
): Promise<void> {
  const { pool, logger, retryAfterMs = firstPauseMs } = parts
  const { id, attempts, channel } = delivery
  if (channel === 'mail' && delivery.settled) {
    // People are told what there is to do, not what there was.
    await pool.query(`update gateway.notice_delivery set given_up_at = now(), last_error = 'SETTLED' where id = $1`, [
      id,
    ])
    return
  }
  const failure = await send(parts, delivery, mails, signal)
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
    { delivery: id, agencyId: delivery.agency_id, channel, code: failure, attempts, givenUp },
    'A notice was not taken.',
  )
}

/** The code of what went wrong; never the address. */
async function send(
  { pool, secrets, outbound, mail }: DeliveryParts,
  { id, agency_id: agencyId, channel, body }: Delivery,
  mails: MailServer | undefined,
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const address = await readAddress(queriesOf(pool), secrets, agencyId, channel)
    if (address === undefined) return 'REMOVED'
    const told = noticeBody.parse(body)
    if (channel === 'webhook') return await sendToWebhook(outbound, new URL(address), { id, ...told }, signal)
    return await mails?.send({ id, to: address, ...mailText(told, mail?.gatewayUrl) }, signal)
  } catch (error) {
    if (error instanceof SecretUnreadable) return 'SECRETS_KEY'
    if (signal.aborted) return 'INTERRUPTED'
    throw error
  }
}
