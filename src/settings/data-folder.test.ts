import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { prepareDataFolder } from './data-folder.js'
import { StartFailure } from './start-failure.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-folder-'))
  await writeFile(join(folder, 'file'), '')
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

test('a folder is made with those above it, and is empty; one that is there stays as it is', async () => {
  const deep = join(folder, 'a', 'b', 'c')
  await prepareDataFolder(deep)
  expect(await readdir(deep)).toEqual([])
  await writeFile(join(deep, 'kept'), '')
  await prepareDataFolder(deep)
  expect(await readdir(deep)).toEqual(['kept'])
})

test.each([
  ['a file', 'file', 'EEXIST'],
  ['below a file', 'file/below', 'ENOTDIR'],
])('one that is %s is refused in one sentence', async (_what, path, code) => {
  const refused = prepareDataFolder(join(folder, path))
  await expect(refused).rejects.toThrow(`DATA_DIR: the folder ${join(folder, path)} cannot be written (${code}).`)
  await expect(refused).rejects.toBeInstanceOf(StartFailure)
})

test('one where none can be made is refused at once', async () => {
  await expect(prepareDataFolder('/proc/x/y')).rejects.toThrow(/^DATA_DIR: the folder \/proc\/x\/y cannot be written/)
})
