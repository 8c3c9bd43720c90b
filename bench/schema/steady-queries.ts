import { ask } from '../neighbours/api.js'

/** What clients that ask all the time noticed. */
export interface Noticed {
  readonly answers: number
  readonly failures: readonly string[]
  /** Milliseconds. */
  readonly longest: number
}

/** Asks the same question over and over, each answer waited for, until it is told to end. */
export function askSteadily(port: number, query: string): () => Promise<Noticed> {
  const failures: string[] = []
  let answers = 0
  let longest = 0
  let going = true
  const run = async (): Promise<void> => {
    while (going) {
      const began = performance.now()
      try {
        await ask(port, query)
        answers += 1
      } catch (error) {
        failures.push(String(error))
      }
      longest = Math.max(longest, performance.now() - began)
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  const running = run()
  return async () => {
    going = false
    await running
    return { answers, failures, longest }
  }
}
