import { asGatewayError } from '../errors/as-gateway-error.js'
import { errorCodes, GatewayError } from '../errors/gateway-error.js'

/** A parameter that cannot be used: the answer says which one, why, and what is allowed instead. */
export function wrongParameter(
  parameter: string,
  message: string,
  allowed: Readonly<Record<string, unknown>>,
): GatewayError {
  return new GatewayError('BAD_USER_INPUT', message, { extensions: { parameter, ...allowed } })
}

/** What a client is told, as RFC 9457 has it. */
export interface Problem {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
}

const titles: Readonly<Record<number, string>> = {
  400: 'Bad request',
  404: 'Not found',
  429: 'Too many downloads',
  500: 'Internal error',
  503: 'Not available',
  504: 'Took too long',
}

/** Failures that say nothing to a client become one sentence. */
export function problemOf(failure: unknown): Problem {
  const error = asGatewayError(failure, 'The gateway could not make this file; try again later.')
  const { status } = errorCodes[error.code]
  const body = {
    type: 'about:blank',
    title: titles[status] ?? 'Request refused',
    status,
    code: error.code,
    detail: error.message,
    ...error.extensions,
  }
  return { status, body }
}
