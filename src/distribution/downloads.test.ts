import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createDownloadWorld, type DownloadWorld } from './downloads.fixture.js'

let downloads: DownloadWorld
beforeAll(async () => {
  downloads = await createDownloadWorld()
})
afterAll(async () => {
  await downloads.dispose()
})

test('prints', async () => {
  for (const path of ['csv', 'csv?labels=vi&header=vi&bom=1', 'json', 'ndjson', 'geojson', 'xml', 'xsd', 'xlsx']) {
    const response = await downloads.get(`/datasets/primary-schools/schools.${path}`)
    console.log(path, response.status, Object.fromEntries(response.headers), (await response.text()).slice(0, 3000))
  }
  console.log(await (await downloads.get(`/datasets/primary-schools/datapackage.json`)).text())
  console.log(downloads.failures)
  expect(1).toBe(1)
})
