import type { Server } from 'node:http'

/** Listens on a free port of loopback and says which, on a line that `startProcess` waits for. */
export function announcePort(server: Server): void {
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('The server has no port.')
    console.log(JSON.stringify({ port: address.port }))
  })
}
