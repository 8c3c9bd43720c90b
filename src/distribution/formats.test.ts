import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { SaxesParser } from 'saxes'
import { driver as csvDriver } from '../../connectors/drivers/csv/driver.js'
import { csvOptions } from '../../connectors/drivers/csv/options.js'
import { driver as xlsxDriver } from '../../connectors/drivers/xlsx/driver.js'
import { createDownloadWorld, schoolsInGraphQL, type DownloadWorld, type SchoolNode } from './downloads.fixture.js'

let downloads: DownloadWorld
let expected: readonly SchoolNode[]
beforeAll(async () => {
  downloads = await createDownloadWorld()
  expected = await schoolsInGraphQL(downloads, ', orderBy: [{ key: ASC }]')
})
afterAll(async () => {
  await downloads.dispose()
})

const base = '/datasets/primary-schools/schools'
// A district that is no longer there is null in GraphQL; a file still has the key that refers to it.
const dangling = { key: '999~none', code: null, name: null }
const withDangling = (nodes: readonly SchoolNode[]): SchoolNode[] =>
  nodes.map((node) => (node['key'] === 'a' ? { ...node, district: dangling } : node))

test('JSON has the rows of GraphQL, and says what they are', async () => {
  const file: unknown = JSON.parse(await downloads.text(`${base}.json`))
  expect(file).toMatchObject({
    dataset: 'primary-schools',
    resource: 'schools',
    version: 2,
    recordType: 'School',
    license: 'CC-BY-4.0',
    fetchedAt: '2025-07-02T18:30:00.000Z',
    records: withDangling(expected),
  })
})

test('NDJSON has the same objects, one a line', async () => {
  const lines = (await downloads.text(`${base}.ndjson`)).split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line): unknown => JSON.parse(line))).toEqual(withDangling(expected))
})

test('GeoJSON has the same objects as properties, and a point, longitude first, where there are coordinates', async () => {
  const file = JSON.parse(await downloads.text(`${base}.geojson`)) as { type: string; features: unknown[] }
  expect(file.type).toBe('FeatureCollection')
  expect(file.features).toEqual(
    withDangling(expected).map((node) => ({
      type: 'Feature',
      id: node['key'],
      geometry:
        node['latitude'] === null ? null : { type: 'Point', coordinates: [node['longitude'], node['latitude']] },
      properties: node,
    })),
  )
})

test('GeoJSON of a type without coordinates has features without geometry', async () => {
  const file = JSON.parse(await downloads.text('/datasets/places/places.geojson')) as { features: object[] }
  expect(file.features).toMatchObject([
    { geometry: null, properties: { code: '540-1', parent: { code: '540' } } },
    { geometry: null, properties: { code: '540', parent: null } },
  ])
})

test('CSV has CRLF line ends, and is read back with the values of GraphQL', async () => {
  const text = await downloads.text(`${base}.csv`)
  expect(text.startsWith('key,code,name,level,pupils,openedOn,district,district.code,district.name,')).toBe(true)
  expect(text.endsWith('\r\n')).toBe(true)
  const rows = await downloads.readBack(csvDriver, csvOptions.parse({ url: `${downloads.url}${base}.csv` }), {})
  expect(rows).toEqual(withDangling(expected).map((node) => flat(node, csvValue)))
})

test('XLSX has typed cells, and is read back with the values of GraphQL', async () => {
  const rows = await downloads.readBack(xlsxDriver, { url: `${downloads.url}${base}.xlsx` }, { headerRows: 1 })
  expect(rows).toEqual(withDangling(expected).map((node) => flat(node, xlsxValue)))
})

test('XLSX has a second sheet about the source', async () => {
  const rows = await downloads.readBack(
    xlsxDriver,
    { url: `${downloads.url}${base}.xlsx?labels=vi` },
    { sheet: 'Nguồn – Source', headerRows: 0 },
  )
  const said = new Map(rows.map((row) => [row['column 1'], row['column 2']]))
  expect(said.get('Phiên bản – Version')).toBe('2')
  expect(said.get('Giấy phép – Licence')).toBe('CC-BY-4.0')
  expect(said.get('Đọc từ nguồn lúc – Fetched at')).toBe('2025-07-02T18:30:00.000Z')
  expect(said.get('Truy vấn – Query')).toBe(`${base}.xlsx?labels=vi`)
  expect(said.get('pupils')).toBe('pupils – pupils')
})

