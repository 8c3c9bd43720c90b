import { open } from 'node:fs/promises'
import { crc32 } from 'node:zlib'
import * as yauzl from 'yauzl'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import { refuseUnsafe } from './unsafe-entries.js'

const mebibyte = 1024 * 1024
const mostEntries = 5_000
/** How much an entry may unpack to for each byte that it takes, counted once it is past `ratioFrom`: real tables stay below 100. */
const highestRatio = 200
const ratioFrom = 16 * mebibyte
/** Of all that is read out of one archive, unless its format asks for less. */
const mostInflated = 4096 * mebibyte

// Names with backslashes, which some programs write, are read as paths; those that lead out of the archive are refused.
const zipOptions = { autoClose: false, lazyEntries: true, decodeStrings: true, validateEntrySizes: true }

export interface ZipSettings {
  /** What the file should be, for people: `XLSX`. */
  readonly expected: Wording
  /** Most bytes that may be read out of it in all. */
  readonly maxInflatedBytes?: number
  readonly signal?: AbortSignal
}

/**
 * A zip archive of an agency. Nothing is ever unpacked to a disk. Names that lead out of the archive, names that occur twice,
 * entries that lie over each other, encrypted entries and links are refused; what is unpacked is counted, not believed, and its
 * checksum is compared. Close it in any case.
 */
export class ZipArchive {
  readonly #zip: yauzl.ZipFile
  readonly #entries: ReadonlyMap<string, yauzl.Entry>
  readonly #settings: ZipSettings
  #inflated = 0

  private constructor(zip: yauzl.ZipFile, entries: readonly yauzl.Entry[], settings: ZipSettings) {
    this.#zip = zip
    this.#entries = new Map(entries.map((entry) => [keyOf(entry.fileName), entry]))
    this.#settings = settings
  }

  /** Throws a SourceFault when the file is no archive, is cut off, or is one that is refused. */
  static async open(path: string, settings: ZipSettings): Promise<ZipArchive> {
    const { expected } = settings
    await refuseOtherFormats(path, expected)
    const zip = await yauzl.openPromise(path, zipOptions).catch((error: unknown) => {
      throw new SourceFault(
        'TRUNCATED',
        { detail: worded('the archive ends before its directory', 'tệp nén kết thúc trước phần danh mục của nó') },
        error,
      )
    })
    try {
      return new ZipArchive(zip, await entriesOf(zip, expected), settings)
    } catch (error) {
      zip.close()
      throw error
    }
  }

  /** As the archive has them, in its order. */
  get names(): readonly string[] {
    return [...this.#entries.values()].map((entry) => entry.fileName)
  }

  has(name: string): boolean {
    return this.#entries.has(keyOf(name))
  }

  /**
   * The bytes of one entry. `limit`: most that it may inflate to. Throws a SourceFault when it is not there, damaged, cut off or too
   * large, or the signal's reason.
   */
  async *read(name: string, limit = mostInflated): AsyncGenerator<Uint8Array, void, undefined> {
    const { expected, signal } = this.#settings
    const entry = this.#entries.get(keyOf(name))
    if (entry === undefined) throw unreadable(expected, worded(`it has no ${name}`, `không có ${name}`))
    const stream = await refusing(expected, asWritten(name), () => this.#zip.openReadStreamPromise(entry))
    let inflated = 0
    let checksum = 0
    try {
      for await (const chunk of stream) {
        signal?.throwIfAborted()
        if (!(chunk instanceof Uint8Array)) throw new TypeError('A stream of bytes gave something else.')
        inflated += chunk.length
        this.#count(entry, chunk.length, inflated, limit)
        yield chunk
        checksum = crc32(chunk, checksum)
      }
      if (checksum !== entry.crc32) {
        throw unreadable(
          expected,
          worded(`${name} is damaged: its checksum does not match`, `${name} bị hỏng: tổng kiểm tra không khớp`),
        )
      }
    } catch (error) {
      if (error instanceof SourceFault || signal?.aborted === true) throw error
      throw unreadable(expected, asWritten(`${name}: ${messageOf(error)}`), error)
    } finally {
      stream.destroy()
    }
  }

  close(): void {
    this.#zip.close()
  }

  #count(entry: yauzl.Entry, bytes: number, ofEntry: number, limit: number): void {
    this.#inflated += bytes
    const total = this.#settings.maxInflatedBytes ?? mostInflated
    if (this.#inflated > total)
      throw new SourceFault('TOO_LARGE', { limit: worded(`${total} bytes unpacked`, `${total} byte khi giải nén`) })
    if (ofEntry > limit)
      throw new SourceFault('TOO_LARGE', {
        limit: worded(`${limit} bytes in ${entry.fileName}`, `${limit} byte trong ${entry.fileName}`),
      })
    if (ofEntry > ratioFrom && ofEntry > entry.compressedSize * highestRatio) {
      throw new SourceFault('TOO_LARGE', {
        limit: worded(`${highestRatio} times its packed size`, `${highestRatio} lần cỡ khi nén`),
      })
    }
  }
}

export function unreadable(expected: Wording, detail: Wording, cause?: unknown): SourceFault {
  return new SourceFault('NOT_DATA', { expected, detail }, cause)
}

/** Names are compared without regard to case: two that differ only so are one file on most disks, and in a workbook. */
function keyOf(name: string): string {
  return name.replace(/^\/+/, '').toLowerCase()
}

async function refuseOtherFormats(path: string, expected: Wording): Promise<void> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
    const head = buffer.subarray(0, bytesRead).toString('latin1')
    if (head === '') throw unreadable(expected, worded('it is empty', 'không có nội dung'))
    if (head.trimStart().startsWith('<')) {
      throw unreadable(expected, worded('it is an HTML or XML page', 'là trang HTML hoặc XML'))
    }
    if (!/^PK(\x03\x04|\x05\x06)/.test(head)) {
      throw unreadable(expected, worded('it is not a zip archive', 'không phải là tệp nén zip'))
    }
  } finally {
    await file.close()
  }
}

async function entriesOf(zip: yauzl.ZipFile, expected: Wording): Promise<yauzl.Entry[]> {
  if (zip.entryCount > mostEntries)
    throw new SourceFault('TOO_LARGE', { limit: worded(`${mostEntries} entries`, `${mostEntries} tệp bên trong`) })
  const entries: yauzl.Entry[] = []
  await refusing(expected, worded('the archive', 'tệp nén'), async () => {
    for await (const entry of zip.eachEntry()) entries.push(entry)
  })
  refuseUnsafe(entries, expected)
  return entries
}

/** yauzl throws plain errors for an archive that is broken; errors of the system keep their own way. */
async function refusing<Result>(expected: Wording, what: Wording, read: () => Promise<Result>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error
    throw unreadable(expected, worded(`${what.en}: ${messageOf(error)}`, `${what.vi}: ${messageOf(error)}`), error)
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
