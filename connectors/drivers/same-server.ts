import { SourceFault } from '../../src/errors/source-fault.js'
import { worded } from '../../src/errors/wording.js'

/**
 * The address of another file, relative to that of the source. Credentials are those of the address's server, so the file has to be on
 * the same one: throws MAPPING otherwise.
 */
export function onSameServer(url: string, file: string | undefined): string {
  if (file === undefined) return url
  const other = URL.parse(file, url)
  if (other === null || other.origin !== new URL(url).origin) {
    throw new SourceFault('MAPPING', {
      detail: worded(
        `the file ${file} is not on the server of the address`,
        `tệp ${file} không nằm trên máy chủ của địa chỉ`,
      ),
    })
  }
  return other.href
}
