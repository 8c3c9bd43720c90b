import { GatewayError } from '../../errors/gateway-error.js'

export interface Patience {
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal
  readonly ms: number
  readonly outOfPatience: () => Error
  /** Takes whoever has given up out of the line. */
  readonly leaveLine: () => void
}

/**
 * Settles when `start` is called, which `joinLine` puts in a line. Rejects when that took too long, or with the signal's reason when
 * nobody waits any more.
 */
export async function untilStarted(joinLine: (start: () => void) => void, patience: Patience): Promise<void> {
  const { signal } = patience
  let settle = (): void => undefined
  try {
    await new Promise<void>((resolve, reject) => {
      const giveUp = (reason: unknown): void => {
        patience.leaveLine()
        reject(reason instanceof Error ? reason : new GatewayError('TIMEOUT', 'The client has left.'))
      }
      const onAbort = (): void => {
        giveUp(signal.reason)
      }
      const timer = setTimeout(() => {
        giveUp(patience.outOfPatience())
      }, patience.ms)
      settle = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
      }
      if (signal.aborted) {
        onAbort()
        return
      }
      signal.addEventListener('abort', onAbort)
      joinLine(() => {
        settle()
        resolve()
      })
    })
  } finally {
    settle()
  }
}
