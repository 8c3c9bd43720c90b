import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Authenticate } from '../access/authenticate.js'
import { GatewayError, type ErrorCode } from '../errors/gateway-error.js'
import { receiveFile, TooLarge, type ReceivedFile } from './receive-file.js'
import { NotUploadable, type UploadAnswer, type Uploads } from './uploads.js'

export interface UploadRoutesOptions {
  readonly uploads: Uploads
  readonly authenticate: Authenticate
  /** Where bodies are received. */
  readonly folder: string
  readonly mostBytes?: number
}

const defaultMostBytes = 200 * 1024 * 1024
/** A whole file over a slow line. */
const arrivalMs = 30 * 60_000
/** Bodies that are received at a time; more would only share the line and fill the disk. */
const mostAtOnce = 8

/** `PUT /connectors/<code>/upload`: the body is the file itself, whatever its content type says. */
export function serveUploads(app: FastifyInstance, options: UploadRoutesOptions): void {
  const { uploads, authenticate, folder, mostBytes = defaultMostBytes } = options
  let receiving = 0
  rawBodies(app, (scope) => {
    scope.put<{ Params: { code: string } }>(
      '/connectors/:code/upload',
      { config: { requestMs: arrivalMs } },
      async (request, reply) => {
        const viewer = await authenticate(request.headers.authorization)
        const target = await uploads.target(request.params.code, viewer)
        if (receiving >= mostAtOnce) {
          throw new GatewayError('RATE_LIMITED', 'Too many files are being received now; try again in a minute.')
        }
        receiving++
        let file: ReceivedFile | undefined
        try {
          file = await received(request, reply, folder, mostBytes)
        } finally {
          receiving--
        }
        if (file === undefined) return reply
        const whole = file
        try {
          return await answer(reply, await whileQuiet(request, () => uploads.publish(target, whole, viewer)))
        } catch (error) {
          if (error instanceof NotUploadable) return await refuse(reply, 415, error.message)
          throw error
        }
      },
    )
  })
}

/** Does what a request asks for, which may take long. Nothing moves on its connection meanwhile, and it is kept all the same. */
export async function whileQuiet<Result>(request: FastifyRequest, work: () => Promise<Result>): Promise<Result> {
  const { socket } = request.raw
  const idleMs = socket.timeout ?? 0
  socket.setTimeout(0)
  try {
    return await work()
  } finally {
    socket.setTimeout(idleMs)
  }
}

/** Routes whose bodies are left unread for the handler, of any type. */
export function rawBodies(app: FastifyInstance, add: (scope: FastifyInstance) => void): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers()
    scope.addContentTypeParser('*', (_request, _payload, parsed) => {
      parsed(null)
    })
    add(scope)
    done()
  })
}

/** The body in a file; undefined when it was refused, and the answer is on its way. */
export async function received(
  request: FastifyRequest,
  reply: FastifyReply,
  folder: string,
  mostBytes: number,
): Promise<ReceivedFile | undefined> {
  const { headers } = request.raw
  if (headers['content-encoding'] !== undefined && headers['content-encoding'] !== 'identity') {
    await refuse(reply, 415, 'The body must not be compressed: send the file as it is.')
    return undefined
  }
  if (headers['content-type']?.startsWith('multipart/') === true) {
    await refuse(reply, 415, 'The body must be the file itself, not a form: curl -T file.xlsx.')
    return undefined
  }
  if (Number(headers['content-length'] ?? 0) > mostBytes) {
    await refuse(reply, 413, new TooLarge(mostBytes).message)
    return undefined
  }
  try {
    return await receiveFile(request.raw, folder, mostBytes)
  } catch (error) {
    if (error instanceof TooLarge) {
      await refuse(reply, 413, error.message)
      return undefined
    }
    if (request.raw.destroyed || !request.raw.complete) {
      throw new GatewayError('BAD_USER_INPUT', 'The body ended before it was whole; nothing was stored.', {
        cause: error,
      })
    }
    throw error
  }
}

/** What is not read of the body any more ends with the connection. */
async function refuse(reply: FastifyReply, status: number, message: string): Promise<FastifyReply> {
  void reply.header('connection', 'close')
  return await reply.code(status).send({ errors: [{ message, extensions: { code: 'BAD_USER_INPUT' } }] })
}

async function answer(reply: FastifyReply, { upload, run, fault }: UploadAnswer): Promise<FastifyReply> {
  if (fault === undefined) return await reply.code(200).send({ upload, run })
  // What arrived is what was sent: a file that ends too early does so each time, which an answer over the network need not.
  const again = fault.retry && fault.code !== 'TRUNCATED'
  const code: ErrorCode = again
    ? 'SOURCE_UNAVAILABLE'
    : fault.code === 'PERSONAL_DATA'
      ? 'PERSONAL_DATA'
      : 'SOURCE_INVALID'
  const error = {
    message: fault.messageEn,
    extensions: { code, fault: fault.code, vi: fault.messageVi, en: fault.messageEn },
  }
  return await reply.code(again ? 503 : 422).send({ errors: [error], upload, run })
}
