import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { NotModified } from '../../../connectors/drivers/driver.js'
import { createEndpointResolver, withEndpoints, withPlaceholders, type EndpointSettings } from './endpoint-resolver.js'
import { createOutbound } from './outbound.js'
import { createSource } from './source.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bundled-'))
  await mkdir(join(folder, 'data', 'places'), { recursive: true })
  await writeFile(join(folder, 'data', 'places', 'xã phường.csv'), 'mã\n52')
  await writeFile(join(folder, 'secret.txt'), 'secret')
  await symlink(join(folder, 'secret.txt'), join(folder, 'data', 'link.csv'))
})
afterAll(() => rm(folder, { recursive: true }))

async function read(
  url: string,
  settings: Partial<EndpointSettings> = {},
  memory: Readonly<Record<string, string>> = {},
) {
  await using outbound = createOutbound()
  await using source = createSource({
    outbound,
    options: {},
    resolver: createEndpointResolver({ samples: new Map(), bundled: join(folder, 'data'), ...settings }),
    signal: new AbortController().signal,
    memory,
    conditional: { fingerprint: 'one' },
  })
  const text = await (await source.request(url)).text()
  return { text, memory: source.memory(), bytes: source.bytes() }
}

test('a bundled file is read, and is the same the next time', async () => {
  const first = await read('bundled:places/xã phường.csv')
  expect(first.text).toBe('mã\n52')
  await expect(read('bundled:places/xã phường.csv', {}, first.memory)).rejects.toBeInstanceOf(NotModified)
})

test.each([
  'bundled:../secret.txt',
  'bundled:places/../../secret.txt',
  'bundled:places/%2e%2e/%2e%2e/secret.txt',
  'bundled:..%2fsecret.txt',
  'bundled:/etc/passwd',
  'bundled:///etc/passwd',
  'bundled:link.csv',
  'bundled:places',
  'bundled:.',
  'bundled:none.csv',
  'bundled:a%00b',
  'bundled:%zz',
  'uploaded:',
])('%s leads to nothing', async (url) => {
  await expect(read(url)).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('a connector that was registered at run time reads no bundled file', async () => {
  await expect(read('bundled:places/xã phường.csv', { bundled: undefined })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('an uploaded file is read, and its bytes count', async () => {
  expect(await read('uploaded:', { uploaded: join(folder, 'secret.txt') })).toMatchObject({ text: 'secret', bytes: 6 })
})

test('endpoints of samples are filled in wherever they are', () => {
  const resolver = createEndpointResolver({
    samples: new Map([['education', 'http://127.0.0.1:4001']]),
    bundled: undefined,
  })
  const options = { url: '{sample:education}/a', list: ['{sample:health}/b', 5], text: 'see {sample:education}' }
  expect(withEndpoints(options, resolver)).toEqual({
    url: 'http://127.0.0.1:4001/a',
    list: ['http://health.sample.invalid/b', 5],
    text: 'see {sample:education}',
  })
  expect(withPlaceholders('{sample:education}/a')).toBe('http://education.sample.invalid/a')
})
