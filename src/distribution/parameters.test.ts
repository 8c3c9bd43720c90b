import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createDownloadWorld, schoolsInGraphQL, type DownloadWorld } from './downloads.fixture.js'

let downloads: DownloadWorld
beforeAll(async () => {
  downloads = await createDownloadWorld()
})
afterAll(async () => {
  await downloads.dispose()
})

const base = '/datasets/primary-schools/schools'
const queryOf = (parameters: Readonly<Record<string, string>>) => new URLSearchParams(parameters).toString()

async function keys(parameters: Readonly<Record<string, string>>): Promise<unknown[]> {
  const text = await downloads.text(`${base}.ndjson?${queryOf({ ...parameters, fields: 'key' })}`)
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (JSON.parse(line) as { key: unknown }).key)
}

describe('a download takes the arguments of GraphQL', () => {
  test.each([
    ['where', { where: '{"pupils":{"lt":0}}' }, ', where: { pupils: { lt: 0 } }'],
    ['where by text', { where: '{"name":{"contains":"truong"}}' }, ', where: { name: { contains: "truong" } }'],
    [
      'where through a relation',
      { where: '{"or":[{"district":{"name":{"contains":"Quy Nhơn"}}},{"not":{"level":{"eq":"PRIMARY"}}}]}' },
      ', where: { or: [{ district: { name: { contains: "Quy Nhơn" } } }, { not: { level: { eq: PRIMARY } } }] }',
    ],
    [
      'where with a list',
      { where: '{"levels":{"containsAny":["PRIMARY"]}}' },
      ', where: { levels: { containsAny: [PRIMARY] } }',
    ],
    ['search', { search: 'le loi' }, ', search: "le loi"'],
    [
      'near',
      { near: '{"latitude":13.78,"longitude":109.22,"km":10}' },
      ', near: { latitude: 13.78, longitude: 109.22, km: 10 }',
    ],
    [
      'near with its distance',
      { near: '{"latitude":14,"longitude":109,"km":100}', orderBy: '[{"distance":"DESC"}]' },
      ', near: { latitude: 14, longitude: 109, km: 100 }, orderBy: [{ distance: DESC }]',
    ],
    [
      'orderBy',
      { orderBy: '[{"pupils":"DESC_NULLS_FIRST"},{"key":"ASC"}]' },
      ', orderBy: [{ pupils: DESC_NULLS_FIRST }, { key: ASC }]',
    ],
    ['orderBy of one term', { orderBy: '{"district":{"name":"ASC"}}' }, ', orderBy: { district: { name: ASC } }'],
    ['a past time', { asOf: '2025-07-01' }, ', asOf: "2025-07-01"'],
    [
      'a filter in the past',
      { asOf: '2025-07-01T12:00:00Z', where: '{"name":{"startsWith":"ten"}}' },
      ', asOf: "2025-07-01T12:00:00Z", where: { name: { startsWith: "ten" } }',
    ],
  ])('%s', async (_, parameters, args) => {
    // Without an order a download goes by key, as GraphQL does.
    const expected = await schoolsInGraphQL(downloads, args)
    expect(expected.length).toBeGreaterThan(0)
    expect(await keys(parameters)).toEqual(expected.map((node) => node['key']))
  })
})

test('what is not in a value ends up in no SQL', async () => {
  const hostile = `'; drop table records."School"; -- $1 {"}\\`
  expect(await keys({ where: JSON.stringify({ name: { eq: hostile } }) })).toEqual([])
  expect(await keys({ where: JSON.stringify({ code: { in: [hostile, 'a', '"', 'NULL', 'x,y'] } }) })).toEqual(['a'])
})

test('a past version has its rows, its number and its day', async () => {
  const response = await downloads.get(`${base}.json?asOf=2025-07-01`)
  expect(response.headers.get('content-disposition')).toContain('primary-schools_schools_v1_2025-07-01.json')
  const file = (await response.json()) as { version: number; records: { key: string; name: string }[] }
  expect(file.version).toBe(1)
  expect(file.records.find(({ key }) => key === 'a')?.name).toBe('Tên cũ')
  expect(file.records.find(({ key }) => key === 'd')?.name).toBe('Đã đóng cửa')
})

test('before the first version there is a file without rows', async () => {
  const file = (await (await downloads.get(`${base}.json?asOf=2020-01-01`)).json()) as object
  expect(file).toMatchObject({ version: null, fetchedAt: null, records: [] })
})

