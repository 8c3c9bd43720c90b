import { afterEach, describe, expect, test } from '@jest/globals'
import { createOutbound } from '../../../src/connectors/outbound/outbound.js'
import { createSource } from '../../../src/connectors/outbound/source.js'
import { collected } from '../../../test/support/reading.js'
import { startSourceServer, type SourceServer } from '../../../test/support/source-server.js'
import { NotModified } from '../driver.js'
import { driver } from './driver.js'
import { ckanOptions, ckanSelection } from './options.js'
import { isPackage, page, resource, success } from './portal.fixture.js'

const servers: SourceServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close()
})

/** A portal whose resources are as `resources` says at each moment. */
async function portal(resources: () => object[]): Promise<SourceServer> {
  const server = await startSourceServer((request) =>
    isPackage(request) ? success({ resources: resources() }) : page(request, 3),
  )
  servers.push(server)
  return server
}

type Memory = Readonly<Record<string, string>>

/** One run that reads these resources one after the other: how many rows it read, and what the next is given. */
async function run(at: SourceServer, names: readonly string[], memory: Memory = {}, more: object = {}) {
  await using outbound = createOutbound({ allow: '127.0.0.1' })
  await using source = createSource({
    outbound,
    options: ckanOptions.parse({ endpoint: at.url, package: 'd', ...more }),
    resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    signal: new AbortController().signal,
    memory,
    conditional: { fingerprint: 'same' },
  })
  const before = at.requests.length
  let rows = 0
  for (const name of names)
    rows += (await collected(driver.scan(source, ckanSelection.parse({ resource: name })))).length
  return { rows, memory: source.memory(), requests: at.requests.length - before }
}

describe('a resource whose file is the same', () => {
  test('costs one request and no rows', async () => {
    const at = await portal(() => [resource('a')])
    const { rows, memory, requests } = await run(at, ['a'])
    expect([rows, requests]).toEqual([3, 2])
    const before = at.requests.length
    await expect(run(at, ['a'], memory)).rejects.toThrow(NotModified)
    expect(at.requests.slice(before).map(({ url }) => url.pathname)).toEqual(['/api/3/action/package_show'])
  })

  test('is read all the same when another of the reading has changed', async () => {
    let changed = '2025-06-27T09:30:05.884713'
    const at = await portal(() => [resource('a'), resource('b', { last_modified: changed })])
    const { memory } = await run(at, ['a', 'b'])
    await expect(run(at, ['a', 'b'], memory)).rejects.toThrow(NotModified)
    changed = '2025-06-28T01:00:00.000000'
    const second = await run(at, ['a', 'b'], memory)
    expect(second.rows).toBe(6)
    await expect(run(at, ['a', 'b'], second.memory)).rejects.toThrow(NotModified)
  })
})

describe('rows are read again', () => {
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString().replace('Z', '')

  test.each<[string, object, object]>([
    [
      'after a change of the last day, since the portal may not have loaded it yet',
      { last_modified: hoursAgo(20) },
      {},
    ],
    ['when they are written through the API, which leaves no mark', { url_type: 'datastore' }, {}],
    ['when they come from a linked file', { url_type: null }, {}],
    ['when the portal says nothing of changes', { last_modified: null, metadata_modified: null }, {}],
    ['when what it says is no time', { last_modified: 'hôm qua' }, {}],
    ['when the manifest does not rely on times', {}, { reliesOnTimes: false }],
  ])('%s', async (_when, of, more) => {
    const at = await portal(() => [resource('a', of)])
    const { memory } = await run(at, ['a'], {}, more)
    expect((await run(at, ['a'], memory, more)).rows).toBe(3)
  })

  test('once a day has gone by after a change, no more', async () => {
    const uploaded = resource('a', { last_modified: hoursAgo(30) })
    const at = await portal(() => [uploaded])
    const { memory } = await run(at, ['a'])
    await expect(run(at, ['a'], memory)).rejects.toThrow(NotModified)
  })
})
