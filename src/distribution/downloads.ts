import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type pg from 'pg'
import { GatewayError } from '../errors/gateway-error.js'
import type { RecordTypes } from '../records/schema/record-type.js'
import type { Sources } from '../records/sources.js'
import type { Reader } from './describe/dataset-facts.js'
import { findDataset, findTarget, type PublicResources } from './describe/find-target.js'
import { isDownloadFormat, formatNames, type DownloadFormat } from './formats.js'
import type { DownloadSnapshots } from './making/download-snapshots.js'
import { LocalSnapshots } from './making/local-snapshots.js'
import { problemOf } from './problem.js'
import { DownloadSlots, type SlotLimits } from './serve/download-slots.js'
import { FileSizes } from './serve/file-sizes.js'
import { KnownLengths } from './serve/known-lengths.js'
import { readNoParameters, readParameters, readSchemaParameters } from './serve/parameters.js'
import { planFile, prepareFile, type PlannedFile } from './serve/prepare-file.js'
import { codingFor, describeFile, isAnother, isUnchanged, sendFile } from './serve/send-file.js'
import { QuestionClock } from './thread/question-clock.js'
import { compiledThread, ThreadSnapshots, type ThreadProgram } from './thread/thread-snapshots.js'
import { describePackage, describeSchema } from './serve/descriptions.js'

export interface DownloadLimits extends SlotLimits {
  /** The longest that one download may take, from its first to its last byte. */
  readonly deadlineMs: number
}

const defaultDownloadLimits: DownloadLimits = {
  all: 8,
  perClient: 4,
  patienceMs: 3_000,
  waiting: 100,
  deadlineMs: 900_000,
}

export interface DownloadsOptions {
  readonly databaseUrl: string
  /** For short questions about the catalogue. */
  readonly pool: pg.Pool
  /** What is public now: the GraphQL schema and the record types that it was made from. */
  readonly service: { schema(): GraphQLSchema; types(): RecordTypes }
  readonly sources: Pick<Sources, 'resources' | 'typesWithRetiredRows' | 'bringUpToDate'>
  readonly timeZone: string
  /** Told of every failure that no client can have caused. */
  readonly report: (error: unknown) => void
  readonly limits?: Partial<DownloadLimits>
  /** The thread that makes files; left out: the compiled one, and none where the sources run as they are. */
  readonly thread?: ThreadProgram
}

/** The files below `/datasets`. Dispose it after the server has closed. */
export interface Downloads extends AsyncDisposable {
  readonly routes: (app: FastifyInstance) => void
  /** How long the files of whole resources are that were made so far. */
  readonly fileSizes: FileSizes
  /** Somebody asks a question, which comes before files. */
  readonly giveWay: () => void
}

interface FilePath {
  readonly dataset: string
  readonly file: string
}

