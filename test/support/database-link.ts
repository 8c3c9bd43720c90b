import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net'

/** The line between a gateway and its database, which can be cut. */
export interface DatabaseLink extends AsyncDisposable {
  /** The database's URL over this line. */
  readonly url: string
  /** Ends all connections and takes no new ones: as when the database has stopped. */
  cut(): Promise<void>
  mend(): Promise<void>
}

export async function linkTo(databaseUrl: string): Promise<DatabaseLink> {
  const target = new URL(databaseUrl)
  const sockets = new Set<Socket>()
  let server: Server | undefined
  let port = 0
  const keep = (socket: Socket): void => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    socket.on('close', () => sockets.delete(socket))
  }
  const mend = async (): Promise<void> => {
    if (server !== undefined) return
    server = createServer((near) => {
      const far = connect(Number(target.port === '' ? 5432 : target.port), target.hostname)
      keep(near)
      keep(far)
      near.pipe(far)
      far.pipe(near)
      near.on('close', () => far.destroy())
      far.on('close', () => near.destroy())
    })
    server.listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  const cut = async (): Promise<void> => {
    const open = server
    server = undefined
    if (open === undefined) return
    const closed = once(open, 'close')
    open.close()
    for (const socket of sockets) socket.destroy()
    await closed
  }
  await mend()
  const url = new URL(databaseUrl)
  url.hostname = '127.0.0.1'
  url.port = String(port)
  return { url: url.href, cut, mend, [Symbol.asyncDispose]: cut }
}
