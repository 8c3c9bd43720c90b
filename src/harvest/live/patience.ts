/** Waits for the work, but no longer than the patience or until the signal is aborted; how the work ends is of no interest here. */
export async function waitPatiently(work: Promise<unknown>, patienceMs: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return
  const { promise: over, resolve } = Promise.withResolvers<undefined>()
  const giveUp = (): void => {
    resolve(undefined)
  }
  const timer = setTimeout(giveUp, patienceMs)
  signal.addEventListener('abort', giveUp, { once: true })
  try {
    await Promise.race([work.then(giveUp, giveUp), over])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', giveUp)
  }
}