describe('XML', () => {
  test('has the values of GraphQL as text', async () => {
    const records = readRecords(await downloads.text(`${base}.xml`))
    expect(records).toEqual(withDangling(expected).map((node) => xmlObject(node)))
  })

  test('follows the sequence that its XSD lays down, with the same columns chosen', async () => {
    for (const query of ['', '?fields=district.name,name,district.code,levels&labels=en']) {
      const sequence = schemaPaths(await downloads.text(`${base}.xsd${query}`))
      const xml = await downloads.text(`${base}.xml${query}`)
      expect(xml).toContain(`xsi:noNamespaceSchemaLocation="schools.xsd`)
      const places = elementPaths(xml).map((path) => sequence.indexOf(path))
      expect(places).not.toContain(-1)
      expect(sequence.length).toBeGreaterThan(4)
    }
  })
})

/** The columns of a flat file. */
function flat(node: SchoolNode, shown: (name: string, value: Json) => Json): Record<string, unknown> {
  const { district, ...rest } = node
  const place = typeof district === 'object' && district !== null && !Array.isArray(district) ? district : {}
  const values = {
    ...rest,
    district: place['key'] ?? null,
    'district.code': place['code'] ?? null,
    'district.name': place['name'] ?? null,
  }
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(name, value)]))
}

type Json = SchoolNode[string]

const csvText = (value: Json) => (typeof value === 'string' ? value : JSON.stringify(value))
const defused = (text: string) => (/^[=+\-@\t\r\n|＝＋－＠｜]/.test(text) ? `'${text}` : text)
const numbers = ['pupils', 'latitude', 'longitude', 'budget', 'seats']

function csvValue(name: string, value: Json): Json {
  if (value === null) return ''
  if (Array.isArray(value)) return JSON.stringify(value)
  if (name === 'extra') return '{"n": 1.5, "note": "dòng 1\\ndòng 2"}'
  if (typeof value === 'string') return numbers.includes(name) ? value : defused(value)
  return JSON.stringify(value)
}

function xlsxValue(name: string, value: Json): Json {
  if (value === null) return null
  if (typeof value === 'boolean') return value
  if (name === 'openedOn') return value
  if (name === 'reportedAt') return '2025-07-01T00:30:15'
  // More digits than a spreadsheet keeps.
  if (value === '12345678901234567.89' || value === '9007199254740993') return value
  if (numbers.includes(name)) return `#${csvText(value)}`
  return csvValue(name, value)
}

/** Text where JSON has a value, nothing where it has null. */
function xmlObject(value: SchoolNode): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) => {
      if (each === null) return []
      if (Array.isArray(each)) return [[name, each.length === 0 ? '' : { item: each }]]
      if (name === 'extra') return [[name, '{"n": 1.5, "note": "dòng 1\\ndòng 2"}']]
      return [[name, typeof each === 'object' ? xmlObject(each) : csvText(each)]]
    }),
  )
}

type Xml = string | { [name: string]: Xml | Xml[] }

function readRecords(text: string): Xml[] {
  const stack: { name: string; text: string; children: { [name: string]: Xml | Xml[] } }[] = []
  const records: Xml[] = []
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => stack.push({ name, text: '', children: {} }))
  parser.on('text', (piece) => {
    const top = stack.at(-1)
    if (top !== undefined) top.text += piece
  })
  parser.on('closetag', () => {
    const closed = stack.pop()!
    const value: Xml = Object.keys(closed.children).length === 0 ? closed.text : closed.children
    const parent = stack.at(-1)
    if (closed.name === 'record') records.push(value)
    else if (parent !== undefined && closed.name === 'item')
      parent.children['item'] = [...((parent.children['item'] as Xml[] | undefined) ?? []), value]
    else if (parent !== undefined) parent.children[closed.name] = value
  })
  parser.write(text).close()
  return records
}

/** The paths of a record's elements in the order in which the XSD allows them. */
function schemaPaths(text: string): string[] {
  return walk(text, 'xs:element', (attributes) => attributes['name'])
}

/** The paths of the elements of the records, each where it is first seen. */
function elementPaths(text: string): string[] {
  return [...new Set(walk(text, undefined, (_, name) => name))]
}

function walk(
  text: string,
  only: string | undefined,
  nameOf: (attributes: Readonly<Record<string, string>>, name: string) => string | undefined,
): string[] {
  const paths: string[] = []
  const stack: string[] = []
  const parser = new SaxesParser()
  parser.on('opentag', (tag) => {
    if (only !== undefined && tag.name !== only) return
    stack.push(nameOf(tag.attributes, tag.name) ?? '')
    paths.push(stack.join('/'))
  })
  parser.on('closetag', (tag) => {
    if (only === undefined || tag.name === only) stack.pop()
  })
  parser.write(text).close()
  return paths
}
