import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

/** What the server counts; other parts register their own in `registry`. */
export interface Metrics {
  readonly registry: Registry
  readonly httpSeconds: Histogram<'method' | 'route' | 'status'>
  /** Operations by the code of their first error, `OK` without one. */
  readonly operations: Counter<'transport' | 'code'>
  /** Open WebSockets and event streams. */
  readonly streams: Gauge<'transport'>
}

export function createMetrics(options: { readonly process: boolean } = { process: true }): Metrics {
  const registry = new Registry()
  if (options.process) collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    httpSeconds: new Histogram({
      name: 'gateway_http_request_duration_seconds',
      help: 'Time from the request to the end of the answer.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    operations: new Counter({
      name: 'gateway_graphql_operations_total',
      help: 'GraphQL operations by transport and the code of their first error.',
      labelNames: ['transport', 'code'],
      registers,
    }),
    streams: new Gauge({
      name: 'gateway_open_streams',
      help: 'Open WebSockets and event streams.',
      labelNames: ['transport'],
      registers,
    }),
  }
}
