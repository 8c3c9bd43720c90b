import { rm } from 'node:fs/promises'
import { SourceFault } from '../../errors/source-fault.js'
import type { Staged } from '../run/stage-resource.js'
import { BoundedProcess, type ProcessBounds } from './bounded-process.js'
import type { FromReader, ReadingSetUp, StageTask, ToReader } from './messages.js'
import { makeProcessFolder } from './process-folders.js'
import type { ReadingProgram } from './reading-process-start.js'

export type WhichFile = (url: URL) => Promise<string | undefined>

interface Waiting {
  readonly whichFile: WhichFile
  readonly resolve: (staged: Staged) => void
  readonly reject: (error: Error) => void
}

/** One reading process, from this side: it is given one resource at a time, and ended when it needs more than it may. */
export class ReadingChild {
  readonly #process: BoundedProcess<ToReader, FromReader>
  readonly #folder: string
  #waiting: Waiting | undefined
  #runEnded: (() => void) | undefined
  /** Runs that it has read. */
  runs = 0

  private constructor(program: ReadingProgram, bounds: ProcessBounds) {
    this.#folder = bounds.folder
    this.#process = new BoundedProcess(program, bounds, {
      heard: (message) => {
        this.#heard(message)
      },
      gone: (fault) => {
        this.#take()?.reject(fault)
      },
    })
  }

  static async start(
    program: ReadingProgram,
    bounds: Omit<ProcessBounds, 'folder'>,
    setUp: Omit<ReadingSetUp, 'kind' | 'folder'>,
  ): Promise<ReadingChild> {
    const folder = await makeProcessFolder('reading')
    const child = new ReadingChild(program, { ...bounds, folder })
    child.#process.tell({ kind: 'setUp', folder, ...setUp })
    return child
  }

  get ended(): boolean {
    return this.#process.ended
  }

  get residentMegabytes(): number {
    return this.#process.residentMegabytes
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** Throws the SourceFault of the reading, or of what ended the process. */
  async stage(task: StageTask, whichFile: WhichFile): Promise<Staged> {
    if (this.ended) throw this.#process.fault()
    const staged = new Promise<Staged>((resolve, reject) => {
      this.#waiting = { whichFile, resolve, reject }
    })
    this.#process.watch()
    this.#process.tell(task)
    return await staged
  }

  /** Settles when the process has forgotten the run or is gone. */
  async endRun(): Promise<void> {
    this.runs++
    if (!this.ended) {
      const ended = new Promise<void>((resolve) => {
        this.#runEnded = resolve
      })
      this.#process.tell({ kind: 'endRun' })
      await Promise.race([ended, this.#process.gone])
    }
    await this.#process.unwatch()
  }

  /** Ends the process at once, whatever it is doing, and removes its files. */
  async kill(): Promise<void> {
    await this.#process.kill()
    await rm(this.#folder, { recursive: true, force: true })
  }

  #heard(message: FromReader): void {
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
    this.#process.tell({ kind: 'file', question, path })
  }

  #take(): Waiting | undefined {
    const waiting = this.#waiting
    this.#waiting = undefined
    return waiting
  }
}

function causeOf(text: string | undefined): Error | undefined {
  return text === undefined ? undefined : new Error(text)
}
