import { fork, type ChildProcess } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { sampleAgencies } from './index.js'

export interface SampleLog {
  warn(details: object, message: string): void
}

export interface RunningSamples extends AsyncDisposable {
  /** Base URLs by code; a sample that has ended keeps its own, since it may be started again there by hand. */
  readonly urls: ReadonlyMap<string, string>
}

const startMs = 15_000
const stopMs = 2_000

/**
 * Starts every sample agency in a process of its own, on the ports after `port` when they are free (0: any). One that does not
 * start or ends is told to the log and costs nothing else.
 */
export async function startSamples({
  port,
  log,
}: {
  readonly port: number
  readonly log: SampleLog
}): Promise<RunningSamples> {
  const urls = new Map<string, string>()
  const children: ChildProcess[] = []
  let stopping = false
  await Promise.all(
    [...sampleAgencies.keys()].map(async (code, index) => {
      const wanted = port === 0 || port + 1 + index > 65_535 ? 0 : port + 1 + index
      const child = fork(program(), [code, '--port', String(wanted)], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
      children.push(child)
      child.on('error', (error) => {
        log.warn({ err: error, agency: code }, 'A sample agency does not run')
      })
      child.once('exit', (status, signal) => {
        if (stopping) return
        log.warn(
          { agency: code, status, signal, url: urls.get(code) },
          'A sample agency has ended; npm run agency starts it again by itself',
        )
      })
      const url = await urlOf(child)
      if (url === undefined) log.warn({ agency: code }, 'A sample agency did not start')
      else urls.set(code, url)
    }),
  )
  return {
    urls: inOrder(urls),
    async [Symbol.asyncDispose]() {
      stopping = true
      await Promise.all(children.map(stop))
    },
  }
}

function inOrder(urls: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...sampleAgencies.keys()].flatMap((code) => {
      const url = urls.get(code)
      return url === undefined ? [] : [[code, url] as const]
    }),
  )
}

function program(): string {
  const compiled = join(import.meta.dirname, 'run.js')
  return existsSync(compiled) ? compiled : join(import.meta.dirname, 'run.ts')
}

function urlOf(child: ChildProcess): Promise<string | undefined> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve(undefined)
    }, startMs)
    const done = (url: string | undefined): void => {
      clearTimeout(timer)
      resolve(url)
    }
    child.once('message', (message) => {
      done(typeof message === 'object' && 'url' in message && typeof message.url === 'string' ? message.url : undefined)
    })
    child.once('exit', () => {
      done(undefined)
    })
    child.once('error', () => {
      done(undefined)
    })
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
