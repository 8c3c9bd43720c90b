import { GatewayError } from '../../errors/gateway-error.js'
import { ConnectionCaps } from './connection-caps.js'
import { StreamFlow } from './stream-flow.js'

interface Reserved {
  readonly flow: StreamFlow
  readonly timer: NodeJS.Timeout
  readonly leave: () => void
}

/**
 * The streams that clients made by PUT, by token: several operations share one. Those that nobody opens are ended in time,
 * which the library does not do.
 */
export class ReservedStreams {
  private readonly streams = new Map<string, Reserved>()
  private readonly caps: ConnectionCaps

  constructor(
    private readonly options: {
      readonly perAddress: number
      readonly total: number
      readonly openWithinMs: number
      readonly queue: number
      /** Makes the protocol forget a stream. */
      readonly discard: (token: string) => Promise<void>
      readonly onError: (error: unknown) => void
    },
  ) {
    this.caps = new ConnectionCaps(options)
  }

  /** Throws RATE_LIMITED when too many are reserved from this address. */
  reserve(token: string, address: string): void {
    if (this.streams.has(token)) return
    const leave = this.caps.enter(address)
    if (leave === undefined)
      throw new GatewayError('RATE_LIMITED', 'Too many streams are reserved: open or leave them.')
    const timer = setTimeout(() => {
      this.options.discard(token).catch(this.options.onError)
      this.end(token)
    }, this.options.openWithinMs)
    this.streams.set(token, { flow: new StreamFlow(this.options.queue), timer, leave })
  }

  flow(token: string): StreamFlow | undefined {
    return this.streams.get(token)?.flow
  }

  opened(token: string): void {
    clearTimeout(this.streams.get(token)?.timer)
  }

  end(token: string): void {
    const stream = this.streams.get(token)
    if (stream === undefined) return
    clearTimeout(stream.timer)
    stream.flow.end()
    stream.leave()
    this.streams.delete(token)
  }

  endAll(): void {
    for (const token of [...this.streams.keys()]) this.end(token)
  }
}
