import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { GatewayServer } from '../src/server/gateway-server.js'
import { writeWorkbook } from '../examples/agencies/workbook.js'
import { administrator, agencyHeader, serveWorld } from './support/agency-http.js'
import { probeProgram } from './support/reading-program.js'
import { createGatewayWorld, type GatewayWorld } from './support/gateway-world.js'

let world: GatewayWorld
let server: GatewayServer
let key: string

beforeAll(async () => {
  world = await createGatewayWorld({ probeProgram })
  await world.gateway.harvest.firstHarvests
  server = await serveWorld(world)
  key = await agencyHeader(world, 'agriculture')
})
afterAll(async () => {
  await server.close()
  await world.dispose()
})

/** A list of wells as a department's office makes it: letterhead, title, two-level header, merged districts, totals, signature. */
const wellsWorkbook = (drilledOn: string): Uint8Array =>
  writeWorkbook([
    {
      name: 'Giếng khoan',
      rows: [
        ['UBND TỈNH BÌNH ĐỊNH', null, null, null, 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM'],
        ['SỞ NÔNG NGHIỆP VÀ PTNT', null, null, null, 'Độc lập - Tự do - Hạnh phúc'],
        [],
        [{ bold: 'DANH SÁCH GIẾNG KHOAN QUAN TRẮC NĂM 2024' }],
        [],
        ['STT', 'Huyện', 'Mã giếng', 'Tên giếng', 'Ngày khoan', 'Mực nước', null, 'Lưu lượng (m³/ngày)', 'Ghi chú'],
        [null, null, null, null, null, 'Mùa khô', 'Mùa mưa', null, null],
        [1, 'Tây Sơn', '052', 'Giếng Bình Tường', '05/03/2019', '12,5', '4,25', '1.234,5', null],
        [2, null, '0164A', 'Giếng Tây Phú', '17/08/2020', '10,0', '3,5', '980', 'Đang sửa'],
        [3, null, '077', 'Giếng Vĩnh An', drilledOn, '9,75', '3,0', '1.100', null],
        ['Cộng huyện Tây Sơn', null, null, null, null, null, null, '3.314,5', null],
        [4, 'Phù Cát', '101', 'Giếng Cát Tân', '22/11/2018', '8,2', '2,9', '2.450', null],
        [5, null, '102', 'Giếng Cát Hanh', '01/12/2018', '7,9', '2,75', '1.870,25', null],
        ['TỔNG CỘNG', null, null, null, null, null, null, '7.634,75', null],
        [],
        [null, null, null, null, null, null, null, 'Bình Định, ngày 15 tháng 01 năm 2025', null],
        [null, null, null, null, null, null, null, 'NGƯỜI LẬP BIỂU', null],
      ],
      merges: [
        ...['A1:C1', 'E1:I1', 'A2:C2', 'E2:I2', 'A4:I4', 'A6:A7', 'B6:B7', 'C6:C7', 'D6:D7', 'E6:E7', 'F6:G6', 'H6:H7'],
        ...['I6:I7', 'B8:B10', 'B12:B13', 'A11:G11', 'A14:G14'],
      ],
    },
  ])

interface Report {
  readonly publishable: boolean
  readonly fault: { readonly code: string } | null
  readonly resources: readonly { readonly columns: readonly { readonly name: string; readonly kind: string }[] }[]
  readonly candidates: readonly { readonly recordType: string; readonly score: number }[]
  readonly newRecordType: Readonly<Record<string, unknown>>
  readonly manifest: Readonly<Record<string, unknown>>
  readonly records: readonly { readonly key: string; readonly values: Readonly<Record<string, string>> }[]
  readonly problems: readonly { readonly row: number; readonly field: string; readonly vi: string }[]
}

async function send(path: string, body: Uint8Array): Promise<{ status: number; body: unknown }> {
  const response = await fetch(`${server.url}${path}`, { method: 'PUT', body, headers: { authorization: key } })
  return { status: response.status, body: await response.json() }
}

async function stored(): Promise<unknown> {
  const { rows } = await world.database.pool.query<Record<string, string>>(
    `select (select count(*) from gateway.connector) as connectors, (select count(*) from gateway.upload) as uploads,
       (select count(*) from gateway.run) as runs, (select count(*) from gateway.dataset) as datasets,
       (select count(*) from gateway.record_type) as types`,
  )
  return rows[0]
}

test('an office’s workbook goes from nothing to queryable: probe, propose, accept, register, upload, query', async () => {
  const agency = await world.gateway.authenticate(key)

  // Tried: the header is found below the letterhead, totals and merged cells are understood, and one date is wrong.
  const before = await stored()
  const probed = await send('/connectors/probe?name=gieng-khoan.xlsx&dataset=wells', wellsWorkbook('31/02/2021'))
  expect(probed.status).toBe(200)
  const report = probed.body as Report
  expect(await stored()).toEqual(before)
  expect(report.problems).toEqual([
    expect.objectContaining({ row: 10, field: 'ngayKhoan', vi: '"31/02/2021" là ngày không có thật' }),
  ])
  expect(report).toMatchObject({ publishable: false, fault: { code: 'TOO_MANY_SET_ASIDE' }, read: 5, setAside: 1 })
  expect(report.records.map((record) => record.key)).toEqual(['052', '0164A', '101', '102'])
  expect(report.records[1]?.values).toEqual({
    code: '0164A',
    name: 'Giếng Tây Phú',
    district: expect.stringMatching(/^547~/),
    ngayKhoan: '2020-08-17',
    mucNuocMuaKho: '10',
    mucNuocMuaMua: '3.5',
    luuLuong: '980',
    note: 'Đang sửa',
  })

  // The office corrects the row; the proposals are sent as they came.
  const corrected = wellsWorkbook('28/02/2021')
  const again = (await send('/connectors/probe?name=gieng-khoan.xlsx&dataset=wells', corrected)).body as Report
  expect(again).toMatchObject({ publishable: true, fault: null, setAside: 0 })
  const proposed = await world.query(
    'mutation($schema: JSON!) { proposeRecordType(schema: $schema) { id status } }',
    { schema: again.newRecordType },
    agency,
  )
  expect(proposed.errors).toBeUndefined()
  const { id } = (proposed.data as { proposeRecordType: { id: string } }).proposeRecordType
  const accepted = await world.query(
    'mutation($id: ID!) { acceptRecordType(id: $id) { status } }',
    { id },
    administrator,
  )
  expect(accepted.errors).toBeUndefined()
  const registered = await world.query(
    'mutation($manifest: JSON!) { registerConnector(manifest: $manifest) { outcome } }',
    { manifest: again.manifest },
    agency,
  )
  expect(registered).toMatchObject({ data: { registerConnector: { outcome: 'CREATED' } } })

  const uploaded = await send('/connectors/wells/upload', corrected)
  expect(uploaded).toMatchObject({ status: 200, body: { run: { outcome: 'PUBLISHED', added: 5, setAside: 0 } } })
  const answer = await world.query(`{
    giengKhoanList(where: { district: { name: { contains: "tay son" } } }, orderBy: [{ luuLuong: DESC }]) {
      totalCount
      nodes { code name luuLuong ngayKhoan district { name kind } dataset { agency { code } } }
      sources { state mode }
    }
  }`)
  expect(answer.errors).toBeUndefined()
  expect(answer.data).toMatchObject({
    giengKhoanList: {
      totalCount: 3,
      nodes: [
        { code: '052', luuLuong: '1234.5', ngayKhoan: '2019-03-05', district: { kind: 'DISTRICT' } },
        { code: '077', luuLuong: '1100', ngayKhoan: '2021-02-28' },
        { code: '0164A', luuLuong: '980', dataset: { agency: { code: 'agriculture' } } },
      ],
      sources: expect.arrayContaining([{ state: 'FRESH', mode: 'PUSHED' }]),
    },
  })
})

test('a list that resembles an existing type is mapped onto it, with codes, districts and the level that the sheet says', async () => {
  const workbook = writeWorkbook([
    {
      name: 'Tiểu học',
      rows: [
        [{ bold: 'DANH SÁCH TRƯỜNG TIỂU HỌC' }],
        [
          'TT',
          'Mã trường',
          'Tên trường',
          'Loại hình',
          'Huyện',
          'Địa chỉ',
          'Số HS',
          'Ngày thành lập',
          'SĐT hiệu trưởng',
        ],
        ...Array.from({ length: 30 }, (_, index) => [
          index + 1,
          `0${52100 + index}`,
          `Trường Tiểu học số ${index + 1}`,
          index % 5 === 0 ? 'Tư thục' : 'Công lập',
          index % 2 === 0 ? 'Quy Nhơn' : 'An Nhơn',
          `${index + 1} Lê Lợi`,
          '1.050',
          '02/03/1999',
          `0912345${String(index).padStart(3, '0')}`,
        ]),
      ],
      merges: ['A1:I1'],
    },
  ])
  const { status, body } = await send('/connectors/probe?name=truong.xlsx', workbook)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    newRecordType: null,
    publishable: true,
    manifest: {
      agency: 'agriculture',
      driver: 'push',
      refresh: { mode: 'push' },
      resources: [
        {
          recordType: 'School',
          referenceDate: '2025-06-30',
          fields: {
            code: { column: 'Mã trường' },
            level: { constant: 'PRIMARY' },
            ownership: {
              column: 'Loại hình',
              convert: [{ codes: { 'Tư thục': 'PRIVATE', 'Công lập': 'PUBLIC' }, fold: true }],
            },
            district: { column: 'Huyện', resolve: { by: 'name' } },
            pupils: { column: 'Số HS', convert: ['vietnameseNumber'] },
            openedOn: { column: 'Ngày thành lập', convert: [{ date: 'd/M/yyyy' }] },
          },
        },
      ],
    },
    personalData: [{ column: 'SĐT hiệu trưởng', field: null, refuses: false }],
  })
  const report = body as Report & { notes: { column: string | null; en: string }[] }
  expect(report.candidates[0]).toMatchObject({ recordType: 'School', missing: [] })
  expect(report.records).toHaveLength(20)
  expect(report.records[0]?.values).toMatchObject({ code: '052100', pupils: '1050', openedOn: '1999-03-02' })
  const ambiguous = report.notes.filter(({ en }) => en.startsWith('Ambiguous')).map(({ column }) => column)
  expect(ambiguous).toEqual(['Số HS', 'Ngày thành lập'])
})

