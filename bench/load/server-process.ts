import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism, platform } from 'node:os'
import { createInterface } from 'node:readline'

export interface ServerProcess extends AsyncDisposable {
  readonly pid: number
  readonly port: number
}

export interface Launch {
  readonly name: string
  /** What node is started with. */
  readonly words: readonly string[]
  readonly environment: Readonly<Record<string, string>>
  /** The processor to run on. */
  readonly core: number | 'any'
  /** Finds the port in a line of what it prints. */
  readonly portIn?: (line: string) => number | undefined
}

const patienceMs = 60_000

/** Starts a server and waits until it says where it listens. */
export async function startServer(launch: Launch): Promise<ServerProcess> {
  const { name, words, environment, core, portIn = announcedPort } = launch
  const pinned = core !== 'any' && platform() === 'linux' && availableParallelism() > 1
  const command = pinned ? 'taskset' : process.execPath
  const all = pinned ? ['-c', String(core), process.execPath, ...words] : words
  const child = spawn(command, all, {
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', TZ: 'UTC', ...environment },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const { pid } = child
  if (pid === undefined) throw new Error(`${name} did not start.`)
  let stopping = false
  child.on('exit', (code, signal) => {
    if (!stopping) console.error(`${name} ended by itself: ${signal ?? `code ${code ?? 'unknown'}`}`)
  })
  const stop = async (): Promise<void> => {
    stopping = true
    if (child.exitCode !== null || child.signalCode !== null) return
    child.kill('SIGTERM')
    const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
    await exited
    clearTimeout(timer)
  }
  const port = new Promise<number>((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${name} did not say where it listens within ${patienceMs / 1000} s.`))
    }, patienceMs)
    createInterface({ input: child.stdout }).on('line', (line) => {
      const found = portIn(line)
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    })
    exited.then(
      () => {
        clearTimeout(timer)
        reject(new Error(`${name} ended at its start.`))
      },
      () => undefined,
    )
  })
  try {
    return { pid, port: await port, [Symbol.asyncDispose]: stop }
  } catch (error) {
    await stop()
    throw error
  }
}

function announcedPort(line: string): number | undefined {
  const found = /^\{"port":(\d+)\}$/.exec(line)
  return found === null ? undefined : Number(found[1])
}
