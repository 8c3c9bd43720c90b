import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { agencyHeader } from '../../test/support/agency-http.js'
import { createGatewayWorld, type GatewayWorld } from '../../test/support/gateway-world.js'
import type { Viewer } from '../access/viewer.js'

let world: GatewayWorld
let health: Viewer
let server: Server
let address: string

const pages: Readonly<Record<string, string>> = {
  '/page': '<!doctype html><title>Cổng</title>',
  '/empty.csv': '',
  '/people.csv': [
    'Mã hồ sơ,Tên thủ tục,Số CCCD,Điện thoại',
    ...Array.from({ length: 40 }, (_, i) => `H${i},Thủ tục ${i},0520901234${10 + i},09123456${10 + i}`),
  ].join('\n'),
  '/markets.csv': [
    'STT,Mã chợ,Tên chợ,Hạng chợ,Huyện/TX/TP,Địa chỉ',
    '1,CH-001,Chợ Lớn,1,Thành phố Quy Nhơn,Ngô Mây',
    '2,CH-002,Chợ Đầm,2,TP. Quy Nhơn,Trần Phú',
    '3,CH-003,Chợ Bồ Đề,3,Huyện Tuy Phước,Quốc lộ 19',
    '4,CH-004,Chợ Bình Định,2,TX An Nhơn,Quang Trung',
  ].join('\n'),
  '/markets.xml': `<?xml version="1.0" encoding="utf-8"?><BaoCao><ThongTin><Ngay>30/06/2025</Ngay></ThongTin><DanhSach>${[
    ['001', 'Chợ Lớn', '1', 'Thành phố Quy Nhơn'],
    ['002', 'Chợ Đầm', '2', 'TP. Quy Nhơn'],
    ['003', 'Chợ Bồ Đề', '3', 'Huyện Tuy Phước'],
  ]
    .map(
      ([code, name, grade, district]) =>
        `<Cho ma="${code}"><TenCho>${name}</TenCho><HangCho>${grade}</HangCho><DiaChi><Huyen>${district}</Huyen></DiaChi></Cho>`,
    )
    .join('')}</DanhSach></BaoCao>`,
  '/twice.csv': 'Số,Tên,Huyện\nA,Một,Quy Nhơn\nB,Hai,Quy Nhơn\nA,Ba,Sài Gòn\n',
}

