/** Deadlock, serialization failure, a lock that was not got in time, no connection left: all may pass in a moment. */
const passing = new Set(['40P01', '40001', '55P03', '53300'])
const attempts = 3
const pauseMs = 150

/**
 * Does the work again, at most twice, when the database says that it cannot do it just now. The pauses are random, so that those who
 * were in each other's way are not again. The work must have left nothing behind when it fails.
 */
export async function tryingAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === attempts || !passing.has(codeOf(error))) throw error
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs * attempt * (0.5 + Math.random())))
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
