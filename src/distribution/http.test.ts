import { once } from 'node:events'
import { request } from 'node:http'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { until } from '../../test/support/until.js'
import { createDownloadWorld, type DownloadWorld } from './downloads.fixture.js'

let downloads: DownloadWorld
beforeAll(async () => {
  downloads = await createDownloadWorld({ all: 2, perClient: 2, patienceMs: 50, waiting: 1 })
  await downloads.grow(60_000)
})
afterAll(async () => {
  await downloads.dispose()
})

const base = '/datasets/primary-schools/schools'
const few = `${base}.csv?where={"key":{"in":["a","b","c"]}}`
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer())

/** Connections that read rows now, and what they wait for. */
async function copies(): Promise<string[]> {
  const { rows } = await downloads.world.database.pool.query<{ wait_event: string | null }>(
    `select wait_event from pg_stat_activity
     where application_name = 'gateway downloads' and state <> 'idle' and datname = current_database()`,
  )
  return rows.map((row) => row.wait_event ?? '')
}

/** A client that reads the head of the answer and then nothing more. */
async function stalled(path: string): Promise<{ leave(): void; status: number }> {
  const sent = request(downloads.url + path, { headers: { connection: 'close' } })
  sent.on('error', () => undefined)
  sent.end()
  const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage]
  response.on('error', () => undefined)
  response.pause()
  return { status: response.statusCode ?? 0, leave: () => sent.destroy() }
}