describe('columns', () => {
  test('are those that fields names, in that order', async () => {
    const csv = await downloads.text(`${base}.csv?fields=district.name,district.parent.name,key,updatedAt`)
    expect(csv.split('\r\n')[0]).toBe('district.name,district.parent.name,key,updatedAt')
    const json = await downloads.text(`${base}.ndjson?fields=district.name,key,district&where={"key":{"eq":"b"}}`)
    expect(JSON.parse(json)).toEqual({
      district: { name: 'Thành phố Quy Nhơn', key: '540~2020-01-01' },
      key: 'b',
    })
  })

  test('have codes, or the words for them in either language', async () => {
    const levels = async (labels: string) =>
      await downloads.text(`${base}.csv?fields=level,levels&where={"key":{"eq":"b"}}&labels=${labels}`)
    expect(await levels('codes')).toBe('level,levels\r\nPRIMARY,"[""NURSERY"",""PRIMARY""]"\r\n')
    expect(await levels('vi')).toBe('level,levels\r\nTiểu học,"[""Nhà trẻ"",""Tiểu học""]"\r\n')
    expect(await levels('en')).toBe('level,levels\r\nPrimary,"[""Nursery"",""Primary""]"\r\n')
  })

  test('are headed by names or by titles in either language', async () => {
    const head = async (header: string) =>
      (await downloads.text(`${base}.csv?fields=code,district.name&header=${header}`)).split('\r\n')[0]
    expect(await head('name')).toBe('code,district.name')
    expect(await head('vi')).toBe('Mã trường,district – name')
    expect(await head('en')).toBe('School code,district – name')
  })
})

test('a byte-order mark is there only when it is asked for', async () => {
  const bytes = async (query: string) =>
    Buffer.from(await (await downloads.get(`${base}.csv${query}`)).arrayBuffer()).subarray(0, 3)
  expect(await bytes('?bom=1')).toEqual(Buffer.from([0xef, 0xbb, 0xbf]))
  expect(await bytes('')).toEqual(Buffer.from('key'))
})

test('cells that a spreadsheet would run are defused, numbers are left alone', async () => {
  const csv = await downloads.text(`${base}.csv?fields=name,address,pupils,budget,seats`)
  expect(csv).toContain(`'-5 & <b>đẹp</b>,'＝full width,-5,-0.50,-42\r\n`)
  expect(csv).toContain(`"'=HYPERLINK(""http://evil.test"")",512,12345678901234567.89,9007199254740993\r\n`)
  expect(csv).toContain(`,'\ttab,,,\r\n`)
})

