import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Viewer } from '../../access/viewer.js'
import type { AnswerCache, CachedAnswer } from '../../records/query/cache/answer-cache.js'
import type { AnswerFreshness } from '../../records/query/cache/answer-freshness.js'
import type { SourceClock } from '../../records/query/cache/source-clock.js'

export interface AnswersInCache {
  readonly cache: AnswerCache
  readonly clock: SourceClock
}

/** Longest time in seconds that a cache on the way may keep an answer without asking. */
const longestMaxAge = 60

/** What makes two requests the same operation for the same kind of viewer, as a short text. */
export function operationKey(request: FastifyRequest, viewer: Viewer, generation: number): string {
  const operation = request.method === 'GET' ? request.url : JSON.stringify(request.body)
  const accept = request.headers.accept ?? ''
  return digest([String(generation), viewer.role, viewer.agencyCode ?? '', accept, request.method, operation])
}

/** The same for equal operations that read equal states of their sources, on every replica. */
export function etagOf(key: string, freshness: AnswerFreshness): string {
  const tokens = [...freshness.tokens].sort(([a], [b]) => a - b).map(([id, token]) => `${id}:${token}`)
  return `"${digest([key, freshness.whole ?? '', ...tokens])}"`
}

function digest(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${part.length}:`).update(part)
  return hash.digest('base64url').slice(0, 27)
}

/** Sends an answer with what a cache needs to know of it, or 304 when the client has it. */
export async function sendAnswer(
  request: FastifyRequest,
  reply: FastifyReply,
  viewer: Viewer,
  answer: Pick<CachedAnswer, 'body' | 'etag' | 'contentType'>,
  goodForMs: number,
): Promise<FastifyReply> {
  void reply.header('vary', 'accept, authorization')
  if (request.method === 'GET') {
    const scope = viewer.role === 'ANONYMOUS' ? 'public' : 'private'
    const seconds = Math.floor(Math.min(goodForMs / 1000, longestMaxAge))
    void reply.header('etag', answer.etag)
    void reply.header('cache-control', seconds > 0 ? `${scope}, max-age=${seconds}` : `${scope}, no-cache`)
    if (matches(request.headers['if-none-match'], answer.etag)) return reply.code(304).send()
  }
  void reply.header('content-type', answer.contentType)
  return reply.code(200).send(answer.body)
}

function matches(header: string | undefined, etag: string): boolean {
  return (
    header !== undefined &&
    header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag || each.trim() === '*')
  )
}
