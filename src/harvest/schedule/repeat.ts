import type { Logger } from '../logger.js'

/** Does the work again and again, with the pause after each; a failure is logged and does not end it. Abort to end it. */
export async function repeat(
  name: string,
  pauseMs: number,
  logger: Logger,
  stopping: AbortSignal,
  work: () => Promise<void>,
): Promise<void> {
  const isOver = (): boolean => stopping.aborted
  while (!isOver()) {
    try {
      await work()
    } catch (error) {
      if (!isOver()) logger.error({ err: error }, `${name} failed; it is tried again.`)
    }
    await pause(pauseMs, stopping)
  }
}

/** Ends early, without an error, when the signal is aborted. */
export function pause(ms: number, stopping: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<undefined>()
  if (stopping.aborted) return Promise.resolve()
  const over = (): void => {
    clearTimeout(timer)
    stopping.removeEventListener('abort', over)
    resolve(undefined)
  }
  const timer = setTimeout(over, ms)
  stopping.addEventListener('abort', over, { once: true })
  return promise
}
