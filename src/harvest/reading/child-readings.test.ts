import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { writeWorkbook } from '../../../examples/agencies/workbook.js'
import { readingProgram } from '../../../test/support/reading-program.js'
import { codes, HarvestBench, schoolsCsv, schoolsManifest, until } from '../harvest.fixture.js'

let bench: HarvestBench
let temporary: string
const usualTemporary = process.env['TMPDIR']
beforeAll(async () => {
  bench = await HarvestBench.open()
  temporary = await mkdtemp(join(tmpdir(), 'gateway-test-'))
  process.env['TMPDIR'] = temporary
})
afterAll(async () => {
  if (usualTemporary === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = usualTemporary
  await rm(temporary, { recursive: true, force: true })
  await bench.dispose()
})

const folders = async () => (await readdir(temporary)).filter((name) => name.startsWith('gateway-'))
const published = (code: string) =>
  bench.rows(
    `select r._key from records."School" r join gateway.dataset d on d.id = r._dataset where d.code = $1 order by 1`,
    [code],
  )
const readers = () =>
  bench.rows<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database() and application_name = 'gateway reading'`,
  )

describe('a run that reads in a process of its own', () => {
  test('publishes what it reads, and says what is wrong with the source as a run here does', async () => {
    const harvest = await bench.replica({ readingProgram })
    const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'apart'))
    bench.upstream.serve('/apart.csv', schoolsCsv(codes('p', 50)), { etag: '"1"' })
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', added: 50 })
    expect(await readers()).not.toEqual([])
    const asked = bench.upstream.requests.length
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'UNCHANGED' })
    expect(bench.upstream.requests.length - asked).toBe(1)
    bench.upstream.fail('/apart.csv', 404)
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'FAILED', fault: { code: 'NOT_FOUND' } })
    expect(await published('apart')).toHaveLength(50)
    await harvest.stop()
    expect(await folders()).toEqual([])
    await until(async () => (await readers()).length === 0)
  })

  test('shares what it downloads among its resources, and forgets it for the next run', async () => {
    const harvest = await bench.replica({ readingProgram })
    const fields = { code: { column: 'code' }, name: { column: 'name' } }
    const resource = (sheet: string) => ({
      name: sheet,
      recordType: 'School',
      selection: { sheet, headerRows: 1 },
      fields,
    })
    const { connectorId } = await bench.register(
      schoolsManifest(bench.upstream, 'shared', {
        driver: 'xlsx',
        options: { url: `${bench.upstream.url}/shared.xlsx` },
        resources: [resource('one'), resource('two')],
      }),
    )
    const asked = bench.upstream.requests.length
    let tag = ''
    for (const round of [1, 2]) {
      tag = `"${round}"`
      const sheet = (name: string) => ({
        name,
        rows: [
          ['code', 'name'],
          [`${name}-${round}`, 'Trường'],
        ],
      })
      const workbook = Buffer.from(writeWorkbook([sheet('one'), sheet('two')]))
      bench.upstream.on('/shared.xlsx', (request, response) => {
        if (request.headers['if-none-match'] === tag) response.writeHead(304).end()
        else response.writeHead(200, { etag: tag }).end(workbook)
      })
      expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', added: 2 })
    }
    // The second round asked first whether the file of the first was still the same.
    expect(bench.upstream.requests.length - asked).toBe(3)
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'UNCHANGED' })
    expect(bench.upstream.requests.length - asked).toBe(4)
    await harvest.stop()
  })

  test('fails with a typed fault when the process dies, and the next one reads again', async () => {
    const harvest = await bench.replica({ readingProgram })
    const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'dies'))
    bench.upstream.serve('/dies.csv', schoolsCsv(codes('d', 20)))
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED' })
    let arrived = false
    bench.upstream.on('/dies.csv', (_request, response) => {
      response.writeHead(200).write('code,name,pupils\n')
      arrived = true
    })
    const run = harvest.run(connectorId, 'manual')
    await until(() => arrived)
    for (const { pid } of harvest.readingProcesses()) process.kill(pid!, 'SIGKILL')
    expect(await run).toMatchObject({ outcome: 'FAILED', fault: { code: 'INTERNAL' } })
    expect(await published('dies')).toHaveLength(20)
    bench.upstream.serve('/dies.csv', schoolsCsv(codes('d', 21)))
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', added: 1 })
    await harvest.stop()
  })

  test.each([
    ['heap', { heapMegabytes: 48 }],
    ['whole memory', { residentMegabytes: 64 }],
  ])('is ended when it needs more than its %s', async (_what, readingLimits) => {
    const harvest = await bench.replica({ readingProgram, readingLimits })
    const { connectorId } = await bench.register(
      schoolsManifest(bench.upstream, 'heavy', {
        driver: 'rest-json',
        options: { url: `${bench.upstream.url}/heavy.json` },
      }),
    )
    const rows = codes('h', 200_000).map((code) => ({ code, name: `Trường ${code}`, pupils: 1 }))
    bench.upstream.serveJson('/heavy.json', rows)
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({
      outcome: 'FAILED',
      fault: { code: 'TOO_DEMANDING' },
    })
    await harvest.stop()
    expect(await folders()).toEqual([])
  })

  test('is also what a query waits for, so that no live source can hold up the answers of others', async () => {
    const harvest = await bench.replica({ readingProgram, readingLimits: { heapMegabytes: 48 } })
    const { connectorId } = await bench.register(
      schoolsManifest(bench.upstream, 'live', {
        driver: 'rest-json',
        options: { url: `${bench.upstream.url}/live.json` },
        refresh: { mode: 'live', maxAge: 'PT1M', patience: 'PT30S' },
      }),
    )
    await harvest.registry.reload()
    const ask = async () => {
      const [resource] = harvest.sources.resources().filter(({ datasetCode }) => datasetCode === 'live')
      await harvest.sources.bringUpToDate([resource!.id], new AbortController().signal)
      const [state] = await bench.rows('select error_code from gateway.resource where connector_id = $1', [connectorId])
      return state
    }
    // Few characters each, and more memory than a reader has.
    bench.upstream.serve('/live.json', `[${'{},'.repeat(2_700_000)}{}]`)
    expect(await ask()).toEqual({ error_code: 'TOO_DEMANDING' })
    bench.upstream.serveJson('/live.json', [{ code: 'a', name: 'A', pupils: 1 }])
    expect(await ask()).toEqual({ error_code: null })
    expect(await published('live')).toHaveLength(1)
    await harvest.stop()
    expect(await folders()).toEqual([])
  })

  test('is ended at its deadline, whatever it is doing', async () => {
    const harvest = await bench.replica({ readingProgram, runDeadlineMs: 1_500 })
    const { connectorId } = await bench.register(schoolsManifest(bench.upstream, 'dies'))
    bench.upstream.on('/dies.csv', () => undefined)
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'FAILED', fault: { code: 'TIMEOUT' } })
    expect(harvest.readingProcesses()).toEqual([])
    await harvest.stop()
  })
})
