import { open } from 'node:fs/promises'
import { ZipArchive } from '../zip/zip-archive.js'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { worded } from '../../../src/errors/wording.js'

/** What a file is by its content; names and content types that people give are often wrong. */
export type FileFormat =
  'xlsx' | 'gtfs' | 'csv' | 'json' | 'xml' | 'html' | 'xls' | 'ods' | 'pdf' | 'gzip' | 'zip' | 'binary' | 'empty'

/** What an agency can upload. */
export type ReadableFormat = Extract<FileFormat, 'xlsx' | 'csv' | 'json' | 'xml'>

export function isReadable(format: FileFormat): format is ReadableFormat {
  return format === 'xlsx' || format === 'csv' || format === 'json' || format === 'xml'
}

const lookAhead = 4096

const signatures: readonly (readonly [FileFormat, readonly number[]])[] = [
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['zip', [0x50, 0x4b, 0x05, 0x06]],
  ['xls', [0xd0, 0xcf, 0x11, 0xe0]],
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['gzip', [0x1f, 0x8b]],
]

/** Looks at the beginning of a file, and into the directory of an archive. */
export async function fileFormat(path: string): Promise<FileFormat> {
  const head = await beginning(path)
  if (head.length === 0) return 'empty'
  const signed = signatures.find(([, bytes]) => bytes.every((byte, index) => head[index] === byte))?.[0]
  if (signed === 'zip') return await archiveFormat(path)
  return signed ?? textFormat(head)
}

async function beginning(path: string): Promise<Buffer> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(lookAhead), 0, lookAhead, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

async function archiveFormat(path: string): Promise<FileFormat> {
  try {
    const archive = await ZipArchive.open(path, {
      expected: worded('a workbook or a feed', 'bảng tính hoặc dữ liệu GTFS'),
    })
    try {
      if (archive.has('xl/workbook.xml')) return 'xlsx'
      if (archive.has('stops.txt')) return 'gtfs'
      return archive.has('content.xml') ? 'ods' : 'zip'
    } finally {
      archive.close()
    }
  } catch (error) {
    if (error instanceof SourceFault) return 'zip'
    throw error
  }
}

function textFormat(head: Buffer): FileFormat {
  const wide = wideText(head)
  // Every other byte of Latin text in UTF-16 is zero; of other text none is.
  if (wide === undefined && head.includes(0)) return 'binary'
  const text = (wide ?? head.toString('latin1')).replace(/^(\uFEFF|ï»¿)/u, '').trimStart()
  if (text === '') return 'empty'
  if (/^<(!doctype html|html|head|body|meta|script|table)/iu.test(text)) return 'html'
  if (text.startsWith('<')) return 'xml'
  if (/^(\{\s*("|\}|$)|\[\s*(\{|\[|"|\]|\d|$))/u.test(text)) return 'json'
  // Control characters other than tabs and line ends are in no table of text.
  return /[\u0001-\u0008\u000e-\u001a\u001c-\u001f]/u.test(text.slice(0, 1000)) ? 'binary' : 'csv'
}

/** Text in UTF-16, which a mark shows, or the first element of XML. */
function wideText(head: Buffer): string | undefined {
  const [first, second] = head
  const isLittle = (first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)
  if (isLittle) return head.toString('utf16le')
  const isBig = (first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)
  if (!isBig) return undefined
  return Buffer.from(head.subarray(0, head.length - (head.length % 2)))
    .swap16()
    .toString('utf16le')
}
