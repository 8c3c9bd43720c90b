import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { codes, HarvestBench, schoolsCsv, schoolsManifest, silent, until } from '../harvest/harvest.fixture.js'
import type { Harvest } from '../harvest/harvest.js'
import { inTransaction } from '../harvest/transaction.js'
import { cursorAfterPosition, decodeCursor, encodeCursor } from './change-cursor.js'
import { ChangeFeed } from './change-feed.js'
import { pruneChanges } from './prune-changes.js'
import { feedPosition, readChanges, type ChangeEvent } from './read-changes.js'

let bench: HarvestBench
let harvest: Harvest
let feed: ChangeFeed
beforeAll(async () => {
  bench = await HarvestBench.open()
  harvest = await bench.replica()
  feed = new ChangeFeed({ pool: bench.database.pool, listener: harvest.listener, logger: silent, pageSize: 7 })
  feed.start()
})
afterAll(async () => {
  feed.stop()
  await bench.dispose()
})

let name = ''
let tests = 0
let connectorId = 0
beforeEach(async () => {
  name = `feed-${++tests}`
  connectorId = (await bench.register(schoolsManifest(bench.upstream, name))).connectorId
})

const publish = async (pupils: number, keys = ['a', 'b', 'c'], dataset = name, id = connectorId) => {
  bench.upstream.serve(
    `/${dataset}.csv`,
    schoolsCsv(keys, () => String(pupils)),
  )
  const result = await harvest.run(id, 'manual')
  expect(result.outcome).toBe('PUBLISHED')
}
const shown = (events: readonly ChangeEvent[]) => events.map(({ type, key }) => `${type} ${key ?? '*'}`)

async function take(pages: AsyncIterableIterator<readonly ChangeEvent[]>, count: number): Promise<ChangeEvent[]> {
  const events: ChangeEvent[] = []
  while (events.length < count) {
    const next = await pages.next()
    if (next.done === true) break
    events.push(...next.value)
  }
  return events
}

describe('a subscription', () => {
  test('delivers what is published after it began, over several pages', async () => {
    await publish(1)
    const pages = await feed.subscribe({})
    await publish(2, codes('s', 20))
    const events = await take(pages, 23)
    expect(events.filter((event) => event.type === 'ADDED')).toHaveLength(20)
    expect(events.filter((event) => event.type === 'REMOVED')).toHaveLength(3)
    await pages.return?.()
  })

  test('resumes after any cursor and sees each event exactly once', async () => {
    const start = await feedPosition(bench.database.pool)
    await publish(1)
    await publish(2)
    await publish(3, ['a', 'b', 'c', 'd'])
    const all = await take(await feed.subscribe({ after: start }), 8)
    expect(shown(all)).toEqual([
      'LOADED *',
      'CHANGED a',
      'CHANGED b',
      'CHANGED c',
      'CHANGED a',
      'CHANGED b',
      'CHANGED c',
      'ADDED d',
    ])
    for (const [index, { cursor }] of all.entries()) {
      const after = decodeCursor(encodeCursor(cursor))
      const rest = await readChanges(bench.database.pool, { after, limit: 100 })
      expect(shown(rest.events)).toEqual(shown(all.slice(index + 1)))
    }
  })

  test('sees only the datasets and types that it asks for, and wakes for them after others', async () => {
    const datasetId = await bench.dataset(name)
    const pages = await feed.subscribe({ datasets: [datasetId], recordTypes: ['School'] })
    const other = `${name}-other`
    const { connectorId: otherId } = await bench.register(schoolsManifest(bench.upstream, other))
    await publish(1, ['x'], other, otherId)
    const next = take(pages, 1)
    await publish(1)
    expect(await next).toMatchObject([{ type: 'LOADED', datasetCode: name }])
    await pages.return?.()
  })

  test('ends when its consumer returns or aborts, although nothing is published, and leaves nothing behind', async () => {
    const abort = new AbortController()
    const returned = await feed.subscribe({})
    const aborted = await feed.subscribe({ signal: abort.signal })
    const pending = [returned.next(), aborted.next()]
    await until(() => feed.waiting === 2)
    await returned.return?.()
    abort.abort()
    expect(await Promise.all(pending)).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ])
    expect(feed.waiting).toBe(0)
  })

  test('misses nothing while the listening connection is down', async () => {
    const pages = await feed.subscribe({})
    const next = take(pages, 1)
    await bench.rows(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gateway listener' and datname = current_database()`,
    )
    await publish(1)
    expect(shown(await next)).toEqual(['LOADED *'])
    await pages.return?.()
  })
})

