import { once } from 'node:events'
import { request } from 'node:http'
import type { IncomingMessage } from 'node:http'

export interface Transfer {
  readonly seconds: number
  readonly bytes: number
  /** Read to its end. */
  readonly whole: boolean
}

/** Reads a file to its end, or until the signal, and counts it. Throws when it is not 200 or is cut. */
export async function transfer(url: string, signal?: AbortSignal): Promise<Transfer> {
  const started = performance.now()
  const sent = request(url, { agent: false })
  sent.end()
  const [response] = (await once(sent, 'response')) as [IncomingMessage]
  let bytes = 0
  for await (const chunk of response) {
    if (Buffer.isBuffer(chunk)) bytes += chunk.length
    // Leaving the loop closes the connection.
    if (signal?.aborted === true) break
  }
  if (response.statusCode !== 200) throw new Error(`${url} answered ${response.statusCode ?? 'nothing'}.`)
  return { seconds: (performance.now() - started) / 1000, bytes, whole: response.complete }
}

/** The middle of an odd number of values. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN
}
