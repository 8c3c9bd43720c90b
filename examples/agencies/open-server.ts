import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import type { RunningAgency } from './sample-agency.js'

/** The web server of a sample agency, on any free port when it is 0. */
export async function openServer(respond: RequestListener, port: number, host = '127.0.0.1'): Promise<RunningAgency> {
  const server = createServer(respond)
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The sample agency has no port.')
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`,
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
