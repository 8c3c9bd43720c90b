import type { Logger } from 'pino'
import { StartFailure } from '../../settings/start-failure.js'
import { Parts } from './parts.js'

const stopMs = 9_500

/**
 * Starts the gateway and keeps the process until SIGTERM or SIGINT, which end all parts within 10 s; a second signal ends at
 * once. What fails at the start is one sentence and status 1; an error that nobody handled is logged and ends with 1.
 */
export async function runProcess(
  log: Logger,
  start: (parts: Parts, stopping: AbortSignal) => Promise<void>,
): Promise<void> {
  const parts = new Parts()
  const stopping = new AbortController()
  const end = async (status: number): Promise<void> => {
    if (stopping.signal.aborted) return
    stopping.abort()
    process.exitCode = status
    setTimeout(() => {
      log.warn('Not everything ended in time.')
      process.exit(status === 0 ? 1 : status)
    }, stopMs).unref()
    await parts.endAll((part, error) => {
      log.error({ err: error, part }, 'A part did not end well')
    })
    process.exit(status)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1)
      log.info({ signal }, 'The gateway stops')
      void end(0)
    })
  }
  const onUnhandled = (error: unknown): void => {
    log.fatal({ err: error }, 'An error that nobody handled; the gateway ends')
    void end(1)
  }
  process.on('uncaughtException', onUnhandled)
  process.on('unhandledRejection', onUnhandled)
  try {
    await start(parts, stopping.signal)
  } catch (error) {
    if (stopping.signal.aborted) return
    if (error instanceof StartFailure) process.stderr.write(`${error.message}\n`)
    else log.fatal({ err: error }, 'The gateway cannot start')
    await end(1)
  }
}
