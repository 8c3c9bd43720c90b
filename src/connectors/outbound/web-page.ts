import { SourceFault } from '../../errors/source-fault.js'

/**
 * Throws NOT_DATA when the first bytes are those of a web page: a login form or a maintenance notice that is served with
 * status 200. `expected`: what should be there, such as `CSV`. Text only; never call it for formats that may be HTML.
 */
export function refuseWebPage(firstBytes: Uint8Array, expected: string): void {
  const start = Buffer.from(firstBytes.subarray(0, 512))
    .toString('latin1')
    .replace(/^\xef\xbb\xbf/, '')
  if (/^\s*(<!--.{0,400}?-->\s*)*<(!doctype\s+html|html|head|body)\b/is.test(start)) {
    throw new SourceFault('NOT_DATA', { expected, detail: 'it is a web page' })
  }
}
