import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { HarvestBench, schoolsManifest } from '../harvest.fixture.js'

let bench: HarvestBench
beforeAll(async () => {
  bench = await HarvestBench.open()
})
afterAll(async () => {
  await bench.dispose()
})

const lines = (rows: number): string =>
  ['code,name,pupils', ...Array.from({ length: rows }, (_, at) => `${at + 1},Trường ${at + 1},10`), ''].join('\n')

/** Answers that end with their connection: one text a request, the last one from then on. */
function serveUntilClosed(path: string, ...bodies: readonly string[]): void {
  let asked = 0
  bench.upstream.on(path, (_request, response) => {
    const body = bodies[Math.min(asked++, bodies.length - 1)] ?? ''
    response.socket?.end(`HTTP/1.1 200 OK\r\ncontent-type: text/csv\r\nconnection: close\r\n\r\n${body}`)
  })
}
const asked = (path: string): number => bench.upstream.requests.filter((request) => request === path).length

async function registered(name: string): Promise<{ path: string; run: () => Promise<unknown> }> {
  const path = `/${name}.csv`
  const { connectorId } = await bench.register(
    schoolsManifest(bench.upstream, name, { driver: 'csv', options: { url: `${bench.upstream.url}${path}` } }),
  )
  const harvest = await bench.replica()
  return { path, run: () => harvest.run(connectorId, 'schedule') }
}

describe('a table that ends with its connection', () => {
  test('and has fewer rows than the last good version is published when a second reading is the same', async () => {
    const { path, run } = await registered('shorter')
    bench.upstream.serve(path, lines(20))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED' })
    serveUntilClosed(path, lines(19))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', removed: 1 })
    expect(asked(path)).toBe(3)
  })

  test('and was cut at the end of a line is held back, since a second reading is another', async () => {
    const { path, run } = await registered('cut')
    bench.upstream.serve(path, lines(20))
    await run()
    serveUntilClosed(path, lines(18), lines(20))
    expect(await run()).toMatchObject({ outcome: 'FAILED', fault: { code: 'TRUNCATED' } })
    expect(await bench.schools('cut')).toHaveLength(20)
    expect(await run()).toMatchObject({ outcome: 'UNCHANGED' })
  })

  test('is read twice when there is no version to compare it with', async () => {
    const { path, run } = await registered('first')
    serveUntilClosed(path, lines(12), lines(20))
    expect(await run()).toMatchObject({ outcome: 'FAILED', fault: { code: 'TRUNCATED' } })
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', added: 20 })
    expect(asked(path)).toBe(4)
  })

  test('is read once when it has as many rows as before', async () => {
    const { path, run } = await registered('same')
    bench.upstream.serve(path, lines(20))
    await run()
    serveUntilClosed(path, lines(21))
    expect(await run()).toMatchObject({ outcome: 'PUBLISHED', added: 1 })
    expect(asked(path)).toBe(2)
  })
})

test('a table with its length is believed at once', async () => {
  const { path, run } = await registered('whole')
  bench.upstream.serve(path, lines(20))
  await run()
  bench.upstream.serve(path, lines(19), { 'content-length': String(Buffer.byteLength(lines(19))) })
  expect(await run()).toMatchObject({ outcome: 'PUBLISHED', removed: 1 })
  expect(asked(path)).toBe(2)
})
