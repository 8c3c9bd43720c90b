import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { zipSync } from 'fflate'
import { collected } from '../../../test/support/reading.js'
import { zipOf } from '../gtfs/fixture-server.js'
import { ZipArchive, type ZipSettings } from './zip-archive.js'
import { asWritten } from '../../../src/errors/wording.js'

const mebibyte = 1024 * 1024
const never = new AbortController().signal
let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'feed-archive-'))
})
afterAll(async () => {
  await rm(folder, { recursive: true })
})

async function fileOf(bytes: Uint8Array): Promise<string> {
  const path = join(folder, 'feed.zip')
  await writeFile(path, bytes)
  return path
}

function opened(path: string, settings: Partial<ZipSettings> = {}): Promise<ZipArchive> {
  return ZipArchive.open(path, { expected: asWritten('an archive'), signal: never, ...settings })
}

async function textOf(bytes: Uint8Array, name = 'stops.txt', settings: Partial<ZipSettings> = {}): Promise<string> {
  const archive = await opened(await fileOf(bytes), settings)
  try {
    return Buffer.concat(await collected(archive.read(name))).toString()
  } finally {
    archive.close()
  }
}

/** The archive with a number overwritten in each entry's header in the central directory. */
function patched(bytes: Uint8Array, offset: number, write: (view: DataView, at: number) => void): Uint8Array {
  const copy = Buffer.from(bytes)
  const view = new DataView(copy.buffer, copy.byteOffset, copy.length)
  for (let at = copy.indexOf('PK\u0001\u0002'); at !== -1; at = copy.indexOf('PK\u0001\u0002', at + 4)) {
    write(view, at + offset)
  }
  return copy
}
const offsets = { flags: 8, checksum: 16, size: 24, mode: 38, header: 42 }

describe('an archive', () => {
  test('gives what its entries hold, whatever the case of the names', async () => {
    const bytes = zipOf({ 'stops.txt': 'Đống Đa', 'notes.pdf': 'x', 'old/stops.txt': 'y' })
    expect([await textOf(bytes), await textOf(bytes, 'Old/Stops.txt')]).toEqual(['Đống Đa', 'y'])
    await expect(textOf(bytes, 'trips.txt')).rejects.toThrow('it has no trips.txt')
  })

  test.each([
    ['leads out of it', zipOf({ '../stops.txt': 'x' })],
    ['is absolute', zipOf({ '/stops.txt': 'x' })],
    ['has a backslash', zipOf({ '..\\stops.txt': 'x' })],
  ])('is refused when a name %s, and nothing is written', async (_what, bytes) => {
    await expect(textOf(bytes)).rejects.toMatchObject({ code: 'NOT_DATA' })
    expect(await readdir(folder)).toEqual(['feed.zip'])
  })

  test('is refused when a name occurs twice, in whatever case', async () => {
    const twice = Buffer.from(zipOf({ 'stopA.txt': 'x', 'stopB.txt': 'y' }))
    for (let at = twice.indexOf('stopB'); at !== -1; at = twice.indexOf('stopB')) twice.write('stopA', at)
    await expect(textOf(twice)).rejects.toThrow('stopA.txt twice')
    await expect(textOf(zipOf({ 'stops.txt': 'x', 'Stops.txt': 'y' }))).rejects.toThrow('twice')
  })

  test('is refused when entries lie over each other', async () => {
    const bytes = zipOf({ 'stops.txt': 'x'.repeat(100), 'trips.txt': 'y'.repeat(100) })
    const overlapping = patched(bytes, offsets.header, (view, at) => {
      view.setUint32(at, 0, true)
    })
    await expect(textOf(overlapping)).rejects.toThrow('lie over each other')
  })

  test('is refused when it is encrypted or has links', async () => {
    const bytes = zipOf({ 'stops.txt': 'x' })
    const encrypted = patched(bytes, offsets.flags, (view, at) => {
      view.setUint16(at, 1, true)
    })
    await expect(textOf(encrypted)).rejects.toThrow('encrypted')
    const link = patched(bytes, offsets.mode, (view, at) => {
      view.setUint32(at, 0o120777 * 65_536, true)
    })
    await expect(textOf(link)).rejects.toThrow('is a link')
  })

  test('is refused when it has very many entries', async () => {
    const many = Object.fromEntries(Array.from({ length: 5_001 }, (_, at) => [`${at}.txt`, '']))
    await expect(textOf(zipOf(many))).rejects.toMatchObject({ code: 'TOO_LARGE' })
  })

  test.each([0, 1, 4_000_000_000])('counts what is unpacked when it claims %d bytes', async (claimed) => {
    const lying = patched(zipOf({ 'stops.txt': 'x'.repeat(5000) }), offsets.size, (view, at) => {
      view.setUint32(at, claimed, true)
    })
    await expect(textOf(lying)).rejects.toMatchObject({ code: 'NOT_DATA' })
  })

  test('is refused when what it holds is damaged or cut off', async () => {
    const bytes = zipOf({ 'stops.txt': 'stop_id\n'.repeat(50) })
    const damaged = patched(bytes, offsets.checksum, (view, at) => {
      view.setUint32(at, 12_345, true)
    })
    await expect(textOf(damaged)).rejects.toThrow('checksum')
    await expect(textOf(bytes.subarray(0, bytes.length / 2))).rejects.toMatchObject({ code: 'TRUNCATED' })
  })

  test('is refused when it is something else', async () => {
    const page = Buffer.from('<!doctype html><p>Bảo trì</p>')
    await expect(textOf(page)).rejects.toThrow('it is an HTML or XML page')
    await expect(textOf(Buffer.from('stop_id\n'))).rejects.toThrow('it is not a zip archive')
    await expect(textOf(new Uint8Array())).rejects.toThrow('it is empty')
  })

  test('stops unpacking a bomb soon after the limit of its ratio', async () => {
    const bomb = zipOf({ 'stops.txt': new Uint8Array(60 * mebibyte).fill(97) })
    expect(bomb.length).toBeLessThan(mebibyte)
    const archive = await opened(await fileOf(bomb))
    let unpacked = 0
    const reading = (async () => {
      for await (const piece of archive.read('stops.txt')) unpacked += piece.length
    })()
    await expect(reading).rejects.toMatchObject({ code: 'TOO_LARGE' })
    archive.close()
    expect(unpacked).toBeLessThan(20 * mebibyte)
  })

  test('counts the bytes of all its entries together, and those of each', async () => {
    const noise = (seed: number) => Uint8Array.from({ length: 700_000 }, (_, at) => 32 + ((at * seed + (at >> 7)) % 90))
    const bytes = zipSync({ 'stops.txt': [noise(7919), { level: 0 }], 'trips.txt': [noise(104_729), { level: 0 }] })
    const archive = await opened(await fileOf(bytes), { maxInflatedBytes: mebibyte })
    await collected(archive.read('stops.txt'))
    await expect(collected(archive.read('trips.txt'))).rejects.toMatchObject({ code: 'TOO_LARGE' })
    archive.close()
    const again = await opened(await fileOf(bytes))
    await expect(collected(again.read('trips.txt', 600_000))).rejects.toThrow('600000 bytes in trips.txt')
    again.close()
  })

  test('stops when the run is aborted', async () => {
    const aborted = AbortSignal.abort(new Error('deadline'))
    await expect(textOf(zipOf({ 'stops.txt': 'x' }), 'stops.txt', { signal: aborted })).rejects.toThrow('deadline')
  })
})
