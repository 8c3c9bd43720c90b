import { expect, test } from '@jest/globals'
import { sourceServers } from '../../test/support/source-server.js'
import { guessDriver } from './guess-driver.js'

const start = sourceServers()

async function guess(path: string, body: unknown, contentType = 'application/json') {
  const server = await start(() => ({ headers: { 'content-type': contentType }, body }))
  const { driver, options } = await guessDriver(server.source({}), `${server.url}${path}`)
  return { driver, options: JSON.parse(JSON.stringify(options).replaceAll(server.url, 'PORTAL')) as unknown }
}

const answer = { help: 'https://inner.example/api/3/action/help_show', success: true, result: {} }
const page =
  '<!DOCTYPE html><html lang="vi"><head><meta name="generator" content="ckan 2.10.4" /><title>…</title></head></html>'

test.each([
  ['/api/3/action/package_show?id=wifi', { endpoint: 'PORTAL', package: 'wifi' }],
  ['/ckan/api/action/datastore_search?resource_id=5f0b&limit=5', { endpoint: 'PORTAL/ckan', resource: '5f0b' }],
])('the answer of an action at %s is read by the driver for portals', async (path, options) => {
  expect(await guess(path, answer)).toEqual({ driver: 'ckan', options })
})

test.each([
  ['/dataset/wifi', { endpoint: 'PORTAL', package: 'wifi' }],
  ['/vi/dataset/wifi/resource/5f0b', { endpoint: 'PORTAL', package: 'wifi', resource: '5f0b' }],
  ['/ckan/en_GB/dataset/%C4%91i%E1%BB%83m', { endpoint: 'PORTAL/ckan', package: 'điểm' }],
])('the page at %s, which people see, leads to the rows', async (path, options) => {
  expect(await guess(path, page, 'text/html')).toEqual({ driver: 'ckan', options })
})

test('another service with such an answer is not taken for a portal, nor is another page', async () => {
  expect(await guess('/api/wifi?id=3', answer)).toMatchObject({ driver: 'rest-json' })
  await expect(guess('/dataset/wifi', '<!DOCTYPE html><html></html>', 'text/html')).rejects.toMatchObject({
    code: 'NOT_DATA',
  })
  await expect(guess('/about', page, 'text/html')).rejects.toMatchObject({ code: 'NOT_DATA' })
})
