import { rm } from 'node:fs/promises'
import { GatewayError } from '../errors/gateway-error.js'
import { SourceFault } from '../errors/source-fault.js'
import type { Logger } from '../harvest/logger.js'
import { BoundedProcess, type ReadingLimits } from '../harvest/reading/bounded-process.js'
import { makeProcessFolder } from '../harvest/reading/process-folders.js'
import { compiledProgram, type ReadingProgram } from '../harvest/reading/reading-process-start.js'
import type { ProbePlace } from './own-process-probe.js'
import { presentReport } from './present-report.js'
import type { FromProbe, ProbeTask } from './probe-messages.js'
import type { ProbeInput } from './probe-input.js'
import type { ProbePorts, ProbeRequest } from './probe-ports.js'
import { nothingFound } from './probe-report.js'
import { ProbeReport } from './report-objects.js'

export interface ChildProbesSettings extends Pick<
  ProbePorts,
  'outbound' | 'endpoints' | 'types' | 'taken' | 'timeZone'
> {
  readonly databaseUrl: string
  readonly logger: Logger
  readonly program: ReadingProgram
  readonly limits?: Partial<ReadingLimits>
}

/** The silence covers the start of the process too, which takes a busy machine its time. */
const usualLimits: ReadingLimits = { heapMegabytes: 256, residentMegabytes: 512, silenceMs: 30_000 }
/** The probe ends itself before; this is for one that does not. */
const mostMs = 45_000

/** The compiled program of a probe; undefined where the sources run as they are. */
export function compiledProbeProgram(): ReadingProgram | undefined {
  return compiledProgram(import.meta, 'probe-process')
}

/**
 * Probes each source in a process of its own, which is bounded in memory and time: what a file does to its parser it does not do
 * to the answers of the gateway. When the process had to be ended the report says so.
 */
export class ChildProbes implements ProbePlace {
  readonly #settings: ChildProbesSettings

  constructor(settings: ChildProbesSettings) {
    this.#settings = settings
  }

  async probe(input: ProbeInput, request: ProbeRequest): Promise<ProbeReport> {
    const folder = await makeProcessFolder('probe')
    try {
      return await this.#ask({ ...this.#surroundings(input), input, request: plain(request), folder })
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
      // Its process ended, and nobody knows why: what it said last may tell.
      if (error.code === 'INTERNAL') this.#settings.logger.error({ err: error }, 'A probe ended by itself.')
      const driver = request.file === undefined ? input.driver : 'push'
      return presentReport({ ...nothingFound, driver, fault: error })
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  }

  async #ask(task: ProbeTask): Promise<ProbeReport> {
    const { program, limits } = this.#settings
    const answer = Promise.withResolvers<ProbeReport>()
    const process = new BoundedProcess<ProbeTask, FromProbe>(
      program,
      { ...usualLimits, ...limits, folder: task.folder },
      {
        heard(message) {
          if (message.kind === 'report') answer.resolve(Object.assign(new ProbeReport(), message.report))
          else if (message.kind === 'refused') answer.reject(refusal(message))
          else if (message.kind === 'failed') answer.reject(new Error(message.reason))
        },
        gone: answer.reject,
      },
    )
    const late = setTimeout(() => {
      answer.reject(new SourceFault('TIMEOUT', { seconds: mostMs / 1000 }))
    }, mostMs)
    try {
      process.watch()
      process.tell(task)
      return await answer.promise
    } finally {
      clearTimeout(late)
      await process.kill()
    }
  }

  #surroundings(input: ProbeInput): Omit<ProbeTask, 'input' | 'request' | 'folder'> {
    const { databaseUrl, timeZone, outbound, endpoints, taken } = this.#settings
    const { types, codeLists, revision } = this.#settings.types()
    return {
      ...{ databaseUrl, timeZone, taken, revision },
      allowed: outbound.allowed(),
      samples: samplesIn(input, (code) => endpoints.sample(code)),
      types: [...types.values()],
      codeLists: [...codeLists.values()],
    }
  }
}

/** What can be sent to another process. */
function plain({ agency, file }: ProbeRequest): ProbeTask['request'] {
  return { agency, file }
}

function refusal({ code, message, extensions }: Extract<FromProbe, { kind: 'refused' }>): GatewayError {
  return new GatewayError(code, message, { extensions })
}

/** The samples that the input names; whether they run is known here only. */
function samplesIn(input: ProbeInput, sample: (code: string) => string | undefined): Map<string, string> {
  const samples = new Map<string, string>()
  for (const [, code = ''] of JSON.stringify(input).matchAll(/\{sample:([a-z0-9-]+)\}/g)) {
    const url = sample(code)
    if (url !== undefined) samples.set(code, url)
  }
  return samples
}
