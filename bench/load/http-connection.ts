import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

export interface RawAnswer {
  readonly status: number
  /** Bytes of the body. */
  readonly length: number
}

type Settle = (answer: RawAnswer | Error) => void

const noBytes: Buffer = Buffer.alloc(0)
const headEnd = Buffer.from('\r\n\r\n')

/**
 * One keep-alive connection that sends prepared requests one after the other and only measures the answers. The load shares
 * a core with Postgres, so what a general client would spend on parsing would be taken from it.
 */
export class HttpConnection {
  private pending: Settle | undefined
  private head = noBytes
  private status = 0
  private received = 0
  private expected: number | undefined
  private inBody = false
  private tail = ''

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true)
    socket.on('data', (data) => {
      this.onData(data)
    })
    socket.on('error', (error) => {
      this.fail(error)
    })
    socket.on('close', () => {
      this.fail(new Error('The connection was closed.'))
    })
  }

  static async open(port: number): Promise<HttpConnection> {
    const socket = connect({ port, host: '127.0.0.1' })
    await once(socket, 'connect')
    return new HttpConnection(socket)
  }

  send(request: Buffer, settle: Settle): void {
    this.pending = settle
    this.socket.write(request)
  }

  close(): void {
    this.pending = undefined
    this.socket.destroy()
  }

  private fail(error: Error): void {
    const settle = this.pending
    this.pending = undefined
    settle?.(error)
  }

  private onData(data: Buffer): void {
    if (this.inBody) {
      this.onBody(data)
      return
    }
    this.head = this.head.length === 0 ? data : Buffer.concat([this.head, data])
    const end = this.head.indexOf(headEnd)
    if (end === -1) return
    const head = this.head.toString('latin1', 0, end)
    const rest = this.head.subarray(end + headEnd.length)
    this.head = noBytes
    this.status = Number(head.slice(9, 12))
    const length = /\r\ncontent-length: *(\d+)/i.exec(head)
    this.expected = length === null ? undefined : Number(length[1])
    this.received = 0
    this.tail = ''
    this.inBody = true
    this.onBody(rest)
  }

  private onBody(data: Buffer): void {
    this.received += data.length
    if (this.expected === undefined) {
      // Chunked: the last chunk ends it, and the sizes of chunks count as body.
      this.tail = (this.tail + data.toString('latin1', Math.max(0, data.length - 5))).slice(-5)
      if (this.tail !== '0\r\n\r\n') return
    } else if (this.received < this.expected) return
    this.inBody = false
    const settle = this.pending
    this.pending = undefined
    settle?.({ status: this.status, length: this.received })
  }
}

export function prepareRequest(port: number, body: string): Buffer {
  return Buffer.from(
    `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-type: application/json\r\naccept: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
