import pino, { type Logger } from 'pino'

export interface LoggedError {
  readonly type: string
  readonly message: string
  readonly code?: string
  readonly stack?: string
  readonly cause?: LoggedError
}

const deepestCause = 5

/** The log of the process: JSON lines on stderr. */
export function openLog(): Logger {
  return pino({ base: null, serializers: { err: (error: unknown) => loggedError(error) } }, pino.destination(2))
}

/**
 * An error as it is logged: what it is and what caused it, and nothing else that a library hung on it. Postgres' client hangs
 * itself on the error with which it loses its connection, and a refused statement the values of the row.
 */
export function loggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return loggedValue(error)
  return {
    type: error.name,
    message: error.message,
    ...codeOf(error),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && depth < deepestCause && { cause: loggedError(error.cause, depth + 1) }),
  }
}

/** The job queue tells of errors by objects that have what an error had. */
function loggedValue(value: unknown): LoggedError {
  if (typeof value !== 'object' || value === null || !('message' in value) || typeof value.message !== 'string') {
    return { type: typeof value, message: String(value) }
  }
  const stack = 'stack' in value && typeof value.stack === 'string' ? { stack: value.stack } : {}
  return { type: 'object', message: value.message, ...codeOf(value), ...stack }
}

function codeOf(error: object): { readonly code?: string } {
  return 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
}
