import { DelegateBackoff, handleWhen, retry, type IRetryBackoffContext } from 'cockatiel'
import { SourceFault } from '../../errors/source-fault.js'
import type { Limits } from './limits.js'
import { worthRetrying } from './status-faults.js'

/** Runs a request that may be sent again, a few times, with growing random pauses, or with the one that the source asks for. */
export function withRetries<Result>(
  attempt: () => Promise<Result>,
  limits: Limits,
  signal: AbortSignal,
): Promise<Result> {
  const policy = retry(
    handleWhen((error) => worthRetrying(error) && (askedPauseMs(error) ?? 0) <= limits.longestRetryAfterMs),
    {
      maxAttempts: limits.attempts - 1,
      backoff: new DelegateBackoff((context: IRetryBackoffContext<unknown>) => {
        const asked = 'error' in context.result ? askedPauseMs(context.result.error) : undefined
        return asked ?? limits.pauseMs * 2 ** (context.attempt - 1) * (0.5 + Math.random())
      }),
    },
  )
  return policy.execute(() => {
    signal.throwIfAborted()
    return attempt()
  }, signal)
}

function askedPauseMs(error: unknown): number | undefined {
  const seconds = error instanceof SourceFault ? error.secondsAsked : undefined
  return seconds === undefined ? undefined : seconds * 1000
}
