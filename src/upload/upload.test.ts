import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { writeWorkbook } from '../../examples/agencies/workbook.js'
import { agencyHeader, serveWorld } from '../../test/support/agency-http.js'
import { createGatewayWorld, type GatewayWorld } from '../../test/support/gateway-world.js'
import { verifyAuditLog } from '../access/audit/verify-audit-log.js'
import { queriesOf } from '../database/queries.js'
import type { GatewayServer } from '../server/gateway-server.js'
import type { RunReport } from './run-report.js'
import { UploadStore } from './upload-store.js'

let world: GatewayWorld
let server: GatewayServer
let health: string

interface Answered {
  readonly status: number
  readonly run?: RunReport
  readonly upload?: { readonly id: string; readonly format: string; readonly sha256: string }
  readonly errors?: readonly { readonly message: string; readonly extensions: Readonly<Record<string, string>> }[]
}

beforeAll(async () => {
  world = await createGatewayWorld()
  await world.gateway.harvest.firstHarvests
  server = await serveWorld(world)
  health = await agencyHeader(world, 'health')
  await register('pushed-pharmacies')
})
afterAll(async () => {
  await server.close()
  await world.dispose()
})

async function register(code: string, more: object = {}): Promise<void> {
  const manifest = {
    connector: code,
    dataset: code,
    datasetEntry: { title: { vi: 'Nhà thuốc tải lên', en: 'Uploaded pharmacies' }, theme: 'health' },
    driver: 'push',
    resources: [
      {
        name: 'pharmacies',
        recordType: 'Pharmacy',
        fields: {
          code: { column: 'Số' },
          name: { column: 'Tên' },
          kind: { constant: 'PHARMACY' },
          address: { column: 'Địa chỉ' },
        },
      },
    ],
    refresh: { mode: 'push' },
    guards: { setAside: 0.4, drop: 0.5 },
    ...more,
  }
  const answer = await world.query(
    'mutation($manifest: JSON!) { registerConnector(manifest: $manifest) { outcome } }',
    { manifest },
    await world.gateway.authenticate(health),
  )
  expect(answer.errors).toBeUndefined()
}

async function put(
  body: string | Uint8Array,
  { code = 'pushed-pharmacies', headers = {}, key = health }: { code?: string; headers?: object; key?: string } = {},
): Promise<Answered> {
  const response = await fetch(`${server.url}/connectors/${code}/upload`, {
    method: 'PUT',
    body,
    headers: { ...(key === '' ? {} : { authorization: key }), ...headers },
  })
  return { status: response.status, ...((await response.json()) as object) }
}

const csv = (...rows: readonly string[]): string => `Số,Tên,Địa chỉ\n${rows.join('\n')}\n`

const published = async (dataset = 'pushed-pharmacies'): Promise<string> => {
  const answer = await world.query(
    'query($dataset: [ID!]) { pharmacies(dataset: $dataset, orderBy: [{ code: ASC }]) { nodes { code name } sources { state } } }',
    { dataset: [dataset] },
  )
  const { nodes } = (answer.data as { pharmacies: { nodes: { code: string; name: string }[] } }).pharmacies
  return nodes.map(({ code, name }) => `${code} ${name}`).join(', ')
}

test('a CSV, a workbook and rows as JSON are published alike, and rows that do not fit come back with the reason', async () => {
  const first = await put(csv('01,An Khang,1 Lê Lợi', '02,Minh Châu,2 Lê Lợi', ',Không số,3 Lê Lợi'))
  expect(first).toMatchObject({
    status: 200,
    upload: { format: 'csv' },
    run: { outcome: 'PUBLISHED', datasetVersion: 1, read: 3, added: 2, setAside: 1, moreSetAsideRows: 0 },
  })
  expect(first.run?.setAsideRows).toEqual([
    expect.objectContaining({ resource: 'pharmacies', row: 4, field: 'code', vi: 'Thiếu giá trị.' }),
  ])
  expect(await published()).toBe('01 An Khang, 02 Minh Châu')

  const workbook = writeWorkbook([
    {
      name: 'Sheet1',
      rows: [
        ['Số', 'Tên', 'Địa chỉ'],
        ['01', 'An Khang', '1 Lê Lợi'],
        ['03', 'Phúc Thọ', null],
      ],
    },
  ])
  const second = await put(workbook, { headers: { 'content-type': 'application/octet-stream' } })
  expect(second).toMatchObject({ status: 200, upload: { format: 'xlsx' }, run: { added: 1, removed: 1, changed: 0 } })
  expect(await published()).toBe('01 An Khang, 03 Phúc Thọ')

  const rows = [
    { Số: '01', Tên: 'An Khang', 'Địa chỉ': '1 Lê Lợi' },
    { Số: '03', Tên: 'Phúc Thọ 2', 'Địa chỉ': null },
  ]
  const third = await put(JSON.stringify(rows), { headers: { 'content-type': 'application/json' } })
  expect(third).toMatchObject({ status: 200, upload: { format: 'json' }, run: { changed: 1, datasetVersion: 3 } })
  expect(await published()).toBe('01 An Khang, 03 Phúc Thọ 2')
})

