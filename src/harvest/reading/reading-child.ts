import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SourceFault } from '../../errors/source-fault.js'
import type { Staged } from '../run/stage-resource.js'
import type { FromReader, ReadingSetUp, StageTask, ToReader } from './messages.js'
import { startProgram, type ReadingProgram } from './reading-process-start.js'

export interface ReadingLimits {
  /** Of the JavaScript heap. */
  readonly heapMegabytes: number
  /** Of the whole process, buffers included. */
  readonly residentMegabytes: number
  /** Without a sign of life for so long the process is stuck in one computation. */
  readonly silenceMs: number
}

export type WhichFile = (url: URL) => Promise<string | undefined>

interface Waiting {
  readonly whichFile: WhichFile
  readonly resolve: (staged: Staged) => void
  readonly reject: (error: Error) => void
}

const watchMs = 200
const pageBytes = 4096
const longestMessage = 4_000

/** One reading process, from this side: it is given one resource at a time, and ended when it needs more than it may. */
export class ReadingChild {
  readonly #process: ChildProcess
  readonly #limits: ReadingLimits
  readonly #folder: string
  readonly #gone: Promise<void>
  #waiting: Waiting | undefined
  #runEnded: (() => void) | undefined
  #watch: NodeJS.Timeout | undefined
  #heardAt = performance.now()
  #residentMegabytes = 0
  #ending: SourceFault | undefined
  #said = ''
  #ended = false
  /** Runs that it has read. */
  runs = 0

  private constructor(process: ChildProcess, limits: ReadingLimits, folder: string) {
    this.#process = process
    this.#limits = limits
    this.#folder = folder
    process.on('message', (message: FromReader) => {
      this.#heard(message)
    })
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-longestMessage)
    })
    // It could not be started, or a message could not be sent to it: it is told by its end.
    process.on('error', () => process.kill('SIGKILL'))
    this.#gone = new Promise((resolve) => {
      const gone = (): void => {
        this.#onGone()
        resolve()
      }
      process.once('exit', gone)
      if (process.pid === undefined) gone()
    })
  }

  static async start(
    program: ReadingProgram,
    limits: ReadingLimits,
    setUp: Omit<ReadingSetUp, 'kind' | 'folder'>,
  ): Promise<ReadingChild> {
    const folder = await mkdtemp(join(tmpdir(), 'gateway-reading-'))
    const child = new ReadingChild(startProgram(program, limits.heapMegabytes), limits, folder)
    child.#tell({ kind: 'setUp', folder, ...setUp })
    return child
  }

  get ended(): boolean {
    return this.#ended
  }

  get residentMegabytes(): number {
    return this.#residentMegabytes
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Throws the SourceFault of the reading, or of what ended the process. */
  async stage(task: StageTask, whichFile: WhichFile): Promise<Staged> {
    if (this.#ended) throw this.#fault()
    this.#heardAt = performance.now()
    const staged = new Promise<Staged>((resolve, reject) => {
      this.#waiting = { whichFile, resolve, reject }
    })
    this.#watch ??= setInterval(() => void this.#look(), watchMs)
    this.#tell(task)
    return await staged
  }

  /** Settles when the process has forgotten the run or is gone. */
  async endRun(): Promise<void> {
    this.runs++
    if (!this.#ended) {
      const ended = new Promise<void>((resolve) => {
        this.#runEnded = resolve
      })
      this.#tell({ kind: 'endRun' })
      await Promise.race([ended, this.#gone])
    }
    await this.#look()
    clearInterval(this.#watch)
    this.#watch = undefined
  }

  /** Ends the process at once, whatever it is doing, and removes its files. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#gone
    await rm(this.#folder, { recursive: true, force: true })
  }

  #tell(message: ToReader): void {
    // A process that is gone is told by its end, not here.
    this.#process.send(message, () => undefined)
  }

  #heard(message: FromReader): void {
    this.#heardAt = performance.now()
    switch (message.kind) {
      case 'staged':
        this.#take()?.resolve(message.staged)
        return
      case 'fault':
        this.#take()?.reject(new SourceFault(message.code, message.details, causeOf(message.cause)))
        return
      case 'failed':
        this.#take()?.reject(new Error(message.reason))
        return
      case 'runEnded':
        this.#runEnded?.()
        return
      case 'whichFile':
        void this.#answer(message.question, new URL(message.url))
        return
      case 'alive':
    }
  }

  async #answer(question: number, url: URL): Promise<void> {
    const path = await this.#waiting?.whichFile(url).catch((error: unknown) => {
      this.#take()?.reject(error instanceof Error ? error : new Error(String(error)))
      return undefined
    })
    this.#tell({ kind: 'file', question, path })
  }

  #take(): Waiting | undefined {
    const waiting = this.#waiting
    this.#waiting = undefined
    return waiting
  }

  async #look(): Promise<void> {
    const megabytes = await residentMegabytesOf(this.#process.pid)
    if (megabytes !== undefined) this.#residentMegabytes = megabytes
    const { residentMegabytes, silenceMs } = this.#limits
    if (this.#residentMegabytes > residentMegabytes) this.#end(`more than ${residentMegabytes} MB of memory`)
    const silentMs = performance.now() - this.#heardAt
    if (silentMs > silenceMs) this.#end(`more than ${Math.round(silenceMs / 1000)} s for one step`)
  }

  #end(detail: string): void {
    if (this.#ended) return
    this.#ending ??= new SourceFault('TOO_DEMANDING', { detail })
    this.#process.kill('SIGKILL')
  }

  #onGone(): void {
    this.#ended = true
    clearInterval(this.#watch)
    this.#take()?.reject(this.#fault())
  }

  #fault(): SourceFault {
    if (this.#ending !== undefined) return this.#ending
    const { signalCode, exitCode } = this.#process
    const cause = new Error(`The reading process ended (${signalCode ?? exitCode ?? 'not started'}). ${this.#said}`)
    const full = signalCode === 'SIGABRT' || /heap out of memory/i.test(this.#said)
    return full
      ? new SourceFault('TOO_DEMANDING', { detail: `more than ${this.#limits.heapMegabytes} MB of memory` }, cause)
      : new SourceFault('INTERNAL', {}, cause)
  }
}

function causeOf(text: string | undefined): Error | undefined {
  return text === undefined ? undefined : new Error(text)
}

/** Where the system tells it (Linux); elsewhere the heap's limit has to do. */
async function residentMegabytesOf(pid: number | undefined): Promise<number | undefined> {
  try {
    const pages = (await readFile(`/proc/${pid}/statm`, 'utf8')).split(' ')[1]
    return pages === undefined ? undefined : (Number(pages) * pageBytes) / 1024 ** 2
  } catch {
    return undefined
  }
}