beforeAll(async () => {
  world = await createGatewayWorld()
  await world.gateway.harvest.firstHarvests
  health = await world.gateway.authenticate(await agencyHeader(world, 'health'))
  server = createServer((request, response) => {
    const page = pages[request.url ?? '']
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/csv' }).end(page ?? '')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  world.outbound.allow(address)
})
afterAll(async () => {
  server.close()
  await world.dispose()
})

interface Probed {
  readonly publishable: boolean
  readonly driver: string | null
  readonly fault: { readonly code: string; readonly vi: string } | null
  readonly newRecordType: { readonly fields: readonly { readonly name: string }[] } | null
  readonly manifest: { readonly options: unknown } | null
  readonly problems: readonly object[]
  readonly personalData: readonly object[]
  readonly notes: readonly { readonly column: string | null; readonly en: string }[]
}

async function ask(input: unknown): Promise<Awaited<ReturnType<GatewayWorld['query']>>> {
  return await world.query(
    `mutation($input: JSON!) { probeConnector(input: $input) { publishable driver fault { code vi } resources { name columns { name kind } }
       newRecordType manifest records { row key values } problems { row field value vi } personalData { column kind refuses } notes { column en } } }`,
    { input },
    health,
  )
}

async function probe(input: unknown): Promise<Probed> {
  const answer = await ask(input)
  expect(answer.errors).toBeUndefined()
  return (answer.data as { probeConnector: Probed }).probeConnector
}

test.each([
  ['{sample:education}/files/truong-hoc-2024-2025.xlsx', 'xlsx'],
  ['{sample:transport}/gtfs/static.zip', 'gtfs'],
  ['{sample:transport}/gtfs-realtime/vehicle-positions', 'gtfs-realtime'],
  ['{sample:transport}/api/parking-lots', 'rest-json'],
  ['{sample:health}/fhir/Organization', 'fhir'],
])('the driver for %s is guessed by content', async (url, driver) => {
  const manifests = await world.database.pool.query<{ manifest: { options: Record<string, string> } }>(
    'select manifest from gateway.connector where manifest ->> $1 = $2',
    ['driver', driver],
  )
  const real = manifests.rows[0]?.manifest.options
  const given = driver === 'rest-json' || driver === 'fhir' ? url : (real?.['url'] ?? url)
  const report = await probe({ url: given })
  expect(report.driver).toBe(driver)
})

test('a proposed manifest names a sample agency as it was named, whatever the driver calls its address', async () => {
  const report = await probe({ url: '{sample:health}/fhir/Organization' })
  expect(report.manifest).toMatchObject({ options: { baseUrl: '{sample:health}/fhir' } })
})

test('an address that is not allowed, that is a page, that is empty or not there is said in the report', async () => {
  expect((await probe({ url: 'http://127.0.0.1:1/secret.csv' })).fault?.code).toBe('ADDRESS_REFUSED')
  expect((await probe({ url: 'http://169.254.169.254/latest/meta-data' })).fault?.code).toBe('ADDRESS_REFUSED')
  expect(await probe({ url: `${address}/page` })).toMatchObject({ publishable: false, fault: { code: 'NOT_DATA' } })
  expect((await probe({ url: `${address}/empty.csv` })).fault?.code).toBe('NOT_DATA')
  expect((await probe({ url: `${address}/nothing.csv` })).fault?.code).toBe('NOT_FOUND')
})

test('of XML the element that repeats is found, and what looks like a number keeps its leading zeros', async () => {
  const report = await probe({ url: `${address}/markets.xml` })
  expect(report).toMatchObject({
    driver: 'xml',
    publishable: true,
    manifest: {
      resources: [
        {
          selection: { rows: '/BaoCao/DanhSach/Cho' },
          fields: { code: { column: '@ma' }, district: { column: 'DiaChi/Huyen', resolve: { by: 'name' } } },
        },
      ],
    },
    records: expect.arrayContaining([expect.objectContaining({ key: '001' })]),
  })
})

test('columns of persons are left out of a new type and told, their values are hidden', async () => {
  const report = await probe({ url: `${address}/people.csv` })
  expect(report.personalData).toEqual([
    { column: 'Số CCCD', kind: 'CCCD', refuses: false },
    { column: 'Điện thoại', kind: 'PHONE', refuses: false },
  ])
  expect(report.newRecordType?.fields.map(({ name }) => name)).toEqual(['code', 'name'])
  expect(JSON.stringify(report)).not.toContain('052090')
})

test('a manifest over such columns would be refused, and that is said', async () => {
  const manifest = {
    connector: 'people',
    dataset: 'people',
    driver: 'csv',
    options: { url: `${address}/people.csv` },
    resources: [
      {
        name: 'people',
        recordType: 'Pharmacy',
        fields: {
          code: { column: 'Mã hồ sơ' },
          name: { column: 'Tên thủ tục' },
          kind: { constant: 'PHARMACY' },
          licenceNumber: { column: 'Số CCCD' },
        },
      },
    ],
    refresh: { mode: 'snapshot', every: 'P1D' },
  }
  const report = await probe({ manifest })
  expect(JSON.stringify(report)).not.toContain('052090')
  expect(report).toMatchObject({
    publishable: false,
    fault: { code: 'PERSONAL_DATA' },
    personalData: expect.arrayContaining([{ column: 'Số CCCD', kind: 'CCCD', refuses: true }]),
  })
})

test('a key that comes twice and a place that is not known are problems of their rows', async () => {
  const fields = {
    code: { column: 'Số' },
    name: { column: 'Tên' },
    kind: { constant: 'PHARMACY' },
    district: { column: 'Huyện', resolve: { by: 'name' } },
  }
  const manifest = {
    connector: 'twice',
    dataset: 'twice',
    driver: 'csv',
    options: { url: `${address}/twice.csv` },
    resources: [{ name: 'twice', recordType: 'Pharmacy', referenceDate: '2025-06-30', fields }],
    refresh: { mode: 'snapshot', every: 'P1D' },
  }
  const unresolved = await probe({ manifest })
  expect(unresolved.problems).toEqual([expect.objectContaining({ row: 4, field: 'district', value: 'Sài Gòn' })])
  const others = { code: fields.code, name: fields.name, kind: fields.kind }
  const duplicate = await probe({
    manifest: { ...manifest, resources: [{ name: 'twice', recordType: 'Pharmacy', fields: others }] },
  })
  expect(duplicate.problems).toEqual([
    expect.objectContaining({ row: 4, field: 'code', value: 'A', vi: 'Khóa này đã có ở dòng 2.' }),
  ])
})

test('a proposal takes a connector’s place only when that was asked for', async () => {
  const input = { url: `${address}/markets.csv`, recordType: 'Market', dataset: 'pharmacies' }
  const other = await probe(input)
  expect(other.manifest).toMatchObject({ connector: 'pharmacies-2', dataset: 'pharmacies' })
  expect(other.notes.map(({ en }) => en)).toContain(
    'There is a connector pharmacies already, so pharmacies-2 is proposed; to replace that one give connector=pharmacies.',
  )
  const same = await probe({ ...input, connector: 'pharmacies' })
  expect(same.manifest).toMatchObject({ connector: 'pharmacies' })
  expect(same.notes.map(({ en }) => en)).toContain(
    'There is a connector pharmacies already: to register this manifest replaces it.',
  )
})

test('columns are found under the names that offices give them, and what is missing is said with how to add it', async () => {
  const found = await probe({ url: `${address}/markets.csv`, recordType: 'Market', dataset: 'try-markets' })
  expect(found.manifest).toMatchObject({
    resources: [
      {
        fields: {
          code: { column: 'Mã chợ' },
          name: { column: 'Tên chợ' },
          grade: { column: 'Hạng chợ', convert: [{ codes: { '1': 'GRADE_1', '2': 'GRADE_2', '3': 'GRADE_3' } }] },
          district: { column: 'Huyện/TX/TP', resolve: { by: 'name' } },
        },
      },
    ],
  })
  expect(found.notes).toContainEqual({
    column: null,
    en: 'Market needs “Kind” (kind), and no column is recognised: add it to the manifest, fields: { kind: { column: "…" } | { constant: WHOLESALE } }. Codes: WHOLESALE (Chợ đầu mối), LOCAL (Chợ dân sinh).',
  })
})

test.each([
  [{}, 'BAD_USER_INPUT'],
  [{ url: 'not an address' }, 'BAD_USER_INPUT'],
  [{ url: 'http://a.vn', surprise: 1 }, 'BAD_USER_INPUT'],
  [{ driver: 'smoke' }, 'BAD_USER_INPUT'],
  [{ driver: 'csv', options: { url: 'bundled:places/administrative-units.csv' } }, 'BAD_USER_INPUT'],
  [{ manifest: { driver: 'csv' } }, 'BAD_USER_INPUT'],
])('the input %j is refused', async (input, code) => {
  expect((await ask(input)).errors?.[0]?.extensions['code']).toBe(code)
})

test('nobody probes without a key', async () => {
  const answer = await world.query('mutation { probeConnector(input: { url: "http://a.vn" }) { publishable } }')
  expect(answer.errors?.[0]?.extensions['code']).toBe('UNAUTHENTICATED')
})

test('a probe is in the log of management actions: who, and whose system, but no path, parameter or credential', async () => {
  const secret = `${address.replace('//', '//canary-user:canary-word@')}/canary-path?key=canary-parameter`
  await ask({ url: secret, credentials: { kind: 'bearer', token: 'canary-token' } })
  const { rows } = await world.database.pool.query<{ content: string }>(
    'select content from gateway.audit_entry order by seq desc limit 1',
  )
  expect(JSON.parse(rows[0]?.content ?? '')).toMatchObject({
    action: 'source.probed',
    subject: `source ${new URL(address).host}`,
    actor: { role: 'AGENCY', key: health.keyId, agency: 'health' },
    details: { driver: null, withCredentials: true },
  })
  expect(rows[0]?.content).not.toContain('canary')
})

test('a probe that is refused leaves no entry in the log', async () => {
  const count = async () => (await world.database.pool.query('select 1 from gateway.audit_entry')).rowCount
  const before = await count()
  await ask({ url: 'http://a.vn', surprise: 1 })
  expect(await count()).toBe(before)
})
