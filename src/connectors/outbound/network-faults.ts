import { SourceFault } from '../../errors/source-fault.js'
import { asWritten, worded, type Wording } from '../../errors/wording.js'

/**
 * The fault that a failed connection or a broken body stands for. A closed port and an unknown name are the same to the reader, or
 * a manifest could be used to explore a network; the cause is for the operator's log. A certificate is only shown by a server
 * that may be reached, and what is wrong with it is for its agency to put right.
 */
export function networkFault(error: unknown, when: 'before the answer' | 'within the answer'): unknown {
  if (error instanceof SourceFault) return error
  const code = errorCode(error)
  const certificate = certificateProblem(code)
  if (certificate !== undefined) return new SourceFault('BAD_CERTIFICATE', { detail: certificate }, error)
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new SourceFault(
      'TRUNCATED',
      { detail: worded('its length is not the one that was announced', 'độ dài khác với độ dài đã báo trước') },
      error,
    )
  }
  if (when === 'within the answer' && (code.startsWith('UND_ERR') || code.startsWith('HPE_') || code.startsWith('E'))) {
    return new SourceFault('TRUNCATED', { detail: worded('the connection was closed', 'kết nối bị đóng') }, error)
  }
  if (code.startsWith('HPE_')) {
    return new SourceFault(
      'NOT_DATA',
      { expected: asWritten('HTTP'), detail: worded('the answer cannot be read', 'không đọc được trả lời') },
      error,
    )
  }
  if (when === 'before the answer' && code !== '') return new SourceFault('UNREACHABLE', {}, error)
  return error
}

/** What is wrong with a server's certificate, by the code of OpenSSL; undefined: it is something else. */
export function certificateProblem(code: string): Wording | undefined {
  switch (code) {
    case 'CERT_HAS_EXPIRED':
      return worded('it has expired', 'đã hết hạn')
    case 'CERT_NOT_YET_VALID':
      return worded('it is not valid yet', 'chưa có hiệu lực')
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
    case 'HOSTNAME_MISMATCH':
      return worded('it is for another name', 'được cấp cho tên khác')
    case 'CERT_REVOKED':
      return worded('it was revoked', 'đã bị thu hồi')
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
    case 'UNABLE_TO_GET_ISSUER_CERT':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
      return worded(
        'nobody who is trusted has signed it; an authority of your own is named by tls.ca in the manifest',
        'không do tổ chức được tin cậy ký; tổ chức chứng thực riêng được ghi ở tls.ca trong bản khai',
      )
    default:
      return /^(CERT_|INVALID_CA$|INVALID_PURPOSE$|PATH_LENGTH_EXCEEDED$)/.test(code)
        ? worded('it cannot be relied on', 'không đáng tin cậy')
        : undefined
  }
}

/** The code of an error of Node or a library (`ECONNREFUSED`); empty when it has none. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
