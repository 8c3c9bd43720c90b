import { GatewayError } from './gateway-error.js'

/** What a client is told of any failure; `otherwise` is the sentence for one that is our own fault. */
export function asGatewayError(failure: unknown, otherwise: string): GatewayError {
  if (failure instanceof GatewayError) return failure
  if (isDatabaseAway(failure)) {
    const message = 'The gateway cannot reach its database now; try again in a moment.'
    return new GatewayError('UNAVAILABLE', message, { cause: failure })
  }
  return new GatewayError('INTERNAL', otherwise, { cause: failure })
}

/** Whether the operator must hear of it: what a client cannot have caused. */
export function isOurFault(code: unknown): boolean {
  return code === 'INTERNAL' || code === 'UNAVAILABLE'
}

/** Failures of a connection; what agencies' sources do is a SourceFault before it could be taken for one of these. */
const networkCodes = new Set(
  'ECONNREFUSED ECONNRESET EPIPE ETIMEDOUT EHOSTUNREACH ENETUNREACH ENOTFOUND EAI_AGAIN'.split(' '),
)
/** Of Postgres: connection exceptions; it shuts down, has crashed, starts up; it has no connection left. */
const serverCodes = /^(08...|57P0[1-3]|53300)$/
/** The driver has no codes for these. */
const driverMessages =
  /^(Connection terminated|Client has encountered a connection error|timeout (exceeded|expired) when trying to connect)/
/** Where TypeORM and graphql-js keep what was thrown. */
const wrappers = new Set(['driverError', 'thrownValue'])
const deepest = 5

/** The database did not answer, or went away while it did. */
export function isDatabaseAway(failure: unknown, depth = 0): boolean {
  if (typeof failure !== 'object' || failure === null || depth > deepest) return false
  const code = 'code' in failure ? failure.code : undefined
  if (typeof code === 'string' && (networkCodes.has(code) || serverCodes.test(code))) return true
  if ('message' in failure && typeof failure.message === 'string' && driverMessages.test(failure.message)) return true
  return (
    Object.entries(failure).some(([name, inner]) => wrappers.has(name) && isDatabaseAway(inner, depth + 1)) ||
    ('cause' in failure && isDatabaseAway(failure.cause, depth + 1))
  )
}
