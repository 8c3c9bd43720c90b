import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { readingProgram } from '../support/reading-program.js'

export type ToHarvester =
  | {
      readonly kind: 'start'
      readonly databaseUrl: string
      readonly upstream: string
      readonly schedule: boolean
      /** Reads sources in a process of its own. */
      readonly apart: boolean
    }
  | { readonly kind: 'run'; readonly connectorId: number }
  | { readonly kind: 'first' }

export type FromHarvester =
  | { readonly kind: 'loaded' | 'started' }
  | { readonly kind: 'ended'; readonly outcome: string }
  | { readonly kind: 'failed'; readonly reason: string }

/** A harvest in a process of its own; disposed of, it is killed. */
export class HarvesterProcess implements AsyncDisposable {
  readonly #process: ChildProcess
  readonly #said: FromHarvester[] = []
  readonly #gone: Promise<unknown>
  #heard = Promise.withResolvers<undefined>()

  constructor() {
    this.#process = fork(fileURLToPath(new URL('harvester.ts', import.meta.url)), {
      execArgv: ['--disable-warning=ExperimentalWarning', ...readingProgram.nodeOptions],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    this.#gone = once(this.#process, 'exit')
    this.#process.on('message', (message: FromHarvester) => {
      this.#said.push(message)
      this.#heard.resolve(undefined)
      this.#heard = Promise.withResolvers<undefined>()
    })
  }

  tell(message: ToHarvester): void {
    this.#process.send(message)
  }

  /** Its next answer of that kind; throws when it fails or ends before. */
  async next<Kind extends FromHarvester['kind']>(kind: Kind): Promise<FromHarvester & { kind: Kind }> {
    for (;;) {
      const message = this.#said.shift()
      if (message === undefined) {
        const ended = await Promise.race([this.#heard.promise, this.#gone])
        if (ended !== undefined && this.#said.length === 0) throw new Error('The harvester ended.')
        continue
      }
      if (message.kind === 'failed') throw new Error(message.reason)
      if (isOf(message, kind)) return message
    }
  }

  /** Stands still from now on, with all that it holds. */
  stop(): void {
    this.#process.kill('SIGSTOP')
  }

  goOn(): void {
    this.#process.kill('SIGCONT')
  }

  async kill(): Promise<void> {
    this.#process.kill('SIGKILL')
    await this.#gone
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.kill()
  }
}

function isOf<Kind extends FromHarvester['kind']>(
  message: FromHarvester,
  kind: Kind,
): message is FromHarvester & { kind: Kind } {
  return message.kind === kind
}
