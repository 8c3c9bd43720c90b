import type { ResourceDescription } from '../../connectors/drivers/driver.js'
import type { AnyDriver } from '../connectors/drivers.js'
import type { Manifest } from '../connectors/manifest/manifest.js'
import { ManifestError, parseManifest } from '../connectors/manifest/parse-manifest.js'
import type { MappingContext } from '../connectors/mapping/map-resource.js'
import { Downloads } from '../connectors/outbound/downloads.js'
import { withEndpoints, withUploaded, type EndpointResolver } from '../connectors/outbound/endpoint-resolver.js'
import type { Limits } from '../connectors/outbound/limits.js'
import { createSource, type RunSource } from '../connectors/outbound/source.js'
import { GatewayError } from '../errors/gateway-error.js'
import { SourceFault, type SourceFaultCode } from '../errors/source-fault.js'
import { worded } from '../errors/wording.js'
import { dayIn, offsetIn } from '../harvest/read/province-time.js'
import type { RecordType } from '../records/schema/record-type.js'
import { guessDriver, type GuessedDriver } from './guess-driver.js'
import type { ReferencePorts } from './places.js'
import type { ProbeInput } from './probe-input.js'
import type { ProbePorts, ProbeRequest } from './probe-ports.js'
import { nothingFound, type ProbeReport, type ProbedResource } from './probe-report.js'
import { profileColumns } from './profile-columns.js'
import { proposeManifest, type Proposal } from './propose-manifest.js'
import { readProposedType } from './proposed-type.js'
import { tryManifest } from './trial.js'

const deadlineMs = 20_000
const sampleRows = 200
const limits: Partial<Limits> = { requestMs: 15_000, connectMs: 5_000, bodyBytes: 32 * 1024 ** 2, attempts: 1 }

/**
 * Reads a source once and says what it is, what could be published of it and what would be wrong with that. Stores nothing. What
 * fails at the source is in the report; throws BAD_USER_INPUT for an input that is wrong by itself.
 */
export async function probeConnector(
  ports: ProbePorts,
  input: ProbeInput,
  request: ProbeRequest,
): Promise<ProbeReport> {
  await using probe = new Probe(ports, input, request)
  return await probe.run()
}

const ofTheAddressAlone: ReadonlySet<SourceFaultCode> = new Set(['NOT_FOUND', 'NOT_DATA', 'BAD_STATUS'])

type Described = ResourceDescription<unknown>

/** Addresses in the options as they were written: `{sample:…}` has another address tomorrow. */
function asWritten(options: GuessedDriver['options'], url: string, resolved: string): GuessedDriver['options'] {
  const name = /^\{[^{}]+\}/u.exec(url)?.[0]
  if (name === undefined) return options
  const base = resolved.slice(0, resolved.length - (url.length - name.length))
  return Object.fromEntries(
    Object.entries(options).map(([option, value]) => [
      option,
      typeof value === 'string' && value.startsWith(base) ? `${name}${value.slice(base.length)}` : value,
    ]),
  )
}

class Probe implements AsyncDisposable {
  readonly #ports: ProbePorts
  readonly #input: ProbeInput
  readonly #request: ProbeRequest
  readonly #deadline = AbortSignal.timeout(deadlineMs)
  readonly #signal: AbortSignal
  readonly #endpoints: EndpointResolver
  readonly #downloads: Downloads
  readonly #sources: RunSource<unknown>[] = []
  readonly #references: ReferencePorts
  readonly #now = new Date()
  /** Whom the probed servers' certificates may be of. */
  #ca: string | undefined
  #report: ProbeReport = nothingFound

  constructor(ports: ProbePorts, input: ProbeInput, request: ProbeRequest) {
    this.#ports = ports
    this.#input = input
    this.#ca = input.tls?.ca
    this.#request = request
    this.#signal = request.signal === undefined ? this.#deadline : AbortSignal.any([this.#deadline, request.signal])
    this.#endpoints = withUploaded(ports.endpoints, request.file?.path)
    this.#references = ports.references()
    this.#downloads = new Downloads(ports.downloadsFolder)
  }

