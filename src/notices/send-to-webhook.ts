import { exchange } from '../connectors/outbound/exchange.js'
import { defaultLimits, type Limits } from '../connectors/outbound/limits.js'
import type { Outbound } from '../connectors/outbound/outbound.js'
import { SourceFault } from '../errors/source-fault.js'
import type { NoticeBody } from './delivery.js'

const limits: Limits = { ...defaultLimits, requestMs: 10_000, connectMs: 5_000, bodyBytes: 65_536, redirects: 0 }

/** The code of what went wrong; undefined: it was taken. */
export async function sendToWebhook(
  outbound: Outbound,
  url: URL,
  body: NoticeBody & { readonly id: string },
  signal: AbortSignal,
): Promise<string | undefined> {
  try {
    const answer = await exchange(
      {
        url,
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': body.id },
        body: JSON.stringify(body),
        accept: [],
        maxBytes: limits.bodyBytes,
      },
      { outbound, limits, credentials: undefined, origins: new Set([url.origin]), signal, count: { bytes: 0 } },
    )
    answer.close()
    return undefined
  } catch (error) {
    if (error instanceof SourceFault) return error.code
    throw error
  }
}
