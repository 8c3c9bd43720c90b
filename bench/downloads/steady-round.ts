import { HttpConnection } from '../load/http-connection.js'

export interface SteadyOptions {
  readonly port: number
  /** Sent in turn. */
  readonly requests: readonly Buffer[]
  /** Requests a second, whether or not those before were answered. */
  readonly rate: number
  readonly seconds: number
}

export interface SteadyResult {
  readonly answers: number
  readonly errors: number
  /** Milliseconds, from when a request was due. */
  readonly p50: number
  readonly p99: number
}

/** Sends requests at a steady rate: who asks does not wait for what others ask. */
export async function steadyRound({ port, requests, rate, seconds }: SteadyOptions): Promise<SteadyResult> {
  const free: HttpConnection[] = []
  const all: HttpConnection[] = []
  const latencies: number[] = []
  let errors = 0
  const ask = async (request: Buffer, due: number): Promise<void> => {
    let connection = free.pop()
    if (connection === undefined) {
      connection = await HttpConnection.open(port)
      all.push(connection)
    }
    const used = connection
    const answer = await new Promise<{ status: number } | Error>((resolve) => {
      used.send(request, resolve)
    })
    latencies.push(performance.now() - due)
    if (answer instanceof Error || answer.status !== 200) errors += 1
    if (!(answer instanceof Error)) free.push(used)
  }
  const start = performance.now()
  const asked: Promise<void>[] = []
  for (let number = 0; number < rate * seconds; number += 1) {
    const due = start + (number * 1000) / rate
    const wait = due - performance.now()
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait))
    const request = requests[number % requests.length]
    if (request !== undefined) asked.push(ask(request, Math.max(due, performance.now() - 1)))
  }
  await Promise.all(asked)
  for (const connection of all) connection.close()
  const sorted = Float64Array.from(latencies).sort()
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN
  return { answers: latencies.length, errors, p50: at(0.5), p99: at(0.99) }
}
