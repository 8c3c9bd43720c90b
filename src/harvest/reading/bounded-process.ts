import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { SourceFault } from '../../errors/source-fault.js'
import { worded, type Wording } from '../../errors/wording.js'
import { startProgram, type ReadingProgram } from './reading-process-start.js'

export interface ReadingLimits {
  /** Of the JavaScript heap. */
  readonly heapMegabytes: number
  /** Of the whole process, buffers included. */
  readonly residentMegabytes: number
  /** Without a sign of life for so long the process is stuck in one computation. */
  readonly silenceMs: number
}

export interface ProcessBounds extends ReadingLimits {
  /** Queries wait for it, and so it does not come after them. */
  readonly isWaitedFor?: boolean
  /** Where its downloads go. It removes it itself when it is left alone, else whoever started it. */
  readonly folder: string
}

export interface ProcessEvents<Heard> {
  readonly heard: (message: Heard) => void
  /** With what ended it; told once. */
  readonly gone: (fault: SourceFault) => void
}

const watchMs = 200
const pageBytes = 4096
const longestMessage = 4_000

/** A process that reads what agencies give: ended when it needs more memory or time than it may, whatever it is doing. */
export class BoundedProcess<Told extends object, Heard> {
  readonly #process: ChildProcess
  readonly #limits: ReadingLimits
  readonly #events: ProcessEvents<Heard>
  /** Settles when there is no process any more. */
  readonly gone: Promise<void>
  #watch: NodeJS.Timeout | undefined
  #heardAt = performance.now()
  #residentMegabytes = 0
  #ending: SourceFault | undefined
  #said = ''
  #ended = false

  constructor(program: ReadingProgram, bounds: ProcessBounds, events: ProcessEvents<Heard>) {
    const process = startProgram(program, bounds)
    this.#process = process
    this.#limits = bounds
    this.#events = events
    process.on('message', (message: Heard) => {
      this.#heardAt = performance.now()
      events.heard(message)
    })
    process.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#said = (this.#said + text).slice(-longestMessage)
    })
    // It could not be started, or a message could not be sent to it: it is told by its end.
    process.on('error', () => process.kill('SIGKILL'))
    this.gone = new Promise((resolve) => {
      const gone = (): void => {
        this.#onGone()
        resolve()
      }
      process.once('exit', gone)
      if (process.pid === undefined) gone()
    })
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

  tell(message: Told): void {
    // A process that is gone is told by its end, not here.
    this.#process.send(message, () => undefined)
  }

  /** From now on it has something to do. */
  watch(): void {
    this.#heardAt = performance.now()
    this.#watch ??= setInterval(() => void this.#look(), watchMs)
  }

  /** From now on it has nothing to do; what it has grown to is looked at once more. */
  async unwatch(): Promise<void> {
    await this.#look()
    clearInterval(this.#watch)
    this.#watch = undefined
  }

  /** Ends it at once, whatever it is doing. */
  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.gone
  }

  /** What ended it. */
  fault(): SourceFault {
    if (this.#ending !== undefined) return this.#ending
    const { signalCode, exitCode } = this.#process
    const cause = new Error(`The reading process ended (${signalCode ?? exitCode ?? 'not started'}). ${this.#said}`)
    const full = signalCode === 'SIGABRT' || /heap out of memory/i.test(this.#said)
    return full
      ? new SourceFault('TOO_DEMANDING', { detail: memoryOf(this.#limits.heapMegabytes) }, cause)
      : new SourceFault('INTERNAL', {}, cause)
  }

  async #look(): Promise<void> {
    const megabytes = await residentMegabytesOf(this.#process.pid)
    if (megabytes !== undefined) this.#residentMegabytes = megabytes
    const { residentMegabytes, silenceMs } = this.#limits
    if (this.#residentMegabytes > residentMegabytes) this.#end(memoryOf(residentMegabytes))
    const silentMs = performance.now() - this.#heardAt
    if (silentMs > silenceMs) {
      const seconds = Math.round(silenceMs / 1000)
      this.#end(worded(`more than ${seconds} s for one step`, `quá ${seconds} giây cho một bước`))
    }
  }

  #end(detail: Wording): void {
    if (this.#ended) return
    this.#ending ??= new SourceFault('TOO_DEMANDING', { detail })
    this.#process.kill('SIGKILL')
  }

  #onGone(): void {
    this.#ended = true
    clearInterval(this.#watch)
    this.#events.gone(this.fault())
  }
}

function memoryOf(megabytes: number): Wording {
  return worded(`more than ${megabytes} MB of memory`, `quá ${megabytes} MB bộ nhớ`)
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
