import { crc32, createDeflateRaw } from 'node:zlib'
import { Readable } from 'node:stream'

/** One file of an archive; its bytes are read once, in their turn. */
export interface ZipEntry {
  readonly name: string
  readonly content: AsyncIterable<Buffer> | Iterable<Buffer>
}

interface WrittenEntry {
  readonly name: Buffer
  readonly offset: number
  readonly checksum: number
  readonly packed: number
  readonly size: number
}

const largest = 0xffff_ffff
// Sizes and checksum follow the data, since nothing is known before it; names are UTF-8.
const flags = 0x0808
const deflated = 8
const version = 20
// The same bytes for the same content: 1980-01-01, the first day that an archive can name.
const day = 0x0021

/**
 * A zip archive as it is written: no entry is ever whole in memory. Its entries, and itself, stay below 4 GiB. An entry is asked
 * for when the one before has been written.
 */
export async function* zipStream(entries: Iterable<ZipEntry>): AsyncGenerator<Buffer> {
  const written: WrittenEntry[] = []
  let offset = 0
  for (const entry of entries) {
    const name = Buffer.from(entry.name)
    const head = localHeader(name)
    const start = offset
    yield head
    offset += head.length
    let checksum = 0
    let size = 0
    let packed = 0
    const counted = async function* (): AsyncGenerator<Buffer> {
      for await (const bytes of entry.content) {
        checksum = crc32(bytes, checksum)
        size += bytes.length
        yield bytes
      }
    }
    const deflate = createDeflateRaw({ level: 4, chunkSize: 65_536 })
    const source = Readable.from(counted(), { objectMode: false })
    source.on('error', (error) => deflate.destroy(error))
    try {
      for await (const bytes of source.pipe(deflate)) {
        if (!Buffer.isBuffer(bytes)) continue
        packed += bytes.length
        yield bytes
      }
    } finally {
      source.destroy()
    }
    offset += packed
    if (offset > largest || size > largest) throw new RangeError('A workbook of more than 4 GiB cannot be written.')
    const descriptor = dataDescriptor(checksum, packed, size)
    yield descriptor
    offset += descriptor.length
    written.push({ name, offset: start, checksum, packed, size })
  }
  yield centralDirectory(written, offset)
}

function localHeader(name: Buffer): Buffer {
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x04034b50, 0)
  head.writeUInt16LE(version, 4)
  head.writeUInt16LE(flags, 6)
  head.writeUInt16LE(deflated, 8)
  head.writeUInt16LE(day, 12)
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, name])
}

function dataDescriptor(checksum: number, packed: number, size: number): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(0x08074b50, 0)
  bytes.writeUInt32LE(checksum, 4)
  bytes.writeUInt32LE(packed, 8)
  bytes.writeUInt32LE(size, 12)
  return bytes
}

function centralDirectory(entries: readonly WrittenEntry[], offset: number): Buffer {
  const headers = entries.map(({ name, offset: at, checksum, packed, size }) => {
    const head = Buffer.alloc(46)
    head.writeUInt32LE(0x02014b50, 0)
    head.writeUInt16LE(version, 4)
    head.writeUInt16LE(version, 6)
    head.writeUInt16LE(flags, 8)
    head.writeUInt16LE(deflated, 10)
    head.writeUInt16LE(day, 14)
    head.writeUInt32LE(checksum, 16)
    head.writeUInt32LE(packed, 20)
    head.writeUInt32LE(size, 24)
    head.writeUInt16LE(name.length, 28)
    head.writeUInt32LE(at, 42)
    return Buffer.concat([head, name])
  })
  const directory = Buffer.concat(headers)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(entries.length, 8)
  end.writeUInt16LE(entries.length, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([directory, end])
}