test('what is sent says its name, its type and its version', async () => {
  const response = await downloads.get(few)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="primary-schools_schools_v2_2025-07-03.csv"; filename*=UTF-8''primary-schools_schools_v2_2025-07-03.csv`,
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    'last-modified': 'Wed, 02 Jul 2025 02:00:00 GMT',
    'accept-ranges': 'bytes',
    vary: 'accept-encoding',
  })
  await response.arrayBuffer()
})

describe('a client that has the file already', () => {
  test('is told so by its tag, without a row being read', async () => {
    const first = await downloads.get(few)
    const tag = first.headers.get('etag')!
    await first.arrayBuffer()
    const readBefore = await rowsRead()
    for (const known of [tag, `W/${tag}`, `"other", ${tag}`, tag.replace(/"$/, '-gzip"')]) {
      const again = await downloads.get(few, { 'if-none-match': known })
      expect(again.status).toBe(304)
      expect(again.headers.get('etag')).toBe(tag)
      expect(await again.text()).toBe('')
    }
    expect(await rowsRead()).toBe(readBefore)
  })

  test('is told so by its date', async () => {
    expect((await downloads.get(few, { 'if-modified-since': 'Wed, 02 Jul 2025 02:00:00 GMT' })).status).toBe(304)
    const older = await downloads.get(few, { 'if-modified-since': 'Wed, 02 Jul 2025 01:59:59 GMT' })
    expect(older.status).toBe(200)
    await older.arrayBuffer()
  })

  test('gets another file for other parameters and other formats', async () => {
    const tags = await Promise.all(
      ['.csv?bom=1', '.csv', '.ndjson', '.json', '.csv?labels=vi', '.csv?asOf=2025-07-01'].map(async (path) => {
        const response = await fetch(`${downloads.url}${base}${path}`, { method: 'HEAD' })
        return response.headers.get('etag')
      }),
    )
    expect(new Set(tags).size).toBe(6)
  })

  test('gets the new file after a new version', async () => {
    const tag = (await fetch(downloads.url + few, { method: 'HEAD' })).headers.get('etag')!
    const { pool } = downloads.world.database
    await pool.query(`update gateway.resource set version = 1 where name = 'schools'`)
    expect((await fetch(downloads.url + few, { method: 'HEAD' })).headers.get('etag')).not.toBe(tag)
    await pool.query(`update gateway.resource set version = 2 where name = 'schools'`)
    expect((await fetch(downloads.url + few, { method: 'HEAD' })).headers.get('etag')).toBe(tag)
  })
})

/** Rows of the record table that were read by any statement so far. */
async function rowsRead(): Promise<string> {
  const { rows } = await downloads.world.database.pool.query<{ read: string }>(
    `select pg_stat_force_next_flush()::text, (seq_tup_read + coalesce(idx_tup_fetch, 0))::text as read
     from pg_stat_user_tables where relname = 'School'`,
  )
  return rows[0]?.read ?? ''
}

test('HEAD says what GET would, and the length once it is known', async () => {
  const path = `${base}.csv?where={"pupils":{"lt":50}}`
  const before = await fetch(downloads.url + path, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
  expect(before.status).toBe(200)
  expect(before.headers.get('content-length')).toBe(null)
  const file = await bytesOf(await downloads.get(path))
  const after = await fetch(downloads.url + path, { method: 'HEAD', headers: { 'accept-encoding': 'identity' } })
  expect(after.headers.get('content-length')).toBe(String(file.length))
  expect(after.headers.get('etag')).toBe(before.headers.get('etag'))
  const again = await downloads.get(path)
  expect(again.headers.get('content-length')).toBe(String(file.length))
  expect(await bytesOf(again)).toEqual(file)
})

test('the file is whole however its address is spelt', async () => {
  for (const format of ['json', 'geojson', 'xlsx']) {
    const plain = await bytesOf(await downloads.get(`${base}.${format}?fields=code,name&labels=vi`))
    const paths = [
      `${base}.${format}?labels=v%69&fields=code%2Cname`,
      `/datasets/schools-again/schools.${format}?fields=code,name&labels=vi&`,
    ]
    for (const path of paths) expect((await bytesOf(await downloads.get(path))).equals(plain)).toBe(true)
  }
})

test('what a file says of its dataset is part of its tag', async () => {
  const { pool } = downloads.world.database
  const tags = () =>
    Promise.all(
      ['csv', 'json', 'geojson', 'xlsx', 'xml'].map(async (format) => {
        const response = await fetch(`${downloads.url}${base}.${format}`, { method: 'HEAD' })
        return response.headers.get('etag')
      }),
    )
  const [csv, ...before] = await tags()
  await pool.query(`update gateway.dataset set license = 'CC0-1.0' where code = 'primary-schools'`)
  try {
    const [unchanged, ...after] = await tags()
    expect(unchanged).toBe(csv)
    for (const tag of after) expect(before).not.toContain(tag)
  } finally {
    await pool.query(`update gateway.dataset set license = 'CC-BY-4.0' where code = 'primary-schools'`)
  }
})

describe('compression', () => {
  test.each([
    ['gzip', 'gzip', gunzipSync],
    ['br, gzip', 'br', brotliDecompressSync],
    ['gzip;q=1.0, br;q=0.5', 'gzip', gunzipSync],
  ])('Accept-Encoding: %s gives %s', async (accept, coding, unpack) => {
    const plain = await bytesOf(await downloads.get(`${base}.csv`))
    const sent = request(`${downloads.url}${base}.csv`, { headers: { 'accept-encoding': accept } })
    sent.end()
    const [response] = (await once(sent, 'response')) as [import('node:http').IncomingMessage]
    expect(response.headers['content-encoding']).toBe(coding)
    expect(response.headers.etag).toMatch(new RegExp(`-${coding}"$`))
    const packed = Buffer.concat(await response.toArray())
    expect(packed.length).toBeLessThan(plain.length / 4)
    expect(unpack(packed).equals(plain)).toBe(true)
  })

  test.each(['gzip;q=0.5, identity;q=0.9', 'identity;q=0.1, gzip;q=0', 'zstd', ''])(
    'Accept-Encoding: %s gives the file as it is',
    async (accept) => {
      const response = await downloads.get(few, { 'accept-encoding': accept })
      expect(response.headers.get('content-encoding')).toBe(null)
      await response.arrayBuffer()
    },
  )

  test('is not put on top of a workbook', async () => {
    const response = await downloads.get(few.replace('.csv', '.xlsx'), { 'accept-encoding': 'gzip' })
    expect(response.headers.get('content-encoding')).toBe(null)
    expect((await bytesOf(response)).subarray(0, 2).toString()).toBe('PK')
  })
})

