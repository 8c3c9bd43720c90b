import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { StartFailure } from '../../settings/start-failure.js'
import type { Account } from './account.js'
import { readPostmasterFile } from './leftover.js'

export type ServerSettings = Readonly<Record<string, string>>

/** A long recovery after a crash of the machine is work, not a fault. */
const startSeconds = 120

export interface Launch {
  readonly program: string
  readonly arguments: readonly string[]
  readonly folder: string
  readonly account: Account
}

/** Starts a program of Postgres; its messages are in English, whatever the operator's language. */
function launch({ program, arguments: options, folder, account }: Launch): ChildProcess {
  const [command = program, ...rest] = [...account.wrapper, program, ...options]
  return spawn(command, rest, {
    // The folder of the gateway need not be one that Postgres' account may enter.
    cwd: folder,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' },
    // A group of its own: Ctrl-C in a terminal must reach the gateway only, which stops Postgres when it has drained.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account.ids,
  })
}

/** Runs a program to its end. Throws with what it said when it fails. */
export async function runToEnd(options: Launch): Promise<void> {
  const child = launch(options)
  const said = lastLines(child)
  await once(child, 'close')
  if (child.exitCode !== 0) throw new Error(`${options.program} failed:\n${said().join('\n')}`)
}

/** One running postmaster. */
export class PostgresProcess {
  readonly #child: ChildProcess
  readonly exited: Promise<void>

  private constructor(child: ChildProcess) {
    this.#child = child
    this.exited = new Promise((resolve) => {
      child.once('exit', () => {
        resolve()
      })
    })
  }

  /** Settles when it accepts connections on the loopback port. `onLine` gets each line of its log. */
  static async start(
    options: Omit<Launch, 'arguments'> & { port: number; settings: ServerSettings; onLine: (line: string) => void },
  ): Promise<PostgresProcess> {
    const { folder, port, settings } = options
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = launch({ ...options, arguments: ['-D', folder, '-p', String(port), ...flags] })
    const said = lastLines(child, options.onLine)
    const running = new PostgresProcess(child)
    const deadline = Date.now() + startSeconds * 1000
    while (Date.now() < deadline) {
      const file = await readPostmasterFile(folder)
      if (file?.pid === child.pid && file?.status === 'ready') return running
      if (child.pid === undefined || running.ended)
        throw new StartFailure(`The embedded Postgres does not start: ${reason(said())}`)
      await delay(10)
    }
    await running.stop()
    throw new StartFailure(`The embedded Postgres was not ready within ${startSeconds} s: ${reason(said())}`)
  }

  /** Ends sessions and writes everything to disk; what does not end in time is ended by force, which loses nothing committed. */
  async stop(): Promise<void> {
    for (const signal of ['SIGINT', 'SIGQUIT', 'SIGKILL'] as const) {
      if (this.ended) return
      this.#child.kill(signal)
      await this.#waitForExit(4000)
    }
    await this.exited
  }

  get ended(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null
  }

  #waitForExit(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds)
      void this.exited.then(() => {
        clearTimeout(timer)
        resolve()
      })
    })
  }

  /** For the very end of the gateway's process, where nothing can be waited for. */
  requestStop(): void {
    this.#child.kill('SIGINT')
  }
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('A TCP server has no port.')
  return address.port
}

function lastLines(child: ChildProcess, onLine: (line: string) => void = () => undefined): () => readonly string[] {
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    let rest = ''
    stream?.setEncoding('utf8')
    stream?.on('data', (text: string) => {
      const parts = (rest + text).split('\n')
      rest = parts.pop() ?? ''
      for (const line of parts.filter((part) => part.trim() !== '')) {
        lines.push(line)
        if (lines.length > 20) lines.shift()
        onLine(line)
      }
    })
  }
  child.once('error', (error) => lines.push(error.message))
  return () => lines
}

function reason(lines: readonly string[]): string {
  const telling = lines.filter((line) => /\b(FATAL|PANIC|HINT)\b/.test(line)).join(' ')
  const text = telling === '' ? lines.slice(-3).join(' ') : telling
  return text === '' ? 'it gives no reason.' : text
}
