import { open } from 'node:fs/promises'
import * as yauzl from 'yauzl'
import { SourceFault } from '../../../src/errors/source-fault.js'

const mostEntries = 5000
/** Beyond so many inflated bytes the ratio to the packed ones counts: tables of real files stay below 100. */
const ratioCountsFrom = 16 * 1024 * 1024
const highestRatio = 200

/**
 * A workbook's zip archive. Nothing is extracted to disk, and what is read is counted as it inflates: the sizes that an archive
 * declares are not believed. Close it in any case.
 */
export class ZipArchive {
  private constructor(
    readonly zip: yauzl.ZipFile,
    readonly entries: ReadonlyMap<string, yauzl.Entry>,
  ) {}

  /** Throws a SourceFault when the file is no archive, is cut off, encrypted or has too many entries. */
  static async open(path: string): Promise<ZipArchive> {
    await refuseOtherFormats(path)
    const zip = await yauzl.openPromise(path, { autoClose: false, lazyEntries: true }).catch((error: unknown) => {
      throw new SourceFault('TRUNCATED', { detail: 'the workbook ends before its directory' }, error)
    })
    try {
      if (zip.entryCount > mostEntries) throw new SourceFault('TOO_LARGE', { limit: `${mostEntries} entries` })
      const entries = new Map<string, yauzl.Entry>()
      for await (const entry of zip.eachEntry()) {
        if (entry.isEncrypted()) throw notWorkbook('it is protected by a password')
        entries.set(partKey(entry.fileName), entry)
      }
      return new ZipArchive(zip, entries)
    } catch (error) {
      zip.close()
      throw error instanceof SourceFault ? error : notWorkbook('the archive is damaged', error)
    }
  }

  has(part: string): boolean {
    return this.entries.has(partKey(part))
  }

  /** The bytes of one part; `limit` is the most that it may inflate to. */
  async *read(part: string, limit: number): AsyncGenerator<Uint8Array> {
    const entry = this.entries.get(partKey(part))
    if (entry === undefined) throw notWorkbook(`it has no ${part}`)
    const stream = await this.zip.openReadStreamPromise(entry).catch((error: unknown) => {
      throw notWorkbook('the archive is damaged', error)
    })
    let inflated = 0
    try {
      for await (const chunk of stream) {
        if (!(chunk instanceof Uint8Array)) throw new TypeError('A stream of bytes gave something else.')
        inflated += chunk.length
        const ratioExceeded = inflated > ratioCountsFrom && inflated > highestRatio * entry.compressedSize
        if (inflated > limit || ratioExceeded) {
          throw new SourceFault('TOO_LARGE', { limit: `${Math.round(limit / 1024 / 1024)} MiB in ${part}` })
        }
        yield chunk
      }
    } catch (error) {
      throw error instanceof SourceFault ? error : notWorkbook('the archive is damaged', error)
    } finally {
      stream.destroy()
    }
  }

  close(): void {
    this.zip.close()
  }
}

export function notWorkbook(detail: string, cause?: unknown): SourceFault {
  return new SourceFault('NOT_DATA', { expected: 'XLSX', detail }, cause)
}

/** Part names are compared without regard to case (Open Packaging Conventions). */
function partKey(name: string): string {
  return name.replace(/^\/+/u, '').toLowerCase()
}

async function refuseOtherFormats(path: string): Promise<void> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0)
    const head = buffer.subarray(0, bytesRead)
    if (head.length === 0) throw notWorkbook('it is empty')
    if (head.readUIntBE(0, Math.min(4, head.length)) === 0xd0cf11e0) {
      throw notWorkbook('it is an old .xls or a workbook with a password; save it as .xlsx without one')
    }
    if (head.subarray(0, 4).toString('latin1') !== 'PK\u0003\u0004') {
      const text = head.toString('latin1').trimStart()
      throw notWorkbook(text.startsWith('<') ? 'it is an HTML or XML page' : 'it is some other format')
    }
  } finally {
    await file.close()
  }
}
