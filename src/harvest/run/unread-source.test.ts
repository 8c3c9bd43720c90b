import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { loadDrivers } from '../../connectors/drivers.js'
import { HarvestBench, schoolsManifest } from '../harvest.fixture.js'

let bench: HarvestBench
beforeAll(async () => {
  bench = await HarvestBench.open({ drivers: await loadDrivers() })
})
afterAll(async () => {
  await bench.dispose()
})

const success = (result: unknown) => ({ success: true, result })

/** A portal that says of its only resource that it was uploaded long ago, without ETags. */
function servePortal(): void {
  const resource = { id: 'r', name: 'schools', url: 'https://portal.example/a.csv', url_type: 'upload' }
  const uploaded = { datastore_active: true, last_modified: '2025-06-27T09:30:05.884713' }
  bench.upstream.serveJson('/api/3/action/package_show', success({ resources: [{ ...resource, ...uploaded }] }))
  bench.upstream.serveJson(
    '/api/3/action/datastore_search',
    success({
      fields: ['_id', 'code', 'name', 'pupils'].map((id) => ({ id, type: 'text' })),
      records: [{ _id: 1, code: 'a', name: 'Trường a', pupils: '3' }],
      total: 1,
    }),
  )
}

test('a run that reads no rows, since the source says that it is the same, counts the bytes that this answer took', async () => {
  servePortal()
  const [resource] = schoolsManifest(bench.upstream, 'portal').resources
  const { connectorId } = await bench.register(
    schoolsManifest(bench.upstream, 'portal', {
      driver: 'ckan',
      options: { endpoint: bench.upstream.url, package: 'd' },
      resources: [{ ...resource, selection: { resource: 'schools' } }],
    }),
  )
  const harvest = await bench.replica()
  expect(await harvest.run(connectorId, 'schedule')).toMatchObject({ outcome: 'PUBLISHED' })
  expect(await harvest.run(connectorId, 'schedule')).toMatchObject({ outcome: 'UNCHANGED' })
  const [last] = await bench.rows<{ read: number; bytes: string }>(
    'select read, bytes from gateway.run where connector_id = $1 order by id desc limit 1',
    [connectorId],
  )
  expect(last?.read).toBe(0)
  expect(Number(last?.bytes)).toBeGreaterThan(100)
})
