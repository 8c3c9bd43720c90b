import type { Socket } from 'node:net'
import type { FastifyReply } from 'fastify'
import type { ErrorCode } from '../../errors/gateway-error.js'

interface Refusal {
  readonly status: string
  readonly message: string
}

const timedOut: Refusal = { status: '408 Request Timeout', message: 'The request did not arrive in time.' }
const tooLarge: Refusal = {
  status: '431 Request Header Fields Too Large',
  message: 'The address and headers are larger than 16 KB: send a long query by POST.',
}
const malformed: Refusal = { status: '400 Bad Request', message: 'The request is not valid HTTP/1.1.' }

/** Answers what could not be read as a request, in the form of every other error, and ends its connection. */
export function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const { status, message } = refusalOf(error.code)
  const body = JSON.stringify(errorBody(message))
  socket.end(
    `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
  // What is not read any more must not keep the socket open.
  socket.destroySoon()
}

/** Answers a request whose address cannot be decoded, which reaches no route. */
export function refuseAddress(reply: FastifyReply): void {
  void reply.code(400).send(errorBody('The address cannot be decoded: % is followed by two hexadecimal digits.'))
}

function refusalOf(code: string | undefined): Refusal {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return timedOut
  return code === 'HPE_HEADER_OVERFLOW' ? tooLarge : malformed
}

function errorBody(message: string): object {
  return { errors: [{ message, extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode } }] }
}
