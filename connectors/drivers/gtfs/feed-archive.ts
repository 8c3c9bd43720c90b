import { TextDecoder } from 'node:util'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded, type Wording } from '../../../src/errors/wording.js'
import { unreadable, ZipArchive } from '../zip/zip-archive.js'

const expected = worded('a GTFS feed', 'dữ liệu GTFS')

/** The zip archive of a feed, whose files are text. */
export class FeedArchive {
  private constructor(
    private readonly zip: ZipArchive,
    /** The archive's name of each file. */
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  /** Close it when done. Throws a SourceFault when the file is not such an archive. */
  static async open(path: string, maxInflatedBytes: number, signal: AbortSignal): Promise<FeedArchive> {
    const zip = await ZipArchive.open(path, { expected, maxInflatedBytes, signal })
    const names = new Map<string, string>()
    for (const name of zip.names) {
      const file = /^([^/]+)\.txt$/.exec(name)?.[1]
      if (file !== undefined) names.set(file, name)
    }
    return new FeedArchive(zip, names)
  }

  close(): void {
    this.zip.close()
  }

  /** Names of the feed's files without `.txt`, in the order of the archive. */
  get files(): readonly string[] {
    return [...this.names.keys()]
  }

  has(file: string): boolean {
    return this.names.has(file)
  }

  /** The file's text, piece by piece. Throws a SourceFault when it is not there, not UTF-8, cut off or too large. */
  async *text(file: string): AsyncGenerator<string> {
    const name = this.names.get(file)
    if (name === undefined)
      throw new SourceFault('NOT_FOUND', { what: worded(`${file}.txt in the feed`, `${file}.txt trong tệp GTFS`) })
    const decoder = new TextDecoder('utf-8', { fatal: true })
    let offset = 0
    for await (const chunk of this.zip.read(name)) {
      yield decode(decoder, chunk, offset, true)
      offset += chunk.length
    }
    yield decode(decoder, new Uint8Array(), offset, false)
  }
}

function decode(decoder: TextDecoder, chunk: Uint8Array, offset: number, stream: boolean): string {
  try {
    return decoder.decode(chunk, { stream })
  } catch (error) {
    throw new SourceFault('ENCODING', { encoding: 'UTF-8', offset }, error)
  }
}

export function notAFeed(detail: Wording, cause?: unknown): SourceFault {
  return unreadable(expected, detail, cause)
}
