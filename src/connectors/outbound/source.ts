import {
  NotModified,
  type Answer,
  type Download,
  type RequestOptions,
  type Source,
} from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import { answerOf, wholeBody, type WholeBytes } from './answer.js'
import type { WireCount } from './body-limits.js'
import { originsIn, type Credentials } from './credentials.js'
import { Downloads } from './downloads.js'
import type { EndpointResolver } from './endpoint-resolver.js'
import { exchange, type Exchange, type ExchangeSettings, type OpenAnswer } from './exchange.js'
import { defaultLimits, type Limits } from './limits.js'
import { isLocal, openLocal } from './local-file.js'
import type { Outbound } from './outbound.js'
import { withRetries } from './retries.js'
import { SourceStates, statesName, type StateOf } from './source-states.js'
import { marksItsEnd, UnmarkedEnds } from './unmarked-ends.js'
import {
  conditionOf,
  headersDigest,
  readLastVisits,
  VisitRecord,
  type LastVisits,
  type Visit,
  type Visited,
} from './validators.js'

export interface SourceSettings<Options> {
  readonly outbound: Outbound
  /** Parsed by the driver's schema, with all endpoints resolved (`withEndpoints`). */
  readonly options: Options
  readonly resolver: EndpointResolver
  /** Aborted when the run must end. */
  readonly signal: AbortSignal
  readonly limits?: Partial<Limits>
  readonly credentials?: Credentials | undefined
  /** Certificates of those who vouch for the agency's servers, PEM, besides those whom everybody trusts. */
  readonly ca?: string | undefined
  /** `memory` of the last successful run. */
  readonly memory?: Readonly<Record<string, string>>
  /** When given, an unchanged source ends the run with NotModified. Differs when the same files would be read differently. */
  readonly conditional?: { readonly fingerprint: string } | undefined
  /**
   * The downloads of the run, when several sources of it share them: a file that four resources are in is then fetched
   * once. Whoever made them disposes them; without, the source has its own.
   */
  readonly downloads?: Downloads
}

/** A source for one run, to be disposed at its end: that closes what is open and removes the downloads. */
export interface RunSource<Options> extends Source<Options>, AsyncDisposable {
  /** The same run with other options, for a part of a resource that is read elsewhere. */
  withOptions<Other>(options: Other): Source<Other>
  /** What the next run is to be given, if this one succeeds. */
  memory(): Readonly<Record<string, string>>
  /** Bytes received so far, as they came over the wire. */
  bytes(): number
  /** Stands for what was read by answers that do not say where they end; undefined: all did. */
  unmarkedEnds(): string | undefined
}

export function createSource<Options>(settings: SourceSettings<Options>): RunSource<Options> {
  return new SourceOfRun(new RunState(settings), settings.options)
}

const visitsName = 'gateway.visits'
/** Under what the memory of a run has the mark from which an incremental reading may go on. */
export const markName = 'gateway.mark'
/** Under what it has the moment of which the source says that its data are, RFC 3339. */
export const asOfName = 'gateway.as-of'

/** What all sources of a run share. */
class RunState implements AsyncDisposable {
  readonly limits: Limits
  readonly resolver: EndpointResolver
  readonly downloads: Downloads
  readonly #ownsDownloads: boolean
  readonly count: WireCount = { bytes: 0 }
  readonly memory: Map<string, string>
  readonly #outbound: Outbound
  readonly #credentials: Credentials | undefined
  readonly #ca: string | undefined
  readonly #end = new AbortController()
  readonly #fingerprint: string | undefined
  readonly #last: LastVisits | undefined
  readonly #visits = new VisitRecord()
  readonly states: SourceStates
  readonly unmarkedEnds = new UnmarkedEnds()
  readonly signal: AbortSignal
  #comparison: Promise<void> | undefined

  constructor(settings: SourceSettings<unknown>) {
    this.limits = { ...defaultLimits, ...settings.limits }
    this.resolver = settings.resolver
    this.#ownsDownloads = settings.downloads === undefined
    this.downloads = settings.downloads ?? new Downloads()
    this.memory = new Map(Object.entries(settings.memory ?? {}))
    // Of the last reading; this one says its own.
    this.memory.delete(asOfName)
    this.#outbound = settings.outbound
    this.#credentials = settings.credentials
    this.#ca = settings.ca
    this.#fingerprint = settings.conditional?.fingerprint
    this.#last =
      this.#fingerprint === undefined ? undefined : readLastVisits(this.memory.get(visitsName), this.#fingerprint)
    this.states = new SourceStates(this.memory.get(statesName), this.#fingerprint)
    this.signal = AbortSignal.any([settings.signal, this.#end.signal])
  }

  /** An answer whose body is still to be read. */
  async request(request: Exchange, origins: ReadonlySet<string>): Promise<Answer> {
    await this.#compare(request, origins)
    const open = await this.#send(request, origins)
    const bytes: WholeBytes = (reading) =>
      this.#whole(request, origins, open, async (whole) => {
        const read = await wholeBody(whole.body)
        if (reading === undefined && !marksItsEnd(whole.headers)) this.unmarkedEnds.add(whole.url, read)
        return read
      })
    const body = marksItsEnd(open.headers) ? open.body : this.unmarkedEnds.watch(open.url, open.body)
    const answer = answerOf(open, body, bytes, this.limits.jsonValues)
    this.#visit(request, open.status, answer)
    return answer
  }

  async download(request: Exchange, origins: ReadonlySet<string>): Promise<Download> {
    await this.#compare(request, origins)
    const download = await this.downloads.once(
      `${request.method} ${request.url.href} ${request.body ?? ''}`,
      async () =>
        this.#whole(request, origins, await this.#send(request, origins), (whole) => this.downloads.save(whole)),
    )
    this.#visit(request, 200, download)
    return download
  }

  #send(request: Exchange, origins: ReadonlySet<string>): Promise<OpenAnswer> {
    return this.#retrying(request, () => this.#sendOnce(request, origins))
  }