  async run(): Promise<ProbeReport> {
    try {
      await (this.#input.manifest === undefined ? this.#propose() : this.#tryGiven(this.#input.manifest))
    } catch (error) {
      this.#add({ fault: this.#faultOf(error) })
    }
    return this.#report
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sources.map((source) => source[Symbol.asyncDispose]()))
    await this.#downloads[Symbol.asyncDispose]()
  }

  /** What is known before something fails stays in the report. */
  #add(part: Partial<ProbeReport>): void {
    this.#report = { ...this.#report, ...part }
  }

  #faultOf(error: unknown): SourceFault {
    if (this.#deadline.aborted) return new SourceFault('TIMEOUT', { seconds: deadlineMs / 1000 }, error)
    if (error instanceof SourceFault) return error
    throw error
  }

  async #propose(): Promise<void> {
    const guessed = await this.#driver()
    this.#add({ driver: guessed.driver })
    const driver = this.#driverNamed(guessed.driver)
    const source = this.#open(this.#parsed(driver, guessed.options))
    const described = await driver.describe(source, sampleRows)
    this.#add({ resources: described.map(profiled) })
    const chosen = this.#chosen(described)
    if (chosen === undefined) throw new SourceFault('NO_ROWS')
    const proposal = await proposeManifest(
      {
        ...guessed,
        described: { ...chosen, selection: this.#input.selection ?? chosen.selection },
        input: this.#input,
        agency: this.#request.agency,
        fileName: this.#request.file?.name ?? fileNameOf(this.#input.url),
        isUpload: this.#request.file !== undefined,
        today: dayIn(this.#ports.timeZone, this.#now),
      },
      this.#ports,
      this.#references,
    )
    this.#add({ candidates: proposal.candidates, notes: proposal.notes })
    const { manifest, newRecordType } = proposal
    if (manifest === undefined) {
      this.#add({
        fault: new SourceFault('MAPPING', {
          detail: worded(
            'no record type could be proposed; see the notes',
            'chưa đề xuất được kiểu bản ghi; xem ghi chú',
          ),
        }),
      })
      return
    }
    this.#add({ manifest, newRecordType })
    await this.#try(parseManifest(manifest, this.#ports.drivers), source, proposal)
  }

  async #tryGiven(given: unknown): Promise<void> {
    const manifest = this.#parsedManifest(given)
    this.#ca = manifest.tls?.ca ?? this.#ca
    this.#add({ driver: manifest.driver })
    const driver = this.#driverNamed(manifest.driver)
    const source = this.#open(this.#parsed(driver, manifest.options))
    if (manifest.refresh.mode === 'lookup') {
      await driver.check(source)
      this.#add({
        notes: [
          {
            column: undefined,
            vi: 'Nguồn chỉ trả lời theo khóa nên không có bản ghi thử.',
            en: 'The source only answers by key, so there are no records to show.',
          },
        ],
      })
      return
    }
    const described = await this.#listed(driver, source)
    this.#add({ resources: described.map(profiled) })
    await this.#try(manifest, source, {})
  }

  /** A manifest says itself what there is: the address below which its paths are need not answer. */
  async #listed(driver: AnyDriver, source: RunSource<unknown>): Promise<readonly Described[]> {
    try {
      return await driver.describe(source, sampleRows)
    } catch (error) {
      if (error instanceof SourceFault && ofTheAddressAlone.has(error.code)) return []
      throw error
    }
  }

  async #try(manifest: Manifest, source: RunSource<unknown>, proposal: Partial<Proposal>): Promise<void> {
    const schema = proposal.newRecordType ?? this.#input.schema
    const proposed = schema === undefined ? undefined : readProposedType(schema, this.#ports)
    if (proposed !== undefined && !proposed.ok) {
      const notes = proposed.problems.map((message) => ({ column: undefined, vi: message, en: message }))
      this.#add({ notes: [...this.#report.notes, ...notes] })
      throw new SourceFault('MAPPING', {
        detail: worded('the record type cannot be used; see the notes', 'không dùng được kiểu bản ghi; xem ghi chú'),
      })
    }
    const { trial, fault } = await tryManifest({
      driver: this.#driverNamed(manifest.driver),
      manifest,
      source,
      typeOf: (code) => (proposed?.type.code === code ? proposed.type : this.#ports.types().types.get(code)),
      mapping: (type) => this.#mapping(type, manifest.dataset),
      timeZone: this.#ports.timeZone,
    })
    const known = new Set(trial.personalData.map(({ column }) => column))
    const suspected = this.#report.resources.flatMap(({ columns }) =>
      columns.flatMap(({ name, personal }) =>
        personal === undefined || known.has(name)
          ? []
          : [{ column: name, field: undefined, kind: personal, refuses: false }],
      ),
    )
    this.#add({ trial: { ...trial, personalData: [...trial.personalData, ...suspected] }, fault })
  }

  async #driver(): Promise<GuessedDriver> {
    const { driver, url, encoding } = this.#input
    const options = { ...(encoding === undefined ? {} : { encoding }), ...this.#input.options }
    if (this.#request.file !== undefined) return { driver: 'push', options }
    const address = url === undefined ? {} : { url }
    if (driver !== undefined) return { driver, options: { ...address, ...options } }
    if (url === undefined) throw new GatewayError('BAD_USER_INPUT', 'Give a url, or a driver with its options.')
    const resolved = String(withEndpoints(url, this.#endpoints))
    if (!URL.canParse(resolved)) throw new GatewayError('BAD_USER_INPUT', `url: ${url} is not an address.`)
    const guessed = await guessDriver(this.#open({ url: resolved }), resolved)
    return { driver: guessed.driver, options: { ...asWritten(guessed.options, url, resolved), ...options } }
  }

  #driverNamed(name: string): AnyDriver {
    const driver = this.#ports.drivers.get(name)
    if (driver !== undefined) return driver
    const known = [...this.#ports.drivers.keys()].join(', ')
    throw new GatewayError('BAD_USER_INPUT', `"${name}" is not a driver; there are ${known}.`)
  }

  #parsedManifest(given: unknown): Manifest {
    try {
      return parseManifest(given, this.#ports.drivers)
    } catch (error) {
      if (!(error instanceof ManifestError)) throw error
      throw new GatewayError('BAD_USER_INPUT', error.message, {
        cause: error,
        extensions: { problems: error.problems },
      })
    }
  }

  #parsed(driver: AnyDriver, options: unknown): unknown {
    const parsed = driver.options.safeParse(withEndpoints(options, this.#endpoints))
    if (parsed.success) return parsed.data
    const problems = parsed.error.issues.map(({ path, message }) => `options.${path.join('.')}: ${message}`)
    throw new GatewayError('BAD_USER_INPUT', problems.join('\n'), { cause: parsed.error })
  }

  #open(options: unknown): RunSource<unknown> {
    const { outbound } = this.#ports
    const source = createSource({
      outbound,
      options,
      resolver: this.#endpoints,
      signal: this.#signal,
      limits,
      credentials: this.#input.credentials,
      ca: this.#ca,
      downloads: this.#downloads,
    })
    this.#sources.push(source)
    return source
  }

  #chosen(described: readonly Described[]): Described | undefined {
    const { resource } = this.#input
    if (resource !== undefined) {
      const named = described.find(({ name }) => name === resource)
      if (named !== undefined) return named
      const known = described.map(({ name }) => name).join(', ')
      throw new SourceFault('NOT_FOUND', {
        what: worded(`${resource} (there are ${known})`, `${resource} (hiện có ${known})`),
      })
    }
    const size = ({ columns, sample }: Described): number => columns.length * sample.length
    const [largest] = [...described].sort((a, b) => size(b) - size(a))
    return largest === undefined || size(largest) === 0 ? undefined : largest
  }

  #mapping(type: RecordType, dataset: string): MappingContext {
    const { timeZone } = this.#ports
    return {
      recordType: type,
      dataset,
      references: this.#references.resolver,
      endpoints: this.#endpoints,
      today: dayIn(timeZone, this.#now),
      timeOffset: offsetIn(timeZone, this.#now),
    }
  }
}

function profiled({ name, selection, columns, sample }: Described): ProbedResource {
  return { name, selection, columns: profileColumns(columns, sample) }
}

function fileNameOf(url: string | undefined): string | undefined {
  const name =
    url === undefined
      ? undefined
      : URL.parse(url.replace(/^\{sample:[a-z-]+\}/, 'http://sample'))
          ?.pathname.split('/')
          .at(-1)
  return name === undefined || name === '' ? undefined : name
}
