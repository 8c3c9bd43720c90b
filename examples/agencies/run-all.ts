// All sample agencies in one process, for the gateway: `run-all --port 4000` takes the ports after 4000 when they are free.
import { createServer, type Server } from 'node:http'
import { parseArgs } from 'node:util'
import { sampleAgencies } from './index.js'
import type { RunningAgency, SampleAgency } from './sample-agency.js'

const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } })
const base = Number(values.port)
const host = '127.0.0.1'

/** One agency that can be stopped and started again on its port, as an outage would have it. */
class StoppableAgency {
  private running: RunningAgency | undefined
  private port: number

  constructor(
    private readonly agency: SampleAgency,
    wanted: number,
  ) {
    this.port = wanted
  }

  async start(): Promise<string> {
    this.running ??= await this.agency.listen(this.port, host).catch((error: unknown) => {
      if (!isTaken(error)) throw error
      return this.agency.listen(0, host)
    })
    this.port = Number(new URL(this.running.url).port)
    return this.running.url
  }

  async stop(): Promise<void> {
    const { running } = this
    this.running = undefined
    await running?.close()
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

const portAfter = (index: number): number => (base === 0 || base + 1 + index > 65_535 ? 0 : base + 1 + index)
const agencies = new Map<string, StoppableAgency>()
const urls: Record<string, string> = {}
for (const [index, [code, create]] of [...sampleAgencies].entries()) {
  const agency = new StoppableAgency(create(), portAfter(index))
  try {
    urls[code] = await agency.start()
    agencies.set(code, agency)
  } catch (error) {
    // The others run without it.
    console.error(`The sample agency ${code} does not start: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const switches = createServer((request, response) => {
  const [, code = '', action = ''] = (request.url ?? '').split('/')
  const agency = agencies.get(code)
  const answer = (status: number, text: string): void => {
    response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(`${text}\n`)
  }
  const usage = `POST /<${[...agencies.keys()].join('|')}>/<stop|start>`
  if (request.method !== 'POST') {
    answer(200, usage)
    return
  }
  if (agency === undefined || (action !== 'stop' && action !== 'start')) {
    answer(404, usage)
    return
  }
  const done = action === 'stop' ? agency.stop() : agency.start()
  done.then(
    () => {
      answer(200, `${code}: ${action === 'stop' ? 'stopped' : 'started'}`)
    },
    (error: unknown) => {
      answer(500, String(error))
    },
  )
})

async function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      if (!isTaken(error) || port === 0) reject(error)
      else listen(server, 0).then(resolve, reject)
    })
    server.listen(port, host, () => {
      const address = server.address()
      resolve(`http://${host}:${typeof address === 'object' && address !== null ? address.port : port}`)
    })
  })
}

const switchUrl = await listen(switches, portAfter(sampleAgencies.size))

let stopping = false
const stop = (): void => {
  if (stopping) process.exit(0)
  stopping = true
  switches.close()
  void Promise.allSettled([...agencies.values()].map((agency) => agency.stop())).then(() => process.exit(0))
}
process.on('SIGTERM', stop)
// Ctrl-C reaches the whole group: the gateway drains first, and its last harvest may still need us.
process.on('SIGINT', () => undefined)
// However the gateway ends, also by SIGKILL, the channel closes with it.
process.on('disconnect', stop)
process.send?.({ urls, switchUrl })
