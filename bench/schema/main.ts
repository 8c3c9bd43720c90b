// npm run bench:schema [-- --types N --swaps N]: what it costs to add and to change record types when there are many.
import { once } from 'node:events'
import { createServer } from 'node:http'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createClient } from 'graphql-ws'
import { getIntrospectionQuery } from 'graphql'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { startEmbeddedDatabase } from '../../src/database/embedded/embedded-database.js'
import { startServer } from '../load/server-process.js'
import { ask, register } from '../neighbours/api.js'
import { markdown, median } from '../report/table.js'
import { pluralOf, stationType } from './station-type.js'
import { askSteadily } from './steady-queries.js'

const { values } = parseArgs({ options: { types: { type: 'string' }, swaps: { type: 'string' } } })
const positive = z.coerce.number().int().positive()
const types = positive.parse(values.types ?? 500)
const swaps = positive.parse(values.swaps ?? 50)
const root = join(import.meta.dirname, '..', '..')
const folder = join(root, 'data', 'bench-schema')
const silent = (): void => undefined
const rows: string[][] = [['', 'measured', 'to reach']]

await rm(folder, { recursive: true, force: true })
await using stack = new AsyncDisposableStack()
stack.defer(() => rm(folder, { recursive: true, force: true }))
const log = { debug: silent, info: silent, warn: silent, error: console.error }
const database = stack.use(
  await startEmbeddedDatabase({ folder: join(folder, 'database'), log, settings: { max_connections: '100' } }),
)
// The system of an agency, whose file is another one each time.
let editions = 0
const agency = createServer((_, response) => {
  editions += 1
  response.end(`code,name\nA1,Trạm số ${editions}\n`)
}).listen(0, '127.0.0.1')
await once(agency, 'listening')
stack.defer(() => {
  agency.close()
})
const agencyUrl = `http://127.0.0.1:${z.object({ port: z.number() }).parse(agency.address()).port}`
const { port } = stack.use(
  await startServer({
    name: 'gateway',
    words: [
      ...['--expose-gc', '--max-semi-space-size=8', '--import', join(root, 'bench', 'typescript.mjs')],
      join(import.meta.dirname, 'gateway-server.ts'),
    ],
    environment: { DATABASE_URL: database.url, BENCH_FOLDER: join(folder, 'gateway'), AGENCY_URL: agencyUrl },
    core: 'any',
  }),
)

// Types are added one after the other, and each is asked for at once.
const adding: number[] = []
const asking: number[] = []
for (let number = 1; number <= types; number += 1) {
  adding.push(await accept(stationType(number)))
  asking.push(await timed(() => askUnavailable(questionOf(number))))
  if (number % 50 === 0) console.error(`${number} types`)
}
for (const number of [5, 50, types].filter((each) => each <= types)) {
  const around = (times: readonly number[]): string => ms(median(times.slice(Math.max(0, number - 9), number + 4)))
  rows.push([`adding the ${number}th type (median of those about it)`, around(adding), ''])
  rows.push([`the first query of the ${number}th type`, around(asking), ''])
}

// Changes of types, while others ask and one follows.
const followed = [1, 2]
for (const number of followed) await register(port, connectorOf(number))
await until(async () =>
  (await Promise.allSettled(followed.map((number) => ask(port, questionOf(number))))).every(
    ({ status }) => status === 'fulfilled',
  ),
)
const before = await memory()
let ended = 0
let told = 0
const socket = createClient({ url: `ws://127.0.0.1:${port}/graphql`, webSocketImpl: WebSocket, lazy: false })
stack.defer(() => socket.dispose())
const end = (): void => {
  ended += 1
}
const tell = (): void => {
  told += 1
}
socket.subscribe({ query: 'subscription { station2Changes { cursor } }' }, { next: tell, error: end, complete: end })
const asked = [...followed, 2].map((number) => askSteadily(port, questionOf(number)))
const swapping: number[] = []
for (let swap = 1; swap <= swaps; swap += 1) swapping.push(await accept(stationType(3 + (swap % 7), swap + 1)))
const noticed = await Promise.all(asked.map((end) => end()))
const toldBefore = told
await ask(port, 'mutation { runConnector(code: "stations-2") { id } }')
await until(() => Promise.resolve(told > toldBefore))
const endedBefore = ended
await socket.dispose()
const after = await memory()
rows.push(
  [`changing one of ${types} types (median of ${swaps})`, ms(median(swapping)), '2,000 ms'],
  ['the slowest of them', ms(Math.max(...swapping)), '2,000 ms'],
  [
    'queries meanwhile: answered, failed, slowest',
    `${sum(noticed.map((each) => each.answers))}, ${sum(noticed.map((each) => each.failures.length))}, ${ms(Math.max(...noticed.map((each) => each.longest)))}`,
    'none failed',
  ],
  ['subscriptions that ended', String(endedBefore), '0'],
  [`heap before and after ${swaps} changes`, `${mb(before.heapUsed)}, ${mb(after.heapUsed)}`, 'as before'],
)
for (const { failures } of noticed) if (failures[0] !== undefined) console.error(failures[0])

