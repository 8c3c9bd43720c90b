import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import { SourceFault } from '../../errors/source-fault.js'
import { bounded, paced, type WireCount } from './body-limits.js'
import { acceptedCodings, decoded } from './content-coding.js'
import { withCredentials, type Credentials } from './credentials.js'
import type { Limits } from './limits.js'
import { errorCode, networkFault } from './network-faults.js'
import type { Outbound } from './outbound.js'
import { statusFault } from './status-faults.js'

/** One request as a driver means it: credentials and limits are added here, redirects are followed. */
export interface Exchange {
  readonly url: URL
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
  /** Statuses besides 2xx that are answers. */
  readonly accept: readonly number[]
  /** Smaller than the connector's limit for a body, if at all. */
  readonly maxBytes: number | undefined
}

/** What all requests of a run have in common. */
export interface ExchangeSettings {
  readonly outbound: Outbound
  readonly limits: Limits
  readonly credentials: Credentials | undefined
  /** Certificates that are trusted as well, PEM. */
  readonly ca?: string | undefined
  /** Where the credentials may be sent, and the ports that may be used. */
  readonly origins: ReadonlySet<string>
  readonly signal: AbortSignal
  readonly count: WireCount
}

/** An answer whose body is still coming. Read it to its end or close it. */
export interface OpenAnswer {
  readonly status: number
  readonly url: URL
  readonly headers: IncomingHttpHeaders
  readonly body: AsyncIterable<Uint8Array>
  close(): void
}

const redirects = new Set([301, 302, 303, 307, 308])
/** What may follow a redirect to another host; anything else could be a secret. */
const harmlessHeaders = new Set(['accept', 'accept-language', 'content-type'])

/** Sends the request once. Throws a SourceFault, or what the run was aborted with. */
export async function exchange(request: Exchange, settings: ExchangeSettings): Promise<OpenAnswer> {
  settings.signal.throwIfAborted()
  const stop = new AbortController()
  const seconds = Math.round(settings.limits.requestMs / 1000)
  const deadline = setTimeout(() => {
    stop.abort(new SourceFault('TIMEOUT', { seconds }))
  }, settings.limits.requestMs)
  const onAbort = (): void => {
    clearTimeout(deadline)
    stop.abort(settings.signal.reason)
  }
  const close = (): void => {
    clearTimeout(deadline)
    settings.signal.removeEventListener('abort', onAbort)
    stop.abort(new SourceFault('INTERRUPTED'))
  }
  settings.signal.addEventListener('abort', onAbort, { once: true })
  try {
    const { response, url } = await follow(request, settings, stop.signal)
    return {
      status: response.statusCode,
      url,
      headers: response.headers,
      body: limitedBody(response, bodyLimits(request, settings.limits), settings.count, stop, close),
      close,
    }
  } catch (error) {
    const fault: unknown = stop.signal.aborted ? stop.signal.reason : faultBeforeAnswer(error, settings.limits)
    close()
    throw fault
  }
}

function faultBeforeAnswer(error: unknown, { answerMs }: Limits): unknown {
  if (errorCode(error) === 'UND_ERR_HEADERS_TIMEOUT') {
    return new SourceFault('TIMEOUT', { seconds: Math.round(answerMs / 1000) }, error)
  }
  return networkFault(error, 'before the answer')
}

async function follow(
  request: Exchange,
  settings: ExchangeSettings,
  signal: AbortSignal,
): Promise<{ response: Dispatcher.ResponseData; url: URL }> {
  const ports = declaredPorts(settings.origins)
  const answerMs = Math.min(settings.limits.answerMs, settings.limits.requestMs)
  let { url, method, headers, body } = request
  for (let hop = 0; ; hop += 1) {
    settings.outbound.admit(url, ports)
    const trusted = settings.credentials !== undefined && settings.origins.has(url.origin)
    const sent = trusted ? withCredentials(url, headers, settings.credentials) : { url, headers }
    const response = await settings.outbound.agentTrusting(settings.ca).request({
      origin: sent.url.origin,
      path: `${sent.url.pathname}${sent.url.search}`,
      method,
      headers: { 'user-agent': 'open-data-gateway', ...sent.headers, 'accept-encoding': acceptedCodings },
      body: body ?? null,
      signal,
      headersTimeout: answerMs,
      bodyTimeout: 0,
    })
    // An error of the body reaches whoever reads it; one that nobody reads must not end the process.
    response.body.on('error', () => undefined)
    const { statusCode: status } = response
    if (isAnswer(status, request.accept)) return { response, url }
    response.body.destroy()
    const target = redirects.has(status) ? single(response.headers['location']) : undefined
    if (target === undefined) throw statusFault(status, url, single(response.headers['retry-after']))
    if (hop >= settings.limits.redirects) throw new SourceFault('BAD_STATUS', { status })
    const next = URL.parse(target, url.href)
    if (next === null || (url.protocol === 'https:' && next.protocol !== 'https:'))
      throw new SourceFault('ADDRESS_REFUSED')
    if (next.origin !== url.origin) headers = harmless(headers)
    if (method === 'POST' && status !== 307 && status !== 308) {
      method = 'GET'
      body = undefined
    }
    url = next
  }
}

async function* limitedBody(
  response: Dispatcher.ResponseData,
  limits: Limits,
  count: WireCount,
  stop: AbortController,
  close: () => void,
): AsyncGenerator<Uint8Array, void, undefined> {
  const wire: WireCount = { bytes: 0 }
  try {
    const raw = paced(response.body, limits, wire, (fault) => {
      stop.abort(fault)
    })
    yield* bounded(decoded(raw, single(response.headers['content-encoding'])), limits, wire)
  } catch (error) {
    throw stop.signal.aborted ? stop.signal.reason : networkFault(error, 'within the answer')
  } finally {
    count.bytes += wire.bytes
    close()
  }
}

function bodyLimits(request: Exchange, limits: Limits): Limits {
  return { ...limits, bodyBytes: Math.min(limits.bodyBytes, request.maxBytes ?? limits.bodyBytes) }
}

function isAnswer(status: number, accept: readonly number[]): boolean {
  return (status >= 200 && status < 300) || accept.includes(status)
}

function harmless(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => harmlessHeaders.has(name.toLowerCase())))
}

function declaredPorts(origins: ReadonlySet<string>): Set<string> {
  return new Set([...origins].map((origin) => new URL(origin).port).filter((port) => port !== ''))
}

export function single(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header.join(', ') : header
}
