import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadRecordTypes } from './load-record-types.js'
import { busStopSchema, schoolLevels } from './small-types.fixture.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'schemas-'))
  await mkdir(join(folder, 'records/transport'), { recursive: true })
  await mkdir(join(folder, 'code-lists'))
  await writeFile(join(folder, 'records/transport/bus-stop.json'), JSON.stringify(busStopSchema))
  await writeFile(join(folder, 'code-lists/school-level.json'), JSON.stringify(schoolLevels))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

test('a folder of schema files is loaded, the theme from the folder', async () => {
  const { types, codeLists } = await loadRecordTypes(folder)
  expect([...codeLists.keys()]).toEqual(['SchoolLevel'])
  expect(types.get('BusStop')?.theme).toBe('transport')
})

test('broken files are told together, each with its name', async () => {
  const files = {
    'records/transport/a.json': '{',
    'records/transport/b.json': JSON.stringify({ ...busStopSchema, title: '' }),
    'records/transport/c.json': JSON.stringify(busStopSchema),
  }
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text)
  try {
    await expect(loadRecordTypes(folder)).rejects.toMatchObject({
      problems: [
        { file: 'records/transport/a.json', path: '', message: expect.stringContaining('not JSON') },
        { file: 'records/transport/b.json', path: 'title', message: 'Must not be empty.' },
        {
          file: 'records/transport/c.json',
          path: 'name',
          message: 'BusStop is already in records/transport/bus-stop.json.',
        },
      ],
    })
  } finally {
    for (const file of Object.keys(files)) await rm(join(folder, file))
  }
})

test('the schema files of this repository are right', async () => {
  const { types } = await loadRecordTypes('schema')
  expect(types.get('AdministrativeUnit')?.validity).toEqual({ from: 'validFrom', to: 'validTo' })
})

test('every type of this repository says which form or standard it follows, and of each field in both languages more than its title', async () => {
  const { types } = await loadRecordTypes('schema')
  const bare = (text: string): string => text.trim().replace(/\.$/, '').toLowerCase()
  const says = (text: string | undefined, title: string): boolean =>
    text !== undefined && bare(text) !== '' && ![bare(title), `the ${bare(title)}`].includes(bare(text))
  const lacking = [...types.values()].flatMap((type) => [
    ...(says(type.follows, type.title.vi) ? [] : [`${type.code}: follows`]),
    ...type.fields
      .filter(({ description, title }) => !says(description?.vi, title.vi) || !says(description?.en, title.en))
      .map(({ name }) => `${type.code}.${name}`),
  ])
  expect(lacking).toEqual([])
  expect(types.size).toBeGreaterThan(100)
})
