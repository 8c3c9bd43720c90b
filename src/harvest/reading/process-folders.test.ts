import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { makeProcessFolder, sweepProcessFolders } from './process-folders.js'

/** A process that has ended; its number is not given to another one at once. */
const gone = spawnSync(process.execPath, ['--version']).pid

test('folders of processes that were killed with those that they worked for are removed, and no others', async () => {
  const own = await makeProcessFolder('reading')
  const left = own.replace(`.${process.pid}-`, `.${gone}-`)
  const elsewhere = left.replace(/gateway-reading-[^.]+\./, 'gateway-reading-another-machine.')
  const folders = [left, elsewhere, join(left, 'gateway-run-abc')]
  try {
    for (const folder of folders) await mkdir(folder, { recursive: true })
    await writeFile(join(left, 'gateway-run-abc', '1'), 'a,b')
    expect(await sweepProcessFolders()).toBeGreaterThanOrEqual(1)
    expect([own, left, elsewhere].map((folder) => existsSync(folder))).toEqual([true, false, true])
  } finally {
    for (const folder of [own, left, elsewhere]) await rm(folder, { recursive: true, force: true })
  }
})
