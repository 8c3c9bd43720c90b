import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An agency's web server with one file on it that the test replaces. */
export interface MutableFile {
  readonly url: string
  replace(body: Uint8Array): void
  /** From now on; 200 until then. */
  answerWith(status: number): void
  /** May be called again. */
  close(): Promise<void>
}

export async function serveMutableFile(body: Uint8Array, contentType = 'text/csv'): Promise<MutableFile> {
  let current = body
  let status = 200
  const server = createServer((_request, response) => {
    response.writeHead(status, { 'content-type': contentType, 'content-length': current.byteLength })
    response.end(current)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/file`,
    replace(next) {
      current = next
    },
    answerWith(next) {
      status = next
    },
    async close() {
      if (!server.listening) return
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}
