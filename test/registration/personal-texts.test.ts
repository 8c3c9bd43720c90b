import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Viewer } from '../../src/access/viewer.js'
import { cameras, createRegistrationWorld, register, type RegistrationWorld } from './registration-world.js'

let world: RegistrationWorld
let transport: Viewer
beforeAll(async () => {
  world = await createRegistrationWorld()
  transport = await world.keyOf('transport')
})
afterAll(() => world.dispose())

const described = (entry: object) => {
  const datasetEntry = { title: { vi: 'Máy quay', en: 'Cameras' }, ...entry }
  return { manifest: cameras('http://cameras.example.test/list', 'described', { datasetEntry }) }
}

test("numbers of persons are refused in what describes a dataset, and an office's contacts are not", async () => {
  const texts = [
    { title: { vi: 'Bãi xe của ông An, CCCD 052 201 012345', en: 'A car park' } },
    { description: { vi: 'Thẻ DN 4 52 4520123456', en: 'A card' } },
    { keywords: ['bãi xe', '052201012345'] },
  ]
  for (const entry of texts) {
    expect(await world.refusal(register, described(entry), transport)).toMatch(/^PERSONAL_DATA A title, description or/)
  }
  const contact = { vi: 'Hỏi 0256 382 1234 hoặc giaothong@example.gov.vn', en: 'Ask 0912 345 678' }
  const answer = await world.ask(register, described({ description: contact }), transport)
  expect(answer).toMatchObject({ registerConnector: { outcome: 'CREATED' } })
})
