import { open } from 'node:fs/promises'
import { TextDecoder } from 'node:util'
import { crc32 } from 'node:zlib'
import yauzl from 'yauzl'
import { SourceFault } from '../../../src/errors/source-fault.js'

const maxEntries = 1_000
/** How much an entry may unpack to for each byte it takes; counted only past the first MiB. */
const maxRatio = 100
const ratioFrom = 1024 * 1024
const symbolicLink = 0o120000
const fileTypeMask = 0o170000

const zipOptions = {
  autoClose: false,
  lazyEntries: true,
  decodeStrings: true,
  strictFileNames: true,
  validateEntrySizes: true,
}

/**
 * The zip archive of a feed. Nothing is ever unpacked to a disk. Names that lead out of the archive, names that occur twice,
 * entries that lie over each other, encrypted entries and links are refused; what is unpacked is counted, not believed.
 */
export class FeedArchive {
  private inflated = 0

  private constructor(
    private readonly zip: yauzl.ZipFile,
    private readonly entries: ReadonlyMap<string, yauzl.Entry>,
    private readonly maxInflatedBytes: number,
    private readonly signal: AbortSignal,
  ) {}

  /** Close it when done. Throws a SourceFault when the file is not such an archive. */
  static async open(path: string, maxInflatedBytes: number, signal: AbortSignal): Promise<FeedArchive> {
    await refuseOtherFormats(path)
    const zip = await yauzl.openPromise(path, zipOptions).catch((error: unknown) => {
      throw new SourceFault('TRUNCATED', { detail: 'the archive ends before its directory' }, error)
    })
    try {
      return new FeedArchive(zip, await listEntries(zip), maxInflatedBytes, signal)
    } catch (error) {
      zip.close()
      throw error
    }
  }

  close(): void {
    this.zip.close()
  }

  /** Names of the feed's files without `.txt`, in the order of the archive. */
  get files(): readonly string[] {
    return [...this.entries.keys()]
  }

  has(file: string): boolean {
    return this.entries.has(file)
  }

  /** The file's text, piece by piece. Throws a SourceFault when it is not there, not UTF-8, cut off or too large. */
  async *text(file: string): AsyncGenerator<string> {
    const entry = this.entries.get(file)
    if (entry === undefined) throw new SourceFault('NOT_FOUND', { what: `${file}.txt in the feed` })
    const decoder = new TextDecoder('utf-8', { fatal: true })
    const stream = await refusing(() => this.zip.openReadStreamPromise(entry))
    let offset = 0
    let checksum = 0
    try {
      for await (const chunk of stream) {
        this.signal.throwIfAborted()
        if (!(chunk instanceof Uint8Array)) throw notAFeed(`${file}.txt cannot be read as bytes`)
        this.count(entry, chunk.length, offset + chunk.length)
        yield decode(decoder, chunk, offset, true)
        offset += chunk.length
        checksum = crc32(chunk, checksum)
      }
      if (checksum !== entry.crc32) throw notAFeed(`${file}.txt is damaged: its checksum does not match`)
      yield decode(decoder, new Uint8Array(), offset, false)
    } catch (error) {
      if (this.signal.aborted || error instanceof SourceFault) throw error
      throw notAFeed(`${file}.txt: ${messageOf(error)}`, error)
    } finally {
      stream.destroy()
    }
  }

  private count(entry: yauzl.Entry, bytes: number, ofEntry: number): void {
    this.inflated += bytes
    if (this.inflated > this.maxInflatedBytes) {
      throw new SourceFault('TOO_LARGE', { limit: `${this.maxInflatedBytes} bytes unpacked` })
    }
    if (ofEntry > ratioFrom && ofEntry > entry.compressedSize * maxRatio) {
      throw new SourceFault('TOO_LARGE', { limit: `${maxRatio} times its packed size` })
    }
  }
}

async function refuseOtherFormats(path: string): Promise<void> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0)
    const head = buffer.subarray(0, bytesRead).toString('latin1')
    if (head === '') throw notAFeed('it is empty')
    if (head.trimStart().startsWith('<')) throw notAFeed('it is an HTML or XML page')
    if (!/^PK(\x03\x04|\x05\x06)/.test(head)) throw notAFeed('it is not a zip archive')
  } finally {
    await file.close()
  }
}

async function listEntries(zip: yauzl.ZipFile): Promise<Map<string, yauzl.Entry>> {
  if (zip.entryCount > maxEntries) throw notAFeed(`the archive has ${zip.entryCount} entries`)
  const all: yauzl.Entry[] = []
  await refusing(async () => {
    for await (const entry of zip.eachEntry()) all.push(entry)
  })
  refuseUnsafe(all)
  const files = new Map<string, yauzl.Entry>()
  for (const entry of all) {
    const name = /^([^/]+)\.txt$/.exec(entry.fileName)?.[1]
    if (name !== undefined) files.set(name, entry)
  }
  return files
}

function refuseUnsafe(entries: readonly yauzl.Entry[]): void {
  const names = new Set<string>()
  for (const entry of entries) {
    const name = entry.fileName.toLowerCase()
    if (names.has(name)) throw notAFeed(`the archive has ${entry.fileName} twice`)
    names.add(name)
    if (entry.isEncrypted()) throw notAFeed(`${entry.fileName} is encrypted`)
    if (((entry.externalFileAttributes >>> 16) & fileTypeMask) === symbolicLink) {
      throw notAFeed(`${entry.fileName} is a link`)
    }
  }
  const inPlace = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  for (const [index, entry] of inPlace.entries()) {
    const next = inPlace[index + 1]
    const end = entry.relativeOffsetOfLocalHeader + entry.compressedSize
    if (next !== undefined && end > next.relativeOffsetOfLocalHeader) {
      throw notAFeed(`${entry.fileName} and ${next.fileName} lie over each other`)
    }
  }
}

function decode(decoder: TextDecoder, chunk: Uint8Array, offset: number, stream: boolean): string {
  try {
    return decoder.decode(chunk, { stream })
  } catch (error) {
    throw new SourceFault('ENCODING', { encoding: 'UTF-8', offset }, error)
  }
}

/** yauzl throws plain errors for an archive that is broken; errors of the system keep their own way. */
async function refusing<Result>(read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    throw notAFeed(messageOf(error), error)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

export function notAFeed(detail: string, cause?: unknown): SourceFault {
  return new SourceFault('NOT_DATA', { expected: 'a GTFS feed', detail }, cause)
}
