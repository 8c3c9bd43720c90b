import type { IncomingMessage, ServerResponse } from 'node:http'
import type { SourceFaultCode } from '../../src/errors/source-fault.js'

export interface GoodAnswer {
  readonly contentType: string
  readonly body: Buffer
}

export interface Play {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** What the agency's system would have answered. */
  readonly good: GoodAnswer
  /** Requests since the behaviour began, this one included. */
  readonly nth: number
  readonly elsewhere: Elsewhere
}

/** Other servers that an answer may try to lead to. */
export interface Elsewhere {
  /** Reached only by who follows what it must not. */
  readonly canary: string
  readonly selfSigned: string
  readonly expired: string
}

/** One way in which an agency's system can be broken or hostile. */
export interface Behaviour {
  readonly name: string
  play(play: Play): void
  /** The faults with which the run may end; SUCCESS: it may also take what is good in it. */
  readonly expected: readonly (SourceFaultCode | 'SUCCESS')[]
  /** Undefined: every driver. */
  readonly format?: 'zip' | 'workbook'
}

/** The document is not what it should be; how a format shows it is its own. */
export const unreadable: readonly SourceFaultCode[] = [
  'NOT_DATA',
  'TRUNCATED',
  'ENCODING',
  'TOO_LARGE',
  'MISSING_COLUMNS',
  'NO_ROWS',
  'ROWS_DROPPED',
  'TOO_MANY_SET_ASIDE',
]

export function sendBody({ response, good }: Play, body: Uint8Array | string, headers: Record<string, string> = {}) {
  response.writeHead(200, { 'content-type': good.contentType, ...headers }).end(body)
}

/** Writes pieces for as long as the other side listens. */
export function pour({ response, good }: Play, piece: (nth: number) => Uint8Array, everyMs: number) {
  response.writeHead(200, { 'content-type': good.contentType })
  let nth = 0
  const more = (): void => {
    if (response.destroyed) return
    response.write(piece(nth++), () => {
      if (everyMs === 0) setImmediate(more)
      else setTimeout(more, everyMs)
    })
  }
  more()
}

export function halfOf(body: Buffer): Buffer {
  return body.subarray(0, Math.ceil(body.length / 2))
}