describe('ranges', () => {
  test.each(['csv', 'json', 'xml', 'xlsx'])('a cut download of %s goes on where it was cut', async (format) => {
    const path = `${base}.${format}?where={"pupils":{"lte":3000}}`
    const cut = await downloads.get(path, { range: 'bytes=1000-' })
    expect(cut.status).toBe(206)
    const rest = await bytesOf(cut)
    const whole = await bytesOf(await downloads.get(path))
    expect(cut.headers.get('content-range')).toBe(`bytes 1000-${whole.length - 1}/${whole.length}`)
    expect(cut.headers.get('content-length')).toBe(String(whole.length - 1000))
    expect(rest.equals(whole.subarray(1000))).toBe(true)
    const tag = cut.headers.get('etag')!
    const middle = await downloads.get(path, { range: 'bytes=10-19', 'if-range': tag })
    expect(middle.status).toBe(206)
    expect((await bytesOf(middle)).equals(whole.subarray(10, 20))).toBe(true)
    const tail = await downloads.get(path, { range: 'bytes=-5' })
    expect((await bytesOf(tail)).equals(whole.subarray(-5))).toBe(true)
    const changed = await downloads.get(path, { range: 'bytes=10-19', 'if-range': '"another"' })
    expect(changed.status).toBe(200)
    expect((await bytesOf(changed)).length).toBe(whole.length)
    for (const condition of [{ 'if-match': '"another"' }, { 'if-unmodified-since': 'Wed, 02 Jul 2025 01:59:59 GMT' }]) {
      const gone = await downloads.get(path, { range: 'bytes=10-19', ...condition })
      expect([gone.status, await gone.text()]).toEqual([412, ''])
    }
    for (const condition of [
      { 'if-match': `"x", ${tag}` },
      { 'if-unmodified-since': cut.headers.get('last-modified')! },
    ]) {
      const same = await downloads.get(path, { range: 'bytes=10-19', ...condition })
      expect(same.status).toBe(206)
      expect((await bytesOf(same)).equals(whole.subarray(10, 20))).toBe(true)
    }
    const beyond = await downloads.get(path, { range: `bytes=${whole.length}-` })
    expect(beyond.status).toBe(416)
    expect(beyond.headers.get('content-range')).toBe(`bytes */${whole.length}`)
    await beyond.arrayBuffer()
  })
})

describe('a slow client', () => {
  test('slows Postgres down, and frees it at once when it leaves', async () => {
    await until('no copy runs', async () => (await copies()).length === 0)
    const client = await stalled(`${base}.csv`)
    await until('Postgres waits for the client', async () => (await copies()).includes('ClientWrite'))
    client.leave()
    await until('the copy was ended', async () => (await copies()).length === 0)
    expect(downloads.failures).toEqual([])
    // The slot is free again too.
    expect((await downloads.get(few)).status).toBe(200)
  })

  test.each(['xlsx', 'json'])('that leaves in the middle of %s frees it as well', async (format) => {
    const client = await stalled(`${base}.${format}`)
    client.leave()
    await until('the copy was ended', async () => (await copies()).length === 0)
    expect(downloads.failures).toEqual([])
  })

  test('keeps others away only up to the limit', async () => {
    const clients = [await stalled(`${base}.csv`), await stalled(`${base}.ndjson`)]
    const refused = await downloads.get(few)
    expect(refused.status).toBe(429)
    expect(refused.headers.get('retry-after')).toBe('5')
    expect(await refused.json()).toMatchObject({ code: 'RATE_LIMITED', limit: 2 })
    // What needs no rows is answered all the same.
    expect((await fetch(downloads.url + few, { method: 'HEAD' })).status).toBe(200)
    for (const client of clients) client.leave()
    await until('the copies were ended', async () => (await copies()).length === 0)
    await until('a slot is free', async () => (await downloads.get(few)).status === 200)
  })
})

test.each(['csv', 'xml', 'ndjson'])(
  'a file (%s) whose connection to Postgres breaks is cut off, not ended',
  async (format) => {
    await until('no copy runs', async () => (await copies()).length === 0)
    const client = request(`${downloads.url}${base}.${format}`, { headers: { 'accept-encoding': 'identity' } })
    client.end()
    const [response] = (await once(client, 'response')) as [import('node:http').IncomingMessage]
    response.pause()
    await until('Postgres waits for the client', async () => (await copies()).includes('ClientWrite'))
    await downloads.world.database.pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gateway downloads' and state <> 'idle' and datname = current_database()`,
    )
    const ended = Promise.allSettled([response.toArray()])
    expect((await ended)[0].status).toBe('rejected')
    await until('the slot is free', async () => (await downloads.get(few)).status === 200)
  },
)

test('connections are used again after files that nobody read to the end', async () => {
  const opened = async (): Promise<number> => {
    const { rows } = await downloads.world.database.pool.query<{ count: number }>(
      `select count(*)::int as count from pg_stat_activity where application_name = 'gateway downloads' and datname = current_database()`,
    )
    return rows[0]?.count ?? 0
  }
  for (let left = 0; left < 6; left += 1) {
    const client = await stalled(`${base}.csv`)
    client.leave()
    await until('the copy was ended', async () => (await copies()).length === 0)
  }
  // Two downloads at a time, and one connection that cancels what they run.
  expect(await opened()).toBeLessThanOrEqual(3)
  expect((await downloads.get(few)).status).toBe(200)
  expect(downloads.failures).toEqual([])
})