describe('what cannot be answered is refused with what is allowed', () => {
  test.each([
    [
      'an unknown parameter',
      '.csv?limit=5',
      400,
      {
        parameter: 'limit',
        allowed: ['where', 'search', 'near', 'orderBy', 'asOf', 'fields', 'labels', 'header', 'bom'],
      },
    ],
    ['a parameter of another format', '.json?bom=1', 400, { parameter: 'bom' }],
    ['a parameter given twice', '.csv?bom=1&bom=0', 400, { parameter: 'bom' }],
    ['a where that is not JSON', '.csv?where={name:1}', 400, { parameter: 'where' }],
    [
      'a where with an unknown field',
      '.csv?where={"nme":{"eq":"x"}}',
      400,
      { parameter: 'where', allowed: expect.arrayContaining(['name', 'pupils', 'and']) },
    ],
    [
      'a where with an unknown comparison',
      '.csv?where={"pupils":{"above":1}}',
      400,
      { parameter: 'where', allowed: expect.arrayContaining(['gt', 'isNull']) },
    ],
    ['a where with an unknown code', '.csv?where={"level":{"eq":"COLLEGE"}}', 400, { parameter: 'where' }],
    [
      'an order that there is none of',
      '.csv?orderBy=[{"extra":"ASC"}]',
      400,
      { parameter: 'orderBy', allowed: expect.arrayContaining(['name', 'distance']) },
    ],
    [
      'an unknown code',
      '.csv?where={"level":{"eq":"SECONDARY"}}',
      400,
      { allowed: expect.arrayContaining(['PRIMARY']) },
    ],
    [
      'an unknown direction',
      '.csv?orderBy=[{"name":"UP"}]',
      400,
      { parameter: 'orderBy', allowed: expect.arrayContaining(['ASC', 'DESC']) },
    ],
    ['a distance to nowhere', '.csv?orderBy=[{"distance":"ASC"}]', 400, { code: 'BAD_USER_INPUT' }],
    ['a time that is none', '.csv?asOf=yesterday', 400, { parameter: 'asOf' }],
    [
      'an unknown column',
      '.csv?fields=code,size',
      400,
      { parameter: 'fields', allowed: expect.arrayContaining(['key', 'updatedAt', 'name']) },
    ],
    ['a column beyond no relation', '.csv?fields=name.code', 400, { parameter: 'fields', allowed: ['district'] }],
    ['an empty column', '.csv?fields=', 400, { parameter: 'fields' }],
    ['a column twice', '.csv?fields=code,code', 400, { parameter: 'fields' }],
    ['unknown labels', '.csv?labels=fr', 400, { parameter: 'labels', allowed: ['codes', 'vi', 'en'] }],
    ['an unknown header', '.xlsx?header=codes', 400, { parameter: 'header', allowed: ['name', 'vi', 'en'] }],
    ['an unknown format', '.pdf', 404, { formats: ['csv', 'json', 'ndjson', 'xml', 'xlsx', 'geojson', 'xsd'] }],
    ['a number out of range', '.csv?where={"seats":{"eq":"99999999999999999999"}}', 400, { parameter: 'where' }],
  ])('%s', async (_, path, status, body) => {
    const response = await downloads.get(`${base}${path}`)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(await response.json()).toMatchObject({ status, type: 'about:blank', ...body })
  })

  test('in Vietnamese as well', async () => {
    const said = async (path: string): Promise<unknown> => {
      const { titleVi, detailVi } = (await (await downloads.get(path)).json()) as Record<string, unknown>
      return [titleVi, detailVi]
    }
    expect(await said(`${base}.csv?labels=fr`)).toEqual([
      'Yêu cầu không đúng',
      'Yêu cầu không đúng; tham số không dùng được: labels; được phép: codes, vi, en.',
    ])
    expect(await said(`${base}.csv?where=x`)).toEqual([
      'Yêu cầu không đúng',
      'Yêu cầu không đúng; tham số không dùng được: where; ví dụ: {"name":{"contains":"quy nhon"}}.',
    ])
    expect(await said('/datasets/primary-schools/school.csv')).toEqual([
      'Không tìm thấy',
      'Không tìm thấy; các phần dữ liệu có: schools.',
    ])
  })

  test('an unknown dataset or resource, naming those that there are', async () => {
    const dataset = await downloads.get('/datasets/schols/schools.csv')
    expect(dataset.status).toBe(404)
    expect(await dataset.json()).toMatchObject({
      code: 'NOT_FOUND',
      datasets: ['nurseries', 'places', 'primary-schools'],
    })
    const resource = await downloads.get('/datasets/primary-schools/school.csv')
    expect(resource.status).toBe(404)
    expect(await resource.json()).toMatchObject({ status: 404, code: 'NOT_FOUND', resources: ['schools'] })
  })

  test('a code that no dataset can have', async () => {
    for (const path of ['/datasets/%00/schools.csv', '/datasets/a%00b/datapackage.json']) {
      const response = await downloads.get(path)
      expect(response.status).toBe(404)
      expect(await response.json()).toMatchObject({ code: 'NOT_FOUND' })
    }
  })

  test('a dataset that was never fetched, with its sources', async () => {
    const response = await downloads.get('/datasets/nurseries/nurseries.csv')
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('30')
    expect(await response.json()).toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
      sources: [{ dataset: 'nurseries', resource: 'nurseries', state: 'NEVER_FETCHED', version: null }],
    })
  })
})

test('a dataset that duplicates another answers with the rows of that one', async () => {
  expect(await downloads.text('/datasets/schools-again/schools.csv')).toBe(await downloads.text(`${base}.csv`))
})

test('a record that a retired connector left is not seen through a relation', async () => {
  const seen = { where: '{"district":{"isNull":false}}' }
  await downloads.world.seed({
    ...{ dataset: 'places', resource: 'old-places', recordType: 'AdministrativeUnit', retired: true },
    rows: [{ key: '999~none', code: '999', name: 'Huyện cũ', validFrom: '2000-01-01' }],
  })
  expect(await keys(seen)).toEqual(['b'])
})
