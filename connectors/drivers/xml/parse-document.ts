import { SaxesParser, type SaxesTagNS } from 'saxes'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'

const deepest = 64
const mostAttributes = 256
/** Characters that may pass without an element beginning or ending. */
const longestSilence = 4 * 1024 * 1024

/** What is told of a document while it is parsed. `take` hands over what was found so far. */
export interface DocumentReader<Found> {
  open(tag: SaxesTagNS): void
  close(): void
  text?(text: string): void
  take(): readonly Found[]
  /** The document ended as it must. */
  end?(): void
}

/**
 * Runs a document through a reader, piece by piece. It must be well formed from beginning to end; where it ends too early it was
 * TRUNCATED. A document type is refused: no entity is declared that could grow, and nothing is fetched for one.
 */
export async function* parseDocument<Found>(
  text: AsyncIterable<string>,
  reader: DocumentReader<Found>,
): AsyncGenerator<Found, void, undefined> {
  const parser = new BoundedParser(reader)
  for await (const piece of text) {
    parser.write(piece)
    yield* reader.take()
  }
  parser.end()
  reader.end?.()
  yield* reader.take()
}

class BoundedParser {
  readonly #parser = new SaxesParser({ xmlns: true, position: true })
  #silence = 0
  #depth = 0
  #attributes = 0
  #hasRoot = false

  constructor(reader: DocumentReader<unknown>) {
    this.#parser.on('doctype', refuseDocumentType)
    this.#parser.on('opentagstart', () => {
      this.#begin()
    })
    this.#parser.on('attribute', () => {
      this.#attributes += 1
      if (this.#attributes > mostAttributes) {
        throw tooLarge(
          worded(`${mostAttributes} attributes of one element`, `${mostAttributes} thuộc tính của một phần tử`),
        )
      }
    })
    this.#parser.on('opentag', (tag) => {
      reader.open(tag)
    })
    this.#parser.on('closetag', () => {
      this.#silence = 0
      this.#depth -= 1
      reader.close()
    })
    this.#parser.on('text', (text) => reader.text?.(text))
    this.#parser.on('cdata', (text) => reader.text?.(text))
  }

  /** Throws NOT_DATA where the text is not well formed. */
  write(text: string): void {
    this.#silence += text.length
    if (this.#silence > longestSilence) {
      throw tooLarge(
        worded(`${longestSilence} characters without an element`, `${longestSilence} ký tự không có phần tử nào`),
      )
    }
    this.#checked(
      () => this.#parser.write(text),
      (place, cause) =>
        new SourceFault(
          'NOT_DATA',
          {
            expected: asWritten('XML'),
            detail: worded(`it is not well formed ${place.en}`, `không đúng cú pháp ${place.vi}`),
          },
          cause,
        ),
    )
  }

  /** Throws TRUNCATED when more should have come. */
  end(): void {
    if (!this.#hasRoot)
      throw new SourceFault('NOT_DATA', {
        expected: asWritten('XML'),
        detail: worded('it has no element', 'không có phần tử nào'),
      })
    this.#checked(
      () => this.#parser.close(),
      (place, cause) =>
        new SourceFault(
          'TRUNCATED',
          { detail: worded(`the document ends too early ${place.en}`, `tài liệu kết thúc quá sớm ${place.vi}`) },
          cause,
        ),
    )
  }

  #begin(): void {
    this.#hasRoot = true
    this.#silence = 0
    this.#attributes = 0
    this.#depth += 1
    if (this.#depth > deepest) {
      throw tooLarge(worded(`${deepest} elements within each other`, `${deepest} phần tử lồng nhau`))
    }
  }

  #checked(parse: () => unknown, faultAt: (place: Wording, cause: Error) => SourceFault): void {
    try {
      parse()
    } catch (error) {
      if (error instanceof SourceFault || !(error instanceof Error)) throw error
      const said = error.message.replace(/^\d+:\d+: /u, '').replace(/\.$/u, '')
      const { line, column } = this.#parser
      throw faultAt(
        worded(`at line ${line}, column ${column}: ${said}`, `tại hàng ${line}, cột ${column}: ${said}`),
        error,
      )
    }
  }
}

function refuseDocumentType(declaration: string): never {
  if (/^\s*html\b/iu.test(declaration)) {
    throw new SourceFault('NOT_DATA', {
      expected: asWritten('XML'),
      detail: worded('it is an HTML page', 'là trang HTML'),
    })
  }
  throw new SourceFault('NOT_DATA', {
    expected: worded('XML without a document type (DOCTYPE)', 'XML không khai báo kiểu tài liệu (DOCTYPE)'),
    detail: worded(
      'it declares one, and entities of a document type are neither expanded nor fetched',
      'tài liệu có khai báo, mà thực thể của DOCTYPE không được mở rộng hay tải về',
    ),
  })
}

function tooLarge(limit: Wording): SourceFault {
  return new SourceFault('TOO_LARGE', { limit })
}
