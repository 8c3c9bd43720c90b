/** Settles with the work, when the time is over, or when the signal is aborted, whichever comes first. */
export async function settledWithin(work: Promise<unknown>, milliseconds: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done)
    work.then(done, done)
  })
}
