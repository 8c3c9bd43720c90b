import type { Credentials } from '../../connectors/outbound/credentials.js'
import type { EndpointResolver } from '../../connectors/outbound/endpoint-resolver.js'
import type { Limits } from '../../connectors/outbound/limits.js'
import type { Outbound } from '../../connectors/outbound/outbound.js'
import type { RecordType, RecordTypes } from '../../records/schema/record-type.js'
import type { Connector } from '../registration/connector.js'
import { untilAborted } from '../run/abortable.js'
import type { ReadTask } from '../run/checked-row.js'
import type { Staged } from '../run/stage-resource.js'
import type { ReadingLimits } from './bounded-process.js'
import { ReadingChild } from './reading-child.js'
import type { ReadingProgram } from './reading-process-start.js'
import type { Reading, Readings } from './reading.js'

export interface ChildReadingsSettings {
  readonly databaseUrl: string
  readonly outbound: Outbound
  readonly endpoints: EndpointResolver
  readonly types: () => RecordTypes
  readonly timeZone: string
  readonly credentials?: (connectorId: number) => Promise<Credentials | undefined>
  readonly limits?: Partial<Limits>
  readonly program: ReadingProgram
  readonly readingLimits?: Partial<ReadingLimits>
  /** `usualRoom` unless it is given. */
  readonly room?: Room
}

/** How many processes there are, and for how long. */
export interface Room {
  /** At a time; a run beyond them waits. */
  readonly mostProcesses: number
  /** Those that wait for the next run, which then need not be started. */
  readonly keptIdle: number
  /** Queries wait for what is read here. */
  readonly isWaitedFor: boolean
  /** What a process has seen, leaves traces: it is replaced after so many runs. */
  readonly runsOfProcess: number
}

const usualRoom: Room = { mostProcesses: 6, keptIdle: 2, isWaitedFor: false, runsOfProcess: 50 }
/** For runs that queries wait for: small and frequent, and none is to wait for a process nor for what is read on a schedule. */
export const roomOfLiveSources: Room = { mostProcesses: 6, keptIdle: 1, isWaitedFor: true, runsOfProcess: 500 }

const usualLimits: ReadingLimits = { heapMegabytes: 256, residentMegabytes: 640, silenceMs: 60_000 }
/** A process that has grown to more is replaced as well. */
const grownMegabytes = 320

/** Reads each run in a process of its own, which is bounded in memory and time and can be ended at any moment. */
export class ChildReadings implements Readings, AsyncDisposable {
  readonly #settings: ChildReadingsSettings
  readonly #room: Room
  readonly #idle: ReadingChild[] = []
  readonly #all = new Set<ReadingChild>()
  readonly #queue: (() => void)[] = []
  #busy = 0
  #disposed = false

  constructor(settings: ChildReadingsSettings) {
    this.#settings = settings
    this.#room = settings.room ?? usualRoom
  }

  async open(_connector: Connector, signal: AbortSignal): Promise<Reading> {
    await this.#enter(signal)
    try {
      const child = this.#idle.pop() ?? (await this.#start())
      return this.#reading(child)
    } catch (error) {
      this.#leave()
      throw error
    }
  }

  /** The processes that there are now, for whoever measures them. */
  processes(): readonly { readonly pid: number | undefined; readonly residentMegabytes: number }[] {
    return [...this.#all]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#disposed = true
    await Promise.all([...this.#all].map((child) => this.#discard(child)))
  }

  async #enter(signal: AbortSignal): Promise<void> {
    if (this.#busy >= this.#room.mostProcesses) {
      const turn = Promise.withResolvers<undefined>()
      const take = (): void => {
        turn.resolve(undefined)
      }
      this.#queue.push(take)
      try {
        await untilAborted(turn.promise, signal)
      } catch (error) {
        const at = this.#queue.indexOf(take)
        if (at >= 0) this.#queue.splice(at, 1)
        // Its turn came in the same moment: it is the next one's.
        else this.#leave()
        throw error
      }
      return
    }
    this.#busy++
  }

  #leave(): void {
    const next = this.#queue.shift()
    if (next === undefined) this.#busy--
    else next()
  }

  async #start(): Promise<ReadingChild> {
    const { program, readingLimits, databaseUrl, timeZone, limits } = this.#settings
    const child = await ReadingChild.start(
      program,
      { ...usualLimits, ...readingLimits, isWaitedFor: this.#room.isWaitedFor },
      { databaseUrl, timeZone, limits },
    )
    this.#all.add(child)
    return child
  }

  async #discard(child: ReadingChild): Promise<void> {
    this.#all.delete(child)
    await child.kill()
  }

  #reading(child: ReadingChild): Reading {
    return {
      stage: (task, table, signal) => this.#stage(child, task, table, signal),
      [Symbol.asyncDispose]: async () => {
        try {
          await this.#giveBack(child)
        } finally {
          this.#leave()
        }
      },
    }
  }

  async #stage(child: ReadingChild, task: ReadTask, table: string, signal: AbortSignal): Promise<Staged> {
    const { outbound, endpoints, credentials } = this.#settings
    const { connector, type } = task
    const message = {
      kind: 'stage',
      task,
      table,
      types: this.#referredTypes(type),
      allowed: outbound.allowed(),
      samples: samplesIn(connector, endpoints),
      credentials: await credentials?.(connector.id),
    } as const
    try {
      return await untilAborted(
        child.stage(message, (url) => endpoints.file(url)),
        signal,
      )
    } catch (error) {
      // Whatever it is doing must not go on.
      if (signal.aborted) await this.#discard(child)
      throw error
    }
  }

  async #giveBack(child: ReadingChild): Promise<void> {
    await child.endRun()
    const spent = child.ended || child.runs >= this.#room.runsOfProcess || child.residentMegabytes > grownMegabytes
    if (spent || this.#disposed || this.#idle.length >= this.#room.keptIdle) await this.#discard(child)
    else this.#idle.push(child)
  }

  #referredTypes(type: RecordType): RecordType[] {
    const { types } = this.#settings.types()
    const targets = new Set(type.fields.flatMap(({ reference }) => (reference === undefined ? [] : [reference.target])))
    return [...targets].flatMap((target) => types.get(target) ?? [])
  }
}

/** The samples that the manifest names; whether they run is known here only. */
function samplesIn(connector: Connector, endpoints: EndpointResolver): Map<string, string> {
  const named = JSON.stringify(connector.manifest).matchAll(/\{sample:([a-z0-9-]+)\}/g)
  const samples = new Map<string, string>()
  for (const [, code = ''] of named) {
    const url = endpoints.sample(code)
    if (url !== undefined) samples.set(code, url)
  }
  return samples
}
