import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createDownloadWorld, type DownloadWorld } from './downloads.fixture.js'

let downloads: DownloadWorld
beforeAll(async () => {
  downloads = await createDownloadWorld()
  await downloads.world.seed({
    dataset: 'bus-network',
    resource: 'stops',
    recordType: 'BusStop',
    rows: [{ key: 's1', code: 's1' }],
  })
  await downloads.world.seed({
    dataset: 'bus-network',
    resource: 'routes',
    recordType: 'BusRoute',
    rows: [
      { key: 'r1', code: 'r1', stops: ['s1'] },
      { key: 'r2', code: 'r2', stops: [] },
      { key: 'r3', code: 'r3' },
    ],
  })
})
afterAll(async () => {
  await downloads.dispose()
})

const base = '/datasets/bus-network/routes'

test('records that a record refers to are a list in every file, as in GraphQL, though its source left them out', async () => {
  const answer = await downloads.world.query(
    '{ busRoutes(orderBy: [{ key: ASC }]) { nodes { stops { nodes { key } } } } }',
  )
  expect(answer.data).toEqual({
    busRoutes: { nodes: [{ stops: { nodes: [{ key: 's1' }] } }, { stops: { nodes: [] } }, { stops: { nodes: [] } }] },
  })
  const json = JSON.parse(await downloads.text(`${base}.json`)) as { records: { stops: unknown }[] }
  expect(json.records.map(({ stops }) => stops)).toEqual([['s1'], [], []])
  expect(await downloads.text(`${base}.csv?fields=stops`)).toBe('stops\r\n"[""s1""]"\r\n[]\r\n[]\r\n')
  const xml = await downloads.text(`${base}.xml?fields=stops`)
  expect(xml.match(/<stops>.*<\/stops>/g)).toEqual([
    '<stops><item>s1</item></stops>',
    '<stops></stops>',
    '<stops></stops>',
  ])
})
