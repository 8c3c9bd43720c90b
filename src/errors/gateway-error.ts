/**
 * The errors that a client of the gateway may see, in one table: code and HTTP status.
 * The codes are a public contract: a new one may be added, none may change its meaning.
 */
export const errorCodes = {
  GRAPHQL_PARSE_FAILED: { status: 400 },
  GRAPHQL_VALIDATION_FAILED: { status: 400 },
  BAD_USER_INPUT: { status: 400 },
  PERSISTED_QUERY_NOT_FOUND: { status: 200 },
  CURSOR_INVALID: { status: 400 },
  CURSOR_EXPIRED: { status: 410 },
  QUERY_TOO_COMPLEX: { status: 400 },
  QUERY_TOO_DEEP: { status: 400 },
  TIMEOUT: { status: 504 },
  RATE_LIMITED: { status: 429 },
  UNAUTHENTICATED: { status: 401 },
  FORBIDDEN: { status: 403 },
  NOT_FOUND: { status: 404 },
  CONFLICT: { status: 409 },
  PERSONAL_DATA: { status: 422 },
  SOURCE_UNAVAILABLE: { status: 503 },
  SOURCE_INVALID: { status: 422 },
  UNAVAILABLE: { status: 503 },
  INTERNAL: { status: 500 },
} as const satisfies Record<string, { status: number }>

export type ErrorCode = keyof typeof errorCodes

export interface GatewayErrorDetails {
  readonly cause?: unknown
  /** Shown to the client beside the code, so never anything internal. */
  readonly extensions?: Readonly<Record<string, unknown>>
}

/** A failure with a code and one sentence for the person who can act on it. Everything that a client sees is one of these. */
export class GatewayError extends Error {
  readonly code: ErrorCode
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(code: ErrorCode, message: string, details: GatewayErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'GatewayError'
    this.code = code
    this.extensions = details.extensions ?? {}
  }
}
