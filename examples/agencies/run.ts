// One sample agency by itself: `npm run agency -- education --port 4001`.
import { parseArgs } from 'node:util'
import { sampleAgencies } from './index.js'
import type { RunningAgency, SampleAgency } from './sample-agency.js'

const usage = `Usage: npm run agency -- <${[...sampleAgencies.keys()].join('|')}> [--port N] [--host ADDRESS]`

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

function readArguments(): { agency: SampleAgency; port: number; host: string } {
  try {
    const { values, positionals } = parseArgs({
      options: { port: { type: 'string', default: '0' }, host: { type: 'string', default: '127.0.0.1' } },
      allowPositionals: true,
    })
    const create = sampleAgencies.get(positionals[0] ?? '')
    const port = Number(values.port)
    if (create === undefined || positionals.length > 1 || !Number.isInteger(port) || port < 0 || port > 65_535)
      fail(usage)
    return { agency: create(), port, host: values.host }
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
}

const { agency, port, host } = readArguments()

async function listen(): Promise<RunningAgency> {
  try {
    return await agency.listen(port, host)
  } catch (error) {
    if (!isTaken(error)) throw error
    return fail(`Port ${port} is taken by another program: choose another --port.`)
  }
}

const running = await listen()
let stopping = false
const stop = (): void => {
  if (stopping) process.exit(0)
  stopping = true
  void running.close().then(() => process.exit(0))
}
process.on('SIGTERM', stop)
process.on('SIGINT', stop)
console.log(`${agency.title}: ${running.url}`)
for (const page of agency.pages) console.log(`  ${running.url}${page.path}  ${page.title}`)