export function createDownloads(options: DownloadsOptions): Downloads {
  const limits = { ...defaultDownloadLimits, ...options.limits }
  const { pool, service, sources, timeZone } = options
  const thread = options.thread ?? compiledThread()
  const connections = { url: options.databaseUrl, size: limits.all, statementTimeoutMs: limits.deadlineMs }
  const questions = new QuestionClock()
  const snapshots: DownloadSnapshots =
    thread === undefined
      ? new LocalSnapshots(connections)
      : new ThreadSnapshots(connections, thread, questions, options.report)
  const slots = new DownloadSlots(limits)
  const lengths = new KnownLengths()
  const fileSizes = new FileSizes()
  const reader: Reader = {
    async rows(text, values) {
      const { rows } = await pool.query<Record<string, unknown>>(text, [...values])
      return rows
    },
  }
  const open = (): PublicResources => ({
    types: service.types(),
    resources: sources.resources(),
    typesWithRetiredRows: sources.typesWithRetiredRows(),
  })

  async function answer(request: FastifyRequest, reply: FastifyReply, path: FilePath): Promise<FastifyReply> {
    const search = searchOf(request)
    if (path.file === 'datapackage.json') {
      readNoParameters(search)
      const found = await findDataset(reader, open(), path.dataset)
      return describePackage(request, reply, reader, {
        ...found,
        schema: service.schema(),
        ...open(),
        timeZone,
        lengths,
      })
    }
    const { name, extension } = namesOf(path.file)
    if (extension !== 'xsd' && !isDownloadFormat(extension)) throw unknownFormat(extension)
    const world = open()
    const schema = service.schema()
    const target = await findTarget(reader, world, path.dataset, name)
    if (extension === 'xsd') {
      return describeSchema(request, reply, { target, schema, ...world, timeZone, ...readSchemaParameters(search) })
    }
    const format: DownloadFormat = extension
    const file = planFile({ schema, types: world.types }, target, format, readParameters(search, format), {
      ...world,
      timeZone,
    })
    await refresh(file, reply)
    if (request.method === 'HEAD' || isConditional(request)) {
      const prepared = await prepareFile(reader, file)
      if (isAnother(request, file, prepared)) return await reply.code(412).send()
      const unchanged = isUnchanged(request, prepared)
      if (unchanged || request.method === 'HEAD') {
        describeFile(reply, file, prepared, codingFor(request, file))
        const length = codingFor(request, file) === undefined ? lengths.of(prepared.tag) : undefined
        if (!unchanged && length !== undefined) void reply.header('content-length', length)
        return await reply.code(unchanged ? 304 : 200).send()
      }
    }
    return download(request, reply, file)
  }

  async function download(request: FastifyRequest, reply: FastifyReply, file: PlannedFile): Promise<FastifyReply> {
    const release = await slots.acquire(request.ip)
    const snapshot = await snapshots.open().catch((error: unknown) => {
      release()
      throw error
    })
    const end = (reason?: Error): void => {
      clearTimeout(timer)
      snapshot.close(reason).catch(options.report).finally(release)
    }
    const timer = setTimeout(() => {
      const seconds = limits.deadlineMs / 1000
      end(new GatewayError('TIMEOUT', `The download took longer than ${seconds} s; ask for less with where or fields.`))
    }, limits.deadlineMs)
    // Comes when all was sent as well as when the client leaves in the middle.
    reply.raw.once('close', () => {
      end()
    })
    try {
      if (reply.raw.destroyed) throw new GatewayError('TIMEOUT', 'The client has left.')
      return await sendFile(request, reply, file, await prepareFile(snapshot, file), { snapshot, lengths, fileSizes })
    } catch (error) {
      end()
      throw error
    }
  }

  async function refresh(file: PlannedFile, reply: FastifyReply): Promise<void> {
    const live = file.read.filter((resource) => resource.mode === 'LIVE').map((resource) => resource.id)
    if (live.length === 0) return
    const left = new AbortController()
    const onClose = (): void => {
      left.abort(new GatewayError('TIMEOUT', 'The client has left.'))
    }
    reply.raw.once('close', onClose)
    await sources.bringUpToDate(live, left.signal)
    reply.raw.off('close', onClose)
  }

  return {
    fileSizes,
    giveWay: () => {
      questions.asked()
    },
    routes(app) {
      app.route<{ Params: FilePath }>({
        method: ['GET', 'HEAD'],
        url: '/datasets/:dataset/:file',
        exposeHeadRoute: false,
        handler: async (request, reply) => {
          void reply
            .header('x-content-type-options', 'nosniff')
            .header('access-control-allow-origin', '*')
            .header('access-control-expose-headers', exposed)
          try {
            return await answer(request, reply, request.params)
          } catch (error) {
            return refuse(reply, error, options.report)
          }
        },
      })
    },
    [Symbol.asyncDispose]: () => snapshots.dispose(),
  }
}

const exposed =
  'x-request-id, etag, last-modified, retry-after, content-disposition, content-length, content-range, accept-ranges, link'

function refuse(reply: FastifyReply, error: unknown, report: (error: unknown) => void): FastifyReply {
  const { status, body } = problemOf(error)
  if (status >= 500 && !(error instanceof GatewayError)) report(error)
  for (const name of [
    'content-disposition',
    'etag',
    'last-modified',
    'content-encoding',
    'content-length',
    'accept-ranges',
  ]) {
    void reply.removeHeader(name)
  }
  const wait = body['retryAfterSeconds']
  if (typeof wait === 'number') void reply.header('retry-after', wait)
  return reply
    .code(status)
    .header('cache-control', 'no-store')
    .type('application/problem+json; charset=utf-8')
    .send(JSON.stringify(body))
}

const conditions = ['if-match', 'if-unmodified-since', 'if-none-match', 'if-modified-since']

function isConditional({ headers }: FastifyRequest): boolean {
  return conditions.some((name) => headers[name] !== undefined)
}

function searchOf({ url }: FastifyRequest): URLSearchParams {
  const start = url.indexOf('?')
  return new URLSearchParams(start === -1 ? '' : url.slice(start + 1))
}

function namesOf(file: string): { readonly name: string; readonly extension: string } {
  const dot = file.lastIndexOf('.')
  return dot === -1 ? { name: file, extension: '' } : { name: file.slice(0, dot), extension: file.slice(dot + 1) }
}

function unknownFormat(extension: string): GatewayError {
  const formats = [...formatNames, 'xsd']
  return new GatewayError(
    'NOT_FOUND',
    `There is no format ${JSON.stringify(extension.slice(0, 20))}; a resource can be had as ${formats.join(', ')}.`,
    { extensions: { formats } },
  )
}
