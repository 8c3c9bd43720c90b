import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import fastify from 'fastify'
import { administrator } from '../../test/support/agency-http.js'
import { presentReport } from './present-report.js'
import { nothingFound } from './probe-report.js'
import { serveProbes } from './probe-routes.js'

test('a probe is answered though it takes longer than a connection may be quiet', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gateway-probed-'))
  const idleMs = 200
  const app = fastify({ connectionTimeout: idleMs })
  serveProbes(app, {
    probes: {
      async probe() {
        await delay(4 * idleMs)
        return presentReport({ ...nothingFound, driver: 'push' })
      },
    },
    authenticate: () => Promise.resolve(administrator),
    folder,
  })
  try {
    const url = await app.listen({ host: '127.0.0.1', port: 0 })
    const response = await fetch(`${url}/connectors/probe`, { method: 'PUT', body: 'code,name' })
    expect(await response.json()).toMatchObject({ driver: 'push' })
  } finally {
    await app.close()
    await rm(folder, { recursive: true })
  }
})
