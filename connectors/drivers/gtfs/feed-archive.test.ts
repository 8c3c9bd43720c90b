import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { collected } from '../../../test/support/reading.js'
import { FeedArchive } from './feed-archive.js'
import { zipOf } from './fixture-server.js'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feed-archive-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function opened(files: Readonly<Record<string, string | Uint8Array>>): Promise<FeedArchive> {
  const path = join(folder, 'feed.zip')
  await writeFile(path, zipOf(files))
  return FeedArchive.open(path, 64 * 1024 * 1024, new AbortController().signal)
}

test('a feed has the text files at its top, and nothing else', async () => {
  const feed = await opened({ 'stops.txt': 'Đống Đa', 'notes.pdf': 'x', 'old/trips.txt': 'x' })
  expect(feed.files).toEqual(['stops'])
  expect((await collected(feed.text('stops'))).join('')).toBe('Đống Đa')
  await expect(collected(feed.text('trips'))).rejects.toMatchObject({ code: 'NOT_FOUND' })
  feed.close()
})

test('a file that is not UTF-8 is refused with the place', async () => {
  const feed = await opened({ 'stops.txt': Uint8Array.of(0x61, 0x0a, 0xff) })
  await expect(collected(feed.text('stops'))).rejects.toMatchObject({ code: 'ENCODING' })
  feed.close()
})
