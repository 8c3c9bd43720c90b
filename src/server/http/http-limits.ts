import 'fastify'

export const httpLimits = {
  bodyBytes: 262_144,
  headersMs: 10_000,
  /** Until a request has arrived whole; a route with large bodies sets its own. */
  requestMs: 12_000,
  /** The longest that any route may allow. */
  longestRequestMs: 3_600_000,
  /** A socket on which nothing moves, in either direction. */
  idleMs: 30_000,
  /** Seconds after which a client that was told to ask later may. */
  retryAfterS: 5,
} as const

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How long its body may take to arrive, in milliseconds. */
    readonly requestMs?: number
  }
}
