import { fork, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

export interface SampleLog {
  warn(details: object, message: string): void
}

export interface RunningSamples extends AsyncDisposable {
  /** Base URLs by code; one that is stopped keeps its own, where it is started again. */
  readonly urls: ReadonlyMap<string, string>
  /** Where one of them is stopped and started: `POST <switchUrl>/<code>/stop`. */
  readonly switchUrl: string | undefined
}

const startMs = 15_000
const stopMs = 2_000

const readiness = z.object({ urls: z.record(z.string(), z.string()), switchUrl: z.string() })

/**
 * Starts the sample agencies, all in one process, on the ports after `port` when they are free (0: any). When they do not start
 * or end that is told to the log and costs nothing else.
 */
export async function startSamples({
  port,
  log,
}: {
  readonly port: number
  readonly log: SampleLog
}): Promise<RunningSamples> {
  const child = fork(program(), ['--port', String(port)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  let stopping = false
  child.on('error', (error) => {
    log.warn({ err: error }, 'The sample agencies do not run')
  })
  child.once('exit', (status, signal) => {
    if (!stopping) log.warn({ status, signal }, 'The sample agencies have ended; npm run agency starts one by itself')
  })
  const ready = await readinessOf(child)
  if (ready === undefined) log.warn({}, 'The sample agencies did not start')
  return {
    urls: new Map(Object.entries(ready?.urls ?? {})),
    switchUrl: ready?.switchUrl,
    async [Symbol.asyncDispose]() {
      stopping = true
      await stop(child)
    },
  }
}

function program(): string {
  const compiled = join(import.meta.dirname, 'run-all.js')
  return existsSync(compiled) ? compiled : join(import.meta.dirname, 'run-all.ts')
}

function readinessOf(child: ChildProcess): Promise<z.infer<typeof readiness> | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(undefined)
    }, startMs)
    const done = (message: unknown): void => {
      clearTimeout(timer)
      const parsed = readiness.safeParse(message)
      resolve(parsed.success ? parsed.data : undefined)
    }
    child.once('message', done)
    child.once('exit', done)
    child.once('error', done)
  })
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      resolve()
      return
    }
    const timer = setTimeout(() => child.kill('SIGKILL'), stopMs)
    child.once('exit', () => {
      clearTimeout(timer)
      resolve()
    })
    child.kill('SIGTERM')
  })
}
