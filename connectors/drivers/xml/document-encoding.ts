import { SourceFault } from '../../../src/errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../../src/errors/wording.js'
import type { Encoding } from '../text-encoding/encodings.js'

/** Names that documents and servers use, in lower case. UTF-16 stands for itself: its bytes tell which of the two it is. */
const known: Readonly<Record<string, Encoding | 'utf-16'>> = {
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'us-ascii': 'utf-8',
  ascii: 'utf-8',
  'utf-16': 'utf-16',
  utf16: 'utf-16',
  'iso-10646-ucs-2': 'utf-16',
  unicode: 'utf-16',
  'utf-16le': 'utf-16le',
  'utf-16be': 'utf-16be',
  'windows-1258': 'windows-1258',
  cp1258: 'windows-1258',
  'windows-1252': 'windows-1252',
  cp1252: 'windows-1252',
  'iso-8859-1': 'latin1',
  latin1: 'latin1',
  tcvn: 'tcvn5712',
  tcvn5712: 'tcvn5712',
  'tcvn5712-1': 'tcvn5712',
}

export interface SaidOfEncoding {
  /** What the manifest says; it counts before the server and the document. */
  readonly given: Encoding | undefined
  /** The Content-Type of the answer. */
  readonly contentType: string | undefined
}

/**
 * How a document without a byte-order mark is to be decoded, from its first bytes: as the manifest says, else the server, else the
 * document itself (RFC 7303), else UTF-8. Throws NOT_DATA for an encoding that is not known, and where server and document
 * contradict each other in a way that would go unnoticed.
 */
export function documentEncoding(head: Uint8Array, { given, contentType }: SaidOfEncoding): Encoding {
  if (given !== undefined) return given
  const wide = wideEncoding(head)
  const served = encodingNamed(/;\s*charset\s*=\s*"?([^\s";]+)/iu.exec(contentType ?? '')?.[1], wide)
  // Wrong bytes of UTF show themselves, so the server may be trusted with it.
  if (served?.startsWith('utf') === true) return served
  const declared = encodingNamed(declaredName(head), wide)
  // Where every byte means something, a habit of the server would be published as gibberish.
  if (served !== undefined && declared !== undefined && served !== declared) {
    throw refused(
      worded(
        `the server says that it is in ${served}, and it says ${declared}: set encoding to the right one`,
        `máy chủ ghi mã ${served} còn tệp ghi ${declared}: hãy đặt encoding là mã đúng`,
      ),
    )
  }
  return served ?? declared ?? wide ?? 'utf-8'
}

function encodingNamed(name: string | undefined, wide: Encoding | undefined): Encoding | undefined {
  if (name === undefined) return undefined
  const lower = name.toLowerCase()
  const encoding = Object.hasOwn(known, lower) ? known[lower] : undefined
  if (encoding === undefined) {
    const shown = name.slice(0, 40)
    throw refused(worded(`its encoding ${shown} is not known`, `không biết mã ký tự ${shown}`))
  }
  if (encoding !== 'utf-16') return encoding
  if (wide !== undefined) return wide
  throw refused(
    worded(
      'it is said to be in UTF-16, but it is not: set encoding to what it is in',
      'ghi là UTF-16 nhưng không phải: hãy đặt encoding là mã thật của tệp',
    ),
  )
}

/** A `<` in two bytes. */
function wideEncoding([first, second]: Uint8Array): Encoding | undefined {
  if (first === 0x3c && second === 0) return 'utf-16le'
  return first === 0 && second === 0x3c ? 'utf-16be' : undefined
}

/** What the XML declaration says; all encodings write that in ASCII, two bytes a letter or one. */
function declaredName(head: Uint8Array): string | undefined {
  const letters = Buffer.from(head.subarray(0, 400)).toString('latin1').replaceAll('\0', '')
  return /^<\?xml\s[^>]*?\sencoding\s*=\s*["']([^"']*)["']/u.exec(letters)?.[1]
}

function refused(detail: Wording): SourceFault {
  return new SourceFault('NOT_DATA', { expected: asWritten('XML'), detail })
}
