import type { FastifyInstance } from 'fastify'
import type { Metrics } from '../metrics.js'
import type { Readiness } from '../readiness.js'

/** For those who watch over the process: does it live, should it get requests, what does it do. */
export function serveHealth(app: FastifyInstance, readiness: Readiness, metrics: Metrics): void {
  app.get('/health/live', () => ({ status: 'live' }))
  app.get('/health/ready', async (_request, reply) => {
    const state = await readiness.check()
    void reply.header('cache-control', 'no-store')
    if (state.ready) return { status: 'ready' }
    return reply.code(503).send({ status: 'not ready', reason: state.reason })
  })
  app.get('/metrics', async (_request, reply) => {
    const text = await metrics.registry.metrics()
    return reply.type(metrics.registry.contentType).send(text)
  })
}
