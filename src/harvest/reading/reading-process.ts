// The process in which files of agencies are parsed, apart from the one that answers queries: started by `ReadingProcess`.
import type pg from 'pg'
import { loadDrivers, type Drivers } from '../../connectors/drivers.js'
import { createOutbound, type Outbound } from '../../connectors/outbound/outbound.js'
import { openPool } from '../../database/open-pool.js'
import { SourceFault } from '../../errors/source-fault.js'
import { storageFault } from '../run/storage-fault.js'
import { OwnProcessReading } from './own-process.js'
import { liveBeside } from './program-life.js'
import type { FromReader, ReadingSetUp, StageTask, ToReader } from './messages.js'

/** Reads what it is told to, one resource at a time. */
class Reader {
  readonly #setUp: ReadingSetUp
  readonly #drivers: Promise<Drivers>
  readonly #pool: pg.Pool
  readonly #questions = new Map<number, (path: string | undefined) => void>()
  #outbound: { readonly allowed: string; readonly way: Outbound } | undefined
  #run: OwnProcessReading | undefined
  #current: StageTask | undefined
  #asked = 0

  constructor(setUp: ReadingSetUp) {
    this.#setUp = setUp
    this.#drivers = loadDrivers()
    this.#pool = openPool({ connectionString: setUp.databaseUrl, application_name: 'gateway reading', max: 3 })
  }

  async stage(task: StageTask): Promise<void> {
    this.#current = task
    try {
      this.#run ??= await this.#open()
      // The gateway ends this process when the run must end.
      const never = new AbortController().signal
      tell({ kind: 'staged', staged: await this.#run.stage(task.task, task.table, never) })
    } catch (thrown) {
      const error = storageFault(thrown) ?? thrown
      if (error instanceof SourceFault) {
        const cause = error.cause === undefined ? undefined : textOf(error.cause)
        tell({ kind: 'fault', code: error.code, details: error.details, cause })
      } else tell({ kind: 'failed', reason: textOf(error) })
    }
  }

  async endRun(): Promise<void> {
    const run = this.#run
    this.#run = undefined
    this.#current = undefined
    await run?.[Symbol.asyncDispose]()
    tell({ kind: 'runEnded' })
  }

  answer(question: number, path: string | undefined): void {
    this.#questions.get(question)?.(path)
    this.#questions.delete(question)
  }

  async #open(): Promise<OwnProcessReading> {
    const { timeZone, limits, folder } = this.#setUp
    return new OwnProcessReading(
      {
        pool: this.#pool,
        drivers: await this.#drivers,
        outbound: await this.#wayOut(),
        endpoints: {
          sample: (code) => this.#current?.samples.get(code),
          file: (url) => this.#whichFile(url),
        },
        types: () => new Map(this.#current?.types.map((type) => [type.code, type])),
        timeZone,
        credentials: () => Promise.resolve(this.#current?.credentials),
        ...(limits === undefined ? {} : { limits }),
      },
      folder,
    )
  }

  async #wayOut(): Promise<Outbound> {
    const allowed = this.#current?.allowed ?? ''
    if (this.#outbound?.allowed !== allowed) {
      await this.#outbound?.way[Symbol.asyncDispose]()
      this.#outbound = { allowed, way: createOutbound({ allow: allowed }) }
    }
    return this.#outbound.way
  }

  #whichFile(url: URL): Promise<string | undefined> {
    const question = ++this.#asked
    const answered = new Promise<string | undefined>((resolve) => this.#questions.set(question, resolve))
    tell({ kind: 'whichFile', question, url: url.href })
    return answered
  }
}

function tell(message: FromReader): void {
  process.send?.(message)
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

let reader: Reader | undefined
process.on('message', (message: ToReader) => {
  switch (message.kind) {
    case 'setUp':
      reader = new Reader(message)
      return
    case 'stage':
      void reader?.stage(message)
      return
    case 'endRun':
      void reader?.endRun()
      return
    case 'file':
      reader?.answer(message.question, message.path)
  }
})
liveBeside(() => {
  tell({ kind: 'alive' })
})