test('the same file again publishes nothing new, and a run without an upload reads the last one', async () => {
  const file = csv('A,Một,x', 'B,Hai,y')
  expect(await put(file)).toMatchObject({ status: 200, run: { outcome: 'PUBLISHED' } })
  expect(await put(file)).toMatchObject({ status: 200, run: { outcome: 'UNCHANGED', added: 0 } })
  const id = await connectorId('pushed-pharmacies')
  expect(await world.gateway.harvest.run(id, 'manual')).toMatchObject({ outcome: 'UNCHANGED' })
  expect(await published()).toBe('A Một, B Hai')
})

test('a file that cannot be published leaves the last version and the last upload as they are', async () => {
  await put(csv('A,Một,x', 'B,Hai,y'))
  const renamed = await put('Mã,Tên,Địa chỉ\nA,Một,x\n')
  expect(renamed).toMatchObject({
    status: 422,
    run: { outcome: 'FAILED' },
    errors: [
      {
        extensions: {
          code: 'SOURCE_INVALID',
          fault: 'MISSING_COLUMNS',
          vi: 'Nguồn dữ liệu thiếu các cột Số (fields.code).',
        },
      },
    ],
  })
  const half = await put(csv(',Một,x', ',Hai,y', 'C,Ba,z'))
  expect(half).toMatchObject({ status: 422, errors: [{ extensions: { fault: 'TOO_MANY_SET_ASIDE' } }] })
  expect(half.run?.setAsideRows.map(({ row }) => row)).toEqual([2, 3])
  expect(await published()).toBe('A Một, B Hai')
  await world.gateway.harvest.run(await connectorId('pushed-pharmacies'), 'manual')
  expect(await published()).toBe('A Một, B Hai')
  const { rows } = await world.database.pool.query<{ count: string }>(
    'select count(distinct upload_id) as count from gateway.upload_piece',
  )
  expect(rows[0]?.count).toBe('1')
})

