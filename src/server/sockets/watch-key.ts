import type { FastifyBaseLogger } from 'fastify'
import type { Authenticate } from '../../access/authenticate.js'
import { GatewayError } from '../../errors/gateway-error.js'

/** How long a revoked key still works. */
const recheckMs = 3_000

export interface WatchedKey {
  readonly authenticate: Authenticate
  /** The key as it is by then; undefined: nobody has shown one. */
  readonly key: () => string | undefined
  readonly revoked: () => void
  readonly log: FastifyBaseLogger
}

/** Asks now and then whether the key of a connection is still valid: a revoked one must not go on reading. Stop it with what it returns. */
export function watchKey({ authenticate, key, revoked, log }: WatchedKey): () => void {
  const rechecks = setInterval(() => {
    const shown = key()
    if (shown === undefined) return
    authenticate(shown).catch((error: unknown) => {
      if (error instanceof GatewayError) revoked()
      else log.warn({ err: error }, 'The key of a connection could not be checked')
    })
  }, recheckMs)
  return () => {
    clearInterval(rechecks)
  }
}
