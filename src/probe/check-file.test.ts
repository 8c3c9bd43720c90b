import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { repository } from '../../test/support/gateway-world.js'
import { checkFile, type CheckSettings } from './check-file.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-check-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

const settings: CheckSettings = { folder: repository, outboundAllow: '', timeZone: 'Asia/Ho_Chi_Minh' }

const file = async (name: string, text: string): Promise<string> => {
  const path = join(folder, name)
  await writeFile(path, text)
  return path
}

test('a manifest of a sample agency is checked without a gateway, with its districts resolved', async () => {
  const { text, publishable } = await checkFile(join(repository, 'connectors/education/primary-schools.yaml'), settings)
  expect(text).toContain('OK: this would be published.')
  expect(text).toMatch(/"district":"5\d\d~/)
  expect(publishable).toBe(true)
})

test('a service whose paths answer is checked though the address above them does not', async () => {
  const path = join(repository, 'connectors/transport/car-parks.yaml')
  const { text, publishable } = await checkFile(path, settings)
  expect(text).toContain('OK: this would be published.')
  expect(publishable).toBe(true)
  const wrong = (await readFile(path, 'utf8')).replace('path: ', 'path: /nowhere')
  expect((await checkFile(await file('wrong-path.yaml', wrong), settings)).text).toContain('FAILS: NOT_FOUND')
})

const pushed = `
connector: pushed-pharmacies
dataset: pushed-pharmacies
driver: push
resources:
  - name: pharmacies
    recordType: Pharmacy
    referenceDate: 2025-06-30
    fields:
      code: { column: Số }
      name: { column: Tên }
      kind: { constant: PHARMACY }
      district: { column: Huyện, resolve: { by: name } }
refresh: { mode: push }
`

test('a manifest for uploads is checked with the file that is to be uploaded, row by row', async () => {
  const manifest = await file('pushed.yaml', pushed)
  const upload = await file('pharmacies.csv', 'Số,Tên,Huyện\n01,An Khang,Quy Nhơn\n02,Minh Châu,Hà Nội\n')
  const { text, publishable } = await checkFile(manifest, { ...settings, upload })
  expect(publishable).toBe(false)
  expect(text).toContain('pharmacies, row 3, district: "Hà Nội" no single unit named "Hà Nội" valid on 2025-06-30')
  expect(text).toContain('FAILS: TOO_MANY_SET_ASIDE')
})

test('a manifest that is wrong says where', async () => {
  const manifest = await file('wrong.yaml', pushed.replace('driver: push', 'driver: pull'))
  expect(await checkFile(manifest, settings)).toEqual({
    publishable: false,
    text: expect.stringContaining('"pull" is not a driver; there are'),
  })
})