test('a replica without the file reads it from the database', async () => {
  await put(csv('A,Một,x', 'D,Bốn,y'))
  const folder = await mkdtemp(join(tmpdir(), 'gateway-replica-'))
  try {
    const path = await new UploadStore(world.database.pool, folder).published(await connectorId('pushed-pharmacies'))
    expect(await readFile(path ?? '', 'utf8')).toBe(csv('A,Một,x', 'D,Bốn,y'))
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('an upload is in the log of management actions: who, to which connector, and which file, but nothing of what is in it', async () => {
  const { upload } = await put(csv('A,Canary An Khang,x'))
  const viewer = await world.gateway.authenticate(health)
  const { rows } = await world.database.pool.query<{ content: string }>(
    'select content from gateway.audit_entry order by seq desc limit 1',
  )
  expect(JSON.parse(rows[0]?.content ?? '')).toMatchObject({
    action: 'connector.uploaded',
    subject: 'connector pushed-pharmacies',
    actor: { role: 'AGENCY', key: viewer.keyId, agency: 'health' },
    details: { upload: upload?.id, format: 'csv', sha256: upload?.sha256 },
  })
  expect(rows[0]?.content).not.toContain('Canary')
  expect(await verifyAuditLog(queriesOf(world.database.pool))).toMatchObject({ intact: true })
})

test.each([
  ['nobody', '', 'pushed-pharmacies', 401, 'UNAUTHENTICATED'],
  ['a wrong key', 'Bearer odg_x_y', 'pushed-pharmacies', 401, 'UNAUTHENTICATED'],
  ['no such connector', undefined, 'nothing-here', 404, 'NOT_FOUND'],
  ['another agency’s connector', undefined, 'primary-schools', 404, 'NOT_FOUND'],
  ['a connector that reads by itself', undefined, 'pharmacies', 409, 'CONFLICT'],
])('%s is refused', async (_who, key, code, status, error) => {
  const answer = await put(csv('A,Một,x'), { code, ...(key === undefined ? {} : { key }) })
  expect(answer).toMatchObject({ status, errors: [{ extensions: { code: error } }] })
})

test.each([
  ['a web page', '<!doctype html><html></html>', {}],
  ['a PDF', '%PDF-1.7 …', {}],
  ['nothing', '', {}],
  ['a form', '--x\r\n', { 'content-type': 'multipart/form-data; boundary=x' }],
  ['a packed body', csv('A,Một,x'), { 'content-encoding': 'gzip' }],
])('%s is refused for what it is', async (_what, body, headers) => {
  expect(await put(body, { headers })).toMatchObject({
    status: 415,
    errors: [{ extensions: { code: 'BAD_USER_INPUT' } }],
  })
})

test('a body larger than allowed is refused, whether it says so or not, and one that breaks off leaves nothing', async () => {
  const declared = await sendRaw({ 'content-length': String(10 ** 12) }, 'A')
  expect(declared).toContain('413')
  await sendRaw({ 'content-length': '1000' }, 'Số,Tên', true)
  const { rows } = await world.database.pool.query('select 1 from gateway.upload where bytes < 20')
  expect(rows).toEqual([])
})

async function connectorId(code: string): Promise<number> {
  const { rows } = await world.database.pool.query<{ id: number }>('select id from gateway.connector where code = $1', [
    code,
  ])
  return rows[0]?.id ?? 0
}

/** The status line, or how the connection ended. */
function sendRaw(headers: Record<string, string>, body: string, breakOff = false): Promise<string> {
  const { port } = new URL(server.url)
  return new Promise((resolve) => {
    const sent = request({
      port,
      method: 'PUT',
      path: '/connectors/pushed-pharmacies/upload',
      headers: { authorization: health, ...headers },
    })
    sent.on('response', (response) => {
      resolve(String(response.statusCode))
      sent.destroy()
    })
    sent.on('close', () => {
      resolve('closed')
    })
    sent.on('error', (error) => {
      resolve(error.message)
    })
    sent.write(body, () => {
      if (breakOff) sent.destroy()
    })
  })
}

test('an XML document is published by the path of its rows, and one that breaks off is not', async () => {
  const field = (path: string) => ({ path: `"${path}"` })
  const fields = {
    code: { column: '@so' },
    name: { column: 'Ten' },
    kind: { constant: 'PHARMACY' },
    address: field('DC'),
  }
  const selection = { rows: '/BaoCao/DanhSach/NhaThuoc' }
  await register('pushed-xml', { resources: [{ name: 'pharmacies', recordType: 'Pharmacy', selection, fields }] })
  const row = (code: string, name: string) => `<NhaThuoc so="${code}"><Ten>${name}</Ten><DC>Lê Lợi</DC></NhaThuoc>`
  const rows = [row('01', 'An Khang'), row('02', 'Minh &amp; Châu'), '<NhaThuoc><Ten>Không số</Ten></NhaThuoc>']
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<BaoCao><DanhSach>'
  const whole = `${head}${rows.join('\n')}</DanhSach></BaoCao>`
  const first = await put(whole, { code: 'pushed-xml' })
  expect(first).toMatchObject({
    status: 200,
    upload: { format: 'xml' },
    run: { outcome: 'PUBLISHED', read: 3, added: 2, setAside: 1 },
  })
  expect(first.run?.setAsideRows).toEqual([expect.objectContaining({ row: 3, field: 'code', vi: 'Thiếu giá trị.' })])
  expect(await published('pushed-xml')).toBe('01 An Khang, 02 Minh & Châu')
  const run = await world.database.pool.query('select bytes::int from gateway.run where id = $1', [first.run?.id])
  expect(run.rows).toEqual([{ bytes: Buffer.byteLength(whole) }])
  const wide = Buffer.from(`\uFEFF${whole.replace('UTF-8', 'UTF-16').replace('An Khang', 'An Bình')}`, 'utf16le')
  expect(await put(wide, { code: 'pushed-xml' })).toMatchObject({ status: 200, run: { changed: 1, added: 0 } })
  const half = await put(`${head}${row('03', 'Nửa')}`, { code: 'pushed-xml' })
  expect(half).toMatchObject({ status: 422, errors: [{ extensions: { code: 'SOURCE_INVALID', fault: 'TRUNCATED' } }] })
  expect(await published('pushed-xml')).toBe('01 An Bình, 02 Minh & Châu')
})