// Older schemas that somebody still uses, each of them asked as the first was.
const older = 5
const followers = createClient({ url: `ws://127.0.0.1:${port}/graphql`, webSocketImpl: WebSocket, lazy: false })
stack.defer(() => followers.dispose())
const single = await memory()
for (let schema = 1; schema <= older; schema += 1) {
  for (let number = 1; number <= Math.min(types, 20); number += 1) await askUnavailable(questionOf(number))
  followers.subscribe(
    { query: 'subscription { station1Changes { cursor } }' },
    { next: silent, error: end, complete: end },
  )
  // It has begun once a question that was sent after it is answered.
  const answered = Promise.withResolvers<undefined>()
  followers.subscribe(
    { query: '{ __typename }' },
    {
      next: silent,
      error: answered.reject,
      complete: () => {
        answered.resolve(undefined)
      },
    },
  )
  await answered.promise
  await accept(stationType(3, swaps + 1 + schema))
}
const several = await memory()
await followers.dispose()

// One that asks for all of it.
const beside = askSteadily(port, questionOf(2))
const introspection = getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true })
let introspected: unknown
const first = await timed(async () => {
  introspected = await ask(port, introspection)
})
const again = await timed(() => ask(port, introspection))
const { longest } = await beside()
const whole = await memory()
const perSchema = (several.heapUsed - single.heapUsed) / older
rows.push(
  [
    'introspection: size, the first time, again',
    `${mb(Buffer.byteLength(JSON.stringify(introspected)))}, ${ms(first)}, ${ms(again)}`,
    '',
  ],
  ['a query beside it, at most', ms(longest), ''],
  ['heap that each older schema takes which is still followed', mb(perSchema), '200 MB'],
  [
    'RSS before the changes, after them, after introspection',
    `${mb(before.rss)}, ${mb(after.rss)}, ${mb(whole.rss)}`,
    '',
  ],
)
console.log(markdown(rows))

/** Milliseconds to accept a proposed type. */
async function accept(schema: object): Promise<number> {
  const proposed = await ask(port, 'mutation($schema: JSON!) { proposeRecordType(schema: $schema) { id } }', { schema })
  const { proposeRecordType } = z.object({ proposeRecordType: z.object({ id: z.string() }) }).parse(proposed)
  return timed(() => ask(port, 'mutation($id: ID!) { acceptRecordType(id: $id) { status } }', proposeRecordType))
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await act()
  return performance.now() - began
}

/** Asks for records of a type that no source has: planned as any other, and then refused. */
async function askUnavailable(question: string): Promise<void> {
  try {
    await ask(port, question)
  } catch (error) {
    if (!String(error).includes('"SOURCE_UNAVAILABLE"')) throw error
  }
}

function connectorOf(number: number): Parameters<typeof register>[1] {
  const refresh = { mode: 'snapshot', every: 'PT1H' }
  const recordType = `Station${number}`
  return { code: `stations-${number}`, driver: 'csv', url: agencyUrl, recordType, fields: ['code', 'name'], refresh }
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  const patience = AbortSignal.timeout(60_000)
  while (!(await holds())) {
    patience.throwIfAborted()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

function questionOf(number: number): string {
  const records = `${pluralOf(number)}(where: { open: { eq: true }, near: { name: { eq: "a" } } }, orderBy: [{ issuedOn: DESC }])`
  return `{ ${records} { totalCount nodes { code name near { name } } } }`
}

async function memory(): Promise<{ heapUsed: number; rss: number }> {
  const response = await fetch(`http://127.0.0.1:${port}/memory`)
  return z.object({ heapUsed: z.number(), rss: z.number() }).parse(await response.json())
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}

function ms(milliseconds: number): string {
  return `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`
}

function mb(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MB`
}
