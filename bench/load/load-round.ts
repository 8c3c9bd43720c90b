import { HttpConnection } from './http-connection.js'

export interface LoadOptions {
  readonly port: number
  /** Sent in turn. */
  readonly requests: readonly Buffer[]
  /** Length of the body that each request must be answered with; undefined: any. */
  readonly lengths: readonly (number | undefined)[]
  readonly connections: number
  readonly seconds: number
}

export interface LoadResult {
  readonly answers: number
  /** Answers with another status than 200 or another length than the checked one, and broken connections. */
  readonly errors: number
  readonly firstError: string | undefined
  /** Until the last answer came. */
  readonly seconds: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

/** Keeps every connection busy for the given time, then waits for the answers under way. */
export async function loadRound(options: LoadOptions): Promise<LoadResult> {
  const { port, requests, lengths, connections, seconds } = options
  const opened = await Promise.all(Array.from({ length: connections }, () => HttpConnection.open(port)))
  const latencies: number[] = []
  let errors = 0
  let firstError: string | undefined
  let next = 0
  const start = performance.now()
  const end = start + seconds * 1000
  const work = (connection: HttpConnection): Promise<void> =>
    new Promise((resolve) => {
      const ask = (): void => {
        const index = next % requests.length
        next += 1
        const request = requests[index]
        const sent = performance.now()
        if (sent >= end || request === undefined) {
          resolve()
          return
        }
        connection.send(request, (answer) => {
          const expected = lengths[index]
          if (answer instanceof Error) {
            errors += 1
            firstError ??= answer.message
            resolve()
            return
          }
          if (answer.status !== 200 || (expected !== undefined && answer.length !== expected)) {
            errors += 1
            firstError ??= `status ${answer.status}, ${answer.length} bytes for ${expected ?? 'any'}`
          }
          latencies.push(performance.now() - sent)
          ask()
        })
      }
      ask()
    })
  await Promise.all(opened.map(work))
  const elapsed = (performance.now() - start) / 1000
  for (const connection of opened) connection.close()
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { answers: latencies.length, errors, firstError, seconds: elapsed, p50: at(0.5), p99: at(0.99) }
}
