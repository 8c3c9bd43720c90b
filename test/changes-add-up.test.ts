import { afterAll, beforeAll, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parse, type DocumentNode, type ExecutionResult } from 'graphql'
import { z } from 'zod'
import { anonymous } from '../src/access/viewer.js'
import { encodeCursor } from '../src/changes/change-cursor.js'
import { stringifyResult } from '../src/records/query/run/raw-json.js'
import { cameras, createRegistrationWorld, csv, type RegistrationWorld } from './registration/registration-world.js'
import { administrator, coordinator } from './support/agency-http.js'
import type { MutableFile } from './support/mutable-file.js'

let world: RegistrationWorld
let file: MutableFile

beforeAll(async () => {
  world = await createRegistrationWorld()
  file = await world.serve(csv(['A0,Không']))
  const tolerant = { guards: { setAside: 0.05, drop: 1 } }
  await world.connect(cameras(file.url, 'followed', tolerant), administrator)
})
afterAll(() => world.dispose())

const recordSchema = z.object({ code: z.string(), name: z.string() })
const eventSchema = z.object({
  type: z.enum(['ADDED', 'CHANGED', 'REMOVED', 'LOADED']),
  cursor: z.string(),
  record: recordSchema.nullable(),
  previous: recordSchema.nullable(),
})
const resultSchema = z.object({
  data: z.object({ trafficCameraChanges: eventSchema }),
  errors: z.array(z.unknown()).optional(),
})
const readSchema = z.object({
  trafficCameras: z.object({ changesCursor: z.string(), nodes: z.array(recordSchema) }),
})

const read = async (): Promise<z.infer<typeof readSchema>['trafficCameras']> => {
  const { data } = await world.query('{ trafficCameras(first: 1000) { changesCursor nodes { code name } } }')
  return readSchema.parse(data).trafficCameras
}

/** What a client keeps by itself: the rows that it read once, and since then only what it is told. */
class Follower {
  readonly rows = new Map<string, string>()
  readonly seen = new Set<string>()
  private stop = new AbortController()
  private events: AsyncIterator<ExecutionResult> | undefined

  constructor(
    private readonly document: DocumentNode,
    private cursor: string,
    rows: readonly z.infer<typeof recordSchema>[],
  ) {
    for (const { code, name } of rows) this.rows.set(code, name)
  }

  /** Reads events until the last of a position before or at this one has come. */
  async follow(until: string): Promise<void> {
    while (!this.seen.has(until)) {
      this.events ??= await this.connect()
      const next = await this.events.next()
      if (next.done === true) throw new Error('The subscription ended.')
      const result = resultSchema.parse(JSON.parse(stringifyResult(next.value)))
      if (result.errors !== undefined) throw new Error(JSON.stringify(result.errors))
      const event = result.data.trafficCameraChanges
      // Neither lost nor repeated: each cursor comes once.
      expect(this.seen.has(event.cursor)).toBe(false)
      this.take(event)
    }
  }

  /** The line is cut: what was not read of it yet comes again. */
  disconnect(): void {
    this.stop.abort(new Error('The client has left.'))
    this.stop = new AbortController()
    this.events = undefined
  }

  private take({ type, cursor, record, previous }: z.infer<typeof eventSchema>): void {
    this.seen.add(cursor)
    this.cursor = cursor
    if (type !== 'ADDED') expect(this.rows.get(previous?.code ?? '')).toBe(previous?.name)
    if (type === 'REMOVED') this.rows.delete(previous?.code ?? '')
    else if (record !== null) this.rows.set(record.code, record.name)
  }

  private async connect(): Promise<AsyncIterator<ExecutionResult>> {
    const { service } = world.gateway
    const events = await service.subscribe({
      schema: service.schema(),
      document: this.document,
      operationName: undefined,
      variables: { after: this.cursor },
      viewer: anonymous,
      signal: this.stop.signal,
    })
    if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events))
    return events[Symbol.asyncIterator]()
  }
}

const followed = parse(
  'subscription ($after: String) { trafficCameraChanges(after: $after) { type cursor record { code name } previous { code name } } }',
)

const version = fc.uniqueArray(
  fc.record({ code: fc.constantFrom('A', 'B', 'C', 'Đ', 'E', 'F'), name: fc.constantFrom('một', 'hai', 'ba') }),
  { selector: ({ code }) => code, minLength: 1 },
)
const steps = fc.array(fc.record({ version, cut: fc.boolean() }), { minLength: 4, maxLength: 8 })

test('what a subscriber is told adds up to what there is, over cuts of its line', async () => {
  let marks = 0
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      await world.run('followed', coordinator)
      const first = await read()
      const follower = new Follower(followed, first.changesCursor, first.nodes)
      for (const { version: rows, cut } of taken) {
        if (cut) follower.disconnect()
        // A row that is new each time, so that each version has a last event to wait for.
        marks += 1
        file.replace(csv([`mark,${marks}`, ...rows.map(({ code, name }) => `${code},${name}`)]))
        await world.run('followed', coordinator)
        const now = await read()
        const last = await lastCursor()
        await follower.follow(last)
        expect([...follower.rows].sort()).toEqual(now.nodes.map(({ code, name }) => [code, name]).sort())
      }
      follower.disconnect()
    }),
    { numRuns: 5, seed: 20250630 },
  )
})

/** The cursor of the newest event, as a subscriber gets it. */
async function lastCursor(): Promise<string> {
  const { rows } = await world.database.pool.query<{ position: string; seq: number }>(
    'select position, seq from gateway.change_event order by position desc, seq desc limit 1',
  )
  const [last] = rows
  return last === undefined ? '' : encodeCursor({ position: BigInt(last.position), seq: last.seq })
}