describe('a cursor', () => {
  test.each([
    '',
    'x',
    'YzEuMS4',
    encodeCursor({ position: 1n, seq: 1 }) + '=',
    Buffer.from('c1.01.1').toString('base64url'),
  ])('that is none of ours is refused: %p', (text) => {
    expect(() => decodeCursor(text)).toThrow(expect.objectContaining({ code: 'CURSOR_INVALID' }))
  })

  test('ahead of the feed is refused', async () => {
    const after = cursorAfterPosition(10n ** 12n)
    await expect(readChanges(bench.database.pool, { after, limit: 1 })).rejects.toMatchObject({
      code: 'CURSOR_INVALID',
    })
  })

  test('expires when the events after it are pruned; one behind them stays valid', async () => {
    const before = await feedPosition(bench.database.pool)
    await publish(1)
    await publish(2)
    const pruned = await feedPosition(bench.database.pool)
    await publish(3)
    await bench.rows(`update gateway.change_event set at = at - interval '8 days' where position <= $1`, [
      pruned.position,
    ])
    await inTransaction(bench.database.pool, (client) => pruneChanges(7).run(client))
    await expect(readChanges(bench.database.pool, { after: before, limit: 10 })).rejects.toMatchObject({
      code: 'CURSOR_EXPIRED',
    })
    const page = await readChanges(bench.database.pool, { after: pruned, limit: 10 })
    expect(shown(page.events)).toEqual(['CHANGED a', 'CHANGED b', 'CHANGED c'])
  })
})

test('positions of datasets that are published at the same time never appear below one already seen', async () => {
  const many = await Promise.all(
    codes(`${name}-`, 8).map(async (code) => ({
      code,
      id: (await bench.register(schoolsManifest(bench.upstream, code))).connectorId,
    })),
  )
  let after = await feedPosition(bench.database.pool)
  const pages = await feed.subscribe({ after })
  const publishing = new AbortController()
  const seen: ChangeEvent[] = []
  const reading = (async () => {
    while (!publishing.signal.aborted) {
      const page = await readChanges(bench.database.pool, { after, limit: 3 })
      seen.push(...page.events)
      after = page.cursor
    }
  })()
  await Promise.all(
    many.map(async ({ code, id }) => {
      for (let round = 1; round <= 4; round++) await publish(round, ['a', 'b'], code, id)
    }),
  )
  const expected = 8 * (1 + 3 * 2)
  await until(() => seen.length >= expected)
  publishing.abort()
  await reading
  expect(seen).toHaveLength(expected)
  const positions = seen.map(({ cursor }) => Number(cursor.position) * 1000 + cursor.seq)
  expect(positions).toEqual([...positions].sort((a, b) => a - b))
  expect(new Set(positions).size).toBe(expected)
  expect((await take(pages, expected)).map(({ cursor }) => encodeCursor(cursor))).toEqual(
    seen.map(({ cursor }) => encodeCursor(cursor)),
  )
  await pages.return?.()
})

test('readers never see rows of two versions while versions are applied', async () => {
  const keys = codes('k', 300)
  await publish(0, keys)
  const publishing = new AbortController()
  const versions = new Set<number>()
  const readers = Array.from({ length: 8 }, async () => {
    while (!publishing.signal.aborted) {
      const rows = await bench.rows<{ fewest: number; most: number; count: number; version: number; told: number }>(
        `select min(pupils) as fewest, max(pupils) as most, count(*)::int as count, max(r._version) as version, max(d.version) as told
         from records."School" r join gateway.dataset d on d.id = r._dataset where d.code = $1`,
        [name],
      )
      const row = rows[0]!
      expect(row).toMatchObject({ fewest: row.most, count: 300, version: row.told })
      versions.add(row.told)
    }
  })
  for (let round = 1; round <= 10; round++) await publish(round, keys)
  publishing.abort()
  await Promise.all(readers)
  expect(versions.size).toBeGreaterThan(1)
})
