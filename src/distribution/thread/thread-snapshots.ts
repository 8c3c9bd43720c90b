import { once } from 'node:events'
import { extname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { MessageChannel, Worker } from 'node:worker_threads'
import type { SnapshotPoolOptions } from '../copy/snapshot.js'
import type { DownloadSnapshot, DownloadSnapshots } from '../making/download-snapshots.js'
import type { ThreadMessage } from './messages.js'
import type { QuestionClock } from './question-clock.js'
import { RemoteSnapshot } from './remote-snapshot.js'

/** How the thread's program is started. */
export interface ThreadProgram {
  readonly module: URL
  /** Options of Node. */
  readonly nodeOptions: readonly string[]
}

/** The compiled program; undefined where the sources run as they are: whoever runs them so says how. */
export function compiledThread(): ThreadProgram | undefined {
  if (extname(import.meta.filename) !== '.js') return undefined
  return { module: pathToFileURL(join(import.meta.dirname, 'download-thread.js')), nodeOptions: [] }
}

/** The program where the sources run as they are, by these options of Node. */
export function threadOfSources(nodeOptions: readonly string[]): ThreadProgram {
  return { module: pathToFileURL(join(import.meta.dirname, 'download-thread.ts')), nodeOptions }
}

const stopPatienceMs = 5_000

/**
 * Makes files in a thread of their own, so that whoever asks the gateway does not wait while rows become a file. The thread is
 * started for the first file, and again after it has died.
 */
export class ThreadSnapshots implements DownloadSnapshots {
  private worker: Worker | undefined

  constructor(
    private readonly options: SnapshotPoolOptions,
    private readonly program: ThreadProgram,
    /** Files rest while others ask. */
    private readonly questions: QuestionClock,
    /** Told why the thread died. */
    private readonly report: (error: unknown) => void,
  ) {}

  open(): Promise<DownloadSnapshot> {
    const { port1, port2 } = new MessageChannel()
    const opened = RemoteSnapshot.open(port1)
    const message: ThreadMessage = { kind: 'open', port: port2 }
    this.running().postMessage(message, [port2])
    return opened
  }

  async dispose(): Promise<void> {
    const { worker } = this
    this.worker = undefined
    if (worker === undefined) return
    const exited = once(worker, 'exit')
    const message: ThreadMessage = { kind: 'stop' }
    worker.postMessage(message)
    const timer = setTimeout(() => void worker.terminate(), stopPatienceMs)
    await exited
    clearTimeout(timer)
  }

  private running(): Worker {
    if (this.worker !== undefined) return this.worker
    const worker = new Worker(this.program.module, {
      workerData: { ...this.options, questions: this.questions.memory },
      execArgv: [...this.program.nodeOptions],
      // Rows pass through it as bytes outside its heap: little of what is young lives on.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
      name: 'downloads',
    })
    const forget = (): void => {
      if (this.worker === worker) this.worker = undefined
    }
    worker.on('error', (error) => {
      forget()
      this.report(error)
    })
    worker.on('exit', forget)
    this.worker = worker
    return worker
  }
}
