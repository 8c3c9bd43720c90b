import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import iconv from 'iconv-lite'
import { districts } from './districts.js'
import { createEducationAgency } from './education-agency.js'
import { sampleFiles } from './files.js'
import { levels, sampleSchools } from './schools.js'
import { toWindows1258 } from './windows-1258.js'

describe('the sample schools', () => {
  const schools = sampleSchools()

  test('are about 650, the same in every run, each with a code of its own', () => {
    const perLevel = levels.map((level) => schools.filter((school) => school.level === level).length)
    expect(perLevel).toEqual([50, 156, 227, 150, 61])
    expect(new Set(schools.map(({ code }) => code)).size).toBe(schools.length)
    expect(sampleSchools()).toEqual(schools)
  })

  test('have names in NFC and stand in communes of their district', () => {
    for (const { name, address, district, commune } of schools) {
      expect(`${name}${address}`).toBe(`${name}${address}`.normalize('NFC'))
      expect(district.communes).toContain(commune)
    }
  })

  test('know only places that the reference data has on the reference date', async () => {
    const file = join(import.meta.dirname, '..', '..', '..', 'data-sources', 'places', 'administrative-units.csv')
    const lines = (await readFile(file, 'utf8')).split('\n').map((line) => line.split(','))
    const valid = lines.filter((cells) => (cells[5] ?? '') <= '2025-06-30' && (cells[6] || '9999') >= '2025-06-30')
    const named = new Set(valid.map((cells) => `${cells[0]} ${cells[1]} ${cells[3]}`))
    const communes = districts.flatMap((district) => district.communes)
    expect(communes).toHaveLength(155)
    for (const { code, name, designation } of communes) expect(named).toContain(`${code} ${name} ${designation}`)
  })
})

test('Windows-1258 is written as Windows reads it: letters as they are, tones after them', () => {
  const text = 'Trường Tiểu học số 1 Ân Hảo Đông, ẰẮẲẴẶ ềếểễệ ợ ử ỹ đ – “Hoài Ân”'
  expect(iconv.decode(Buffer.from(toWindows1258(text)), 'windows-1258').normalize('NFC')).toBe(text)
  expect(() => toWindows1258('中')).toThrow('has no')
})

// Not while the server below runs: what takes long here would let its idle connections end just when they are used again.
test('the files have the same bytes in every run', () => {
  const digests = () => sampleFiles().map((file) => createHash('sha256').update(file.bytes()).digest('hex'))
  expect(digests()).toEqual(digests())
})

describe('the department serves', () => {
  const agency = createEducationAgency()
  let running: Awaited<ReturnType<typeof agency.listen>>
  beforeAll(async () => {
    running = await agency.listen(0)
  })
  afterAll(() => running.close())

  test('an index of its files, each of them there', async () => {
    const index = await (await fetch(`${running.url}/`)).text()
    for (const { path } of agency.pages) {
      expect(index).toContain(`href="${path}"`)
      const answer = await fetch(running.url + path)
      expect(answer.status).toBe(200)
      expect(Number(answer.headers.get('content-length'))).toBe((await answer.arrayBuffer()).byteLength)
    }
  })

  test('nothing new to who knows the tag or the date', async () => {
    const url = `${running.url}/files/nha-tre.csv`
    const first = await fetch(url)
    const tag = first.headers.get('etag') ?? ''
    const modified = first.headers.get('last-modified') ?? ''
    expect((await fetch(url, { headers: { 'if-none-match': tag } })).status).toBe(304)
    expect((await fetch(url, { headers: { 'if-modified-since': modified } })).status).toBe(304)
    expect((await fetch(url, { headers: { 'if-none-match': '"other"', 'if-modified-since': modified } })).status).toBe(
      200,
    )
  })

  test('no file that it does not have, and nothing to write to', async () => {
    expect((await fetch(`${running.url}/files/../package.json`)).status).toBe(404)
    expect((await fetch(`${running.url}/`, { method: 'POST' })).status).toBe(405)
  })
})
