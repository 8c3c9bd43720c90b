import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createOutbound, type Outbound } from '../connectors/outbound/outbound.js'
import { createEndpointResolver } from '../connectors/outbound/endpoint-resolver.js'
import { silent } from '../harvest/silent-logger.fixture.js'
import type { ReadingProgram } from '../harvest/reading/reading-process-start.js'
import { buildRecordTypes } from '../records/schema/build-record-types.js'
import { contractNames } from '../records/schema/names.js'
import { valueOrThrow } from '../records/schema/schema-problem.js'
import { ChildProbes } from './child-probes.js'

let folder: string
let temporary: string
let outbound: Outbound
const usualTemporary = process.env['TMPDIR']
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-child-probes-'))
  temporary = await mkdtemp(join(tmpdir(), 'gateway-temporary-'))
  process.env['TMPDIR'] = temporary
  outbound = createOutbound()
})
afterAll(async () => {
  await outbound[Symbol.asyncDispose]()
  if (usualTemporary === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = usualTemporary
  await rm(temporary, { recursive: true })
  await rm(folder, { recursive: true })
})

/** A program that does this when it is told what to probe. */
async function program(name: string, whenTold: string): Promise<ReadingProgram> {
  const module = join(folder, `${name}.mjs`)
  await writeFile(module, `process.once('message', () => { ${whenTold} })`)
  return { module, nodeOptions: [] }
}

function probesBy(running: ReadingProgram): ChildProbes {
  const types = valueOrThrow(buildRecordTypes([], [], 1))
  return new ChildProbes({
    logger: silent,
    databaseUrl: 'postgres://nobody@127.0.0.1:1/none',
    program: running,
    limits: { heapMegabytes: 48, residentMegabytes: 300, silenceMs: 1_000 },
    outbound,
    endpoints: createEndpointResolver({ samples: new Map(), bundled: undefined }),
    types: () => types,
    taken: contractNames,
    timeZone: 'Asia/Ho_Chi_Minh',
  })
}

const input = { url: 'http://agency.example/file.xlsx' }

test.each([
  ['computes for ever', 'for (;;);', 'TOO_DEMANDING'],
  ['needs more heap than it may', 'const all = []; for (;;) all.push(new Array(1e5).fill({}))', 'TOO_DEMANDING'],
  [
    'needs more memory beside the heap',
    'globalThis.all = Buffer.alloc(400e6, 1); setInterval(() => 0, 100)',
    'TOO_DEMANDING',
  ],
  ['ends by itself', 'process.exit(3)', 'INTERNAL'],
  ['is killed', 'process.kill(process.pid, "SIGKILL")', 'INTERNAL'],
])('a probe whose process %s is a report that says so, and leaves nothing', async (what, whenTold, code) => {
  const probes = probesBy(await program(what.replaceAll(' ', '-'), whenTold))
  const report = await probes.probe(input, { agency: undefined })
  expect(report).toMatchObject({ publishable: false, manifest: null, fault: { code }, records: [] })
  expect(await readdir(temporary)).toEqual([])
})

test('an input that is refused there is refused here, in the same words', async () => {
  const said = { kind: 'refused', code: 'BAD_USER_INPUT', message: 'No.', extensions: { problems: [] } }
  const probes = probesBy(await program('refuses', `process.send(${JSON.stringify(said)})`))
  await expect(probes.probe(input, { agency: undefined })).rejects.toMatchObject({
    name: 'GatewayError',
    code: 'BAD_USER_INPUT',
    message: 'No.',
    extensions: { problems: [] },
  })
})
