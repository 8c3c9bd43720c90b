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
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) }
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined
  return {
    type: error.name,
    message: error.message,
    ...(code !== undefined && { code }),
    ...(error.stack !== undefined && { stack: error.stack }),
    ...(error.cause !== undefined && depth < deepestCause && { cause: loggedError(error.cause, depth + 1) }),
  }
}
