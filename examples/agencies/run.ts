// One sample agency by itself: `npm run agency -- education --port 4001`. The gateway starts it the same way.
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
const isChild = process.send !== undefined

async function listen(): Promise<RunningAgency> {
  try {
    return await agency.listen(port, host)
  } catch (error) {
    if (!isTaken(error)) throw error
    // The gateway learns from its child where it is; a person asked for this very port.
    if (isChild) return agency.listen(0, host)
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
if (isChild) {
  // Ctrl-C reaches the whole group: the gateway drains first, and its last harvest may still need us.
  process.on('SIGINT', () => undefined)
  // However the gateway ends, also by SIGKILL, the channel closes with it.
  process.on('disconnect', stop)
  process.send?.({ url: running.url })
} else {
  process.on('SIGINT', stop)
  console.log(`${agency.title}: ${running.url}`)
  for (const page of agency.pages) console.log(`  ${running.url}${page.path}  ${page.title}`)
}
