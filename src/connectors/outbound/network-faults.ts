import { SourceFault } from '../../errors/source-fault.js'

/**
 * The fault that a failed connection or a broken body stands for. A closed port, an unknown name and a bad certificate are the same to
 * the reader, or a manifest could be used to explore a network; the cause is for the operator's log.
 */
export function networkFault(error: unknown, when: 'before the answer' | 'within the answer'): unknown {
  if (error instanceof SourceFault) return error
  const code = errorCode(error)
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return new SourceFault('UNREACHABLE', {}, error)
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new SourceFault('TRUNCATED', { detail: 'its length is not the one that was announced' }, error)
  }
  if (when === 'within the answer' && (code.startsWith('UND_ERR') || code.startsWith('HPE_') || code.startsWith('E'))) {
    return new SourceFault('TRUNCATED', { detail: 'the connection was closed' }, error)
  }
  if (code.startsWith('HPE_')) {
    return new SourceFault('NOT_DATA', { expected: 'HTTP', detail: 'the answer cannot be read' }, error)
  }
  if (when === 'before the answer' && code !== '') return new SourceFault('UNREACHABLE', {}, error)
  return error
}

/** The code of an error of Node or a library (`ECONNREFUSED`); empty when it has none. */
export function errorCode(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
}