  #visit(request: Exchange, status: number, visited: Visited): void {
    if (request.method === 'GET' && status === 200) this.#visits.add(request.url.href, request.headers, visited)
    else this.#visits.spoil()
  }

  /** Reads a whole answer with `read`; when the body breaks off, asks once more. */
  #whole<Result>(
    request: Exchange,
    origins: ReadonlySet<string>,
    first: OpenAnswer,
    read: (answer: OpenAnswer) => Promise<Result>,
  ): Promise<Result> {
    let current: OpenAnswer | undefined = first
    return this.#retrying(request, async () => {
      const answer = current ?? (await this.#sendOnce(request, origins))
      current = undefined
      return read(answer)
    })
  }

  remembered(): Record<string, string> {
    const visits = this.#fingerprint === undefined ? undefined : this.#visits.text(this.#fingerprint)
    const states = this.states.text()
    const kept = new Map(this.memory)
    for (const [name, text] of [
      [visitsName, visits],
      [statesName, states],
    ] as const) {
      if (text === undefined) kept.delete(name)
      else kept.set(name, text)
    }
    return Object.fromEntries(kept)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#end.abort(new SourceFault('INTERRUPTED'))
    if (this.#ownsDownloads) await this.downloads[Symbol.asyncDispose]()
  }

  /**
   * A resource may be made of several files, of which a later one may have changed: so before the first is read, all
   * files of the last run are asked whether they changed. Only if none did is there nothing to read.
   */
  #compare(request: Exchange, origins: ReadonlySet<string>): Promise<void> {
    this.#comparison ??= this.#compareAll(request, origins)
    return this.#comparison
  }

  async #compareAll(request: Exchange, origins: ReadonlySet<string>): Promise<void> {
    const last = this.#last
    if (last?.visits[0]?.url !== request.url.href || last.headers !== headersDigest(request.headers)) return
    for (const visit of last.visits) {
      const asked = JSON.stringify([visit, last.headers])
      if (await this.downloads.changedOnce(asked, () => this.#changed(visit, request, origins))) return
    }
    throw new NotModified()
  }

  async #changed(visit: Visit, like: Exchange, origins: ReadonlySet<string>): Promise<boolean> {
    const url = new URL(visit.url)
    const headers = { ...like.headers, ...conditionOf(visit) }
    const request: Exchange = { ...like, url, method: 'GET', headers, body: undefined, accept: [304] }
    const answer = await this.#send(request, origins)
    answer.close()
    return answer.status !== 304
  }

  #retrying<Result>(request: Exchange, attempt: () => Promise<Result>): Promise<Result> {
    return request.method === 'GET' ? withRetries(attempt, this.limits, this.signal) : attempt()
  }

  async #sendOnce(request: Exchange, origins: ReadonlySet<string>): Promise<OpenAnswer> {
    this.signal.throwIfAborted()
    const settings: ExchangeSettings = {
      outbound: this.#outbound,
      limits: this.limits,
      credentials: this.#credentials,
      ca: this.#ca,
      origins,
      signal: this.signal,
      count: this.count,
    }
    return isLocal(request.url)
      ? openLocal(request.url, {
          resolver: this.resolver,
          ifModifiedSince: request.headers['if-modified-since'],
          count: this.count,
        })
      : exchange(request, settings)
  }
}

class SourceOfRun<Options> implements RunSource<Options> {
  readonly options: Options
  readonly #run: RunState
  readonly #origins: ReadonlySet<string>

  constructor(run: RunState, options: Options) {
    this.#run = run
    this.options = options
    this.#origins = originsIn(options)
  }

  get signal(): AbortSignal {
    return this.#run.signal
  }

  async request(url: string | URL, options: RequestOptions = {}): Promise<Answer> {
    return this.#run.request(exchangeOf(url, options), this.#origins)
  }

  async download(url: string | URL, options: RequestOptions = {}): Promise<Download> {
    return this.#run.download(exchangeOf(url, options), this.#origins)
  }

  recall(name: string): string | undefined {
    return this.#run.memory.get(name)
  }

  remember(name: string, value: string): void {
    this.#run.memory.set(name, value)
  }

  mark(position: string): void {
    this.#run.memory.set(markName, position)
  }

  asOf(moment: Date): void {
    this.#run.memory.set(asOfName, moment.toISOString())
  }

  async compare(part: string, stateOf: StateOf): Promise<void> {
    await this.#run.states.compare(part, stateOf)
  }

  withOptions<Other>(options: Other): Source<Other> {
    return new SourceOfRun(this.#run, options)
  }

  memory(): Readonly<Record<string, string>> {
    return this.#run.remembered()
  }

  bytes(): number {
    return this.#run.count.bytes
  }

  unmarkedEnds(): string | undefined {
    return this.#run.unmarkedEnds.digest()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#run[Symbol.asyncDispose]()
  }
}

function exchangeOf(url: string | URL, options: RequestOptions): Exchange {
  const parsed = URL.parse(String(url))
  if (parsed === null) throw new SourceFault('ADDRESS_REFUSED')
  // A host header of its own would reach another site behind the same address.
  const headers = Object.entries(options.headers ?? {})
    .map(([name, value]): [string, string] => [name.toLowerCase(), value])
    .filter(([name]) => name !== 'host' && name !== 'content-length' && name !== 'accept-encoding')
  return {
    url: parsed,
    method: options.method ?? 'GET',
    headers: Object.fromEntries(headers),
    body: options.body,
    accept: options.accept ?? [],
    maxBytes: options.maxBytes,
  }
}