test('districts whose names townships have as well are told apart by what the header asks for', async () => {
  const list = (header: string, names: readonly string[]) =>
    Buffer.from(['Mã,Tên,' + header, ...names.map((name, at) => `0${at},Giếng ${at},${name}`)].join('\n'))
  const places = ['Phù Mỹ', 'An Lão', 'Tuy Phước', 'Vân Canh', 'Quy Nhơn']
  const { body } = await send('/connectors/probe?name=gieng.csv&recordType=OldWell', list('Huyện', places))
  expect(body).toMatchObject({ publishable: true, fault: null, setAside: 0 })
  const { manifest, records } = body as Report
  const resolved = { column: 'Huyện', resolve: { by: 'name', kinds: ['DISTRICT'] } }
  expect(manifest).toMatchObject({ resources: [{ fields: { district: resolved } }] })
  expect(records.map(({ values }) => values['district']?.slice(0, 3))).toEqual(['545', '542', '550', '551', '540'])
  const towns = places.slice(0, 4)
  const second = await send('/connectors/probe?name=gieng.csv&recordType=OldWell', list('Thị trấn', towns))
  expect(second.body).toMatchObject({ publishable: true, setAside: 0 })
  const wrong = structuredClone(manifest) as { resources: { fields: { district: { resolve: object } } }[] }
  for (const { fields } of wrong.resources) fields.district.resolve = { by: 'name', kinds: ['HUYEN'] }
  const refused = await world.query(
    'mutation($manifest: JSON!) { registerConnector(manifest: $manifest) { outcome } }',
    { manifest: { ...wrong, resources: [{ ...wrong.resources[0], recordType: 'School' }] } },
    await world.gateway.authenticate(key),
  )
  expect(JSON.stringify(refused.errors)).toContain('there is no kind HUYEN; there are PROVINCE, ')
})

test('a list in Windows-1258 is tried, registered and published with its encoding', async () => {
  const rows = ['M\xe3,T\xean', '01,Gi\xea\xecng A', '02,Gi\xea\xecng B', '03,Gi\xea\xecng C']
  const file = Buffer.from(rows.join('\n'), 'latin1')
  const probe = '/connectors/probe?name=gieng.csv&recordType=OfficeWell&dataset=office-wells'
  expect((await send(probe, file)).body).toMatchObject({ publishable: false, fault: { code: 'ENCODING' } })
  const { body } = await send(`${probe}&encoding=windows-1258`, file)
  expect(body).toMatchObject({ publishable: true, fault: null, manifest: { options: { encoding: 'windows-1258' } } })
  const { records } = body as Report
  expect(records.map(({ values }) => values['name'])).toEqual(['Giếng A', 'Giếng B', 'Giếng C'])
  expect((await send(`${probe}&encoding=ebcdic`, file)).status).toBe(400)
})
