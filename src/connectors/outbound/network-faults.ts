import { SourceFault } from '../../errors/source-fault.js'

/**
 * The fault that a failed connection or a broken body stands for. A closed port, an unknown name and a bad certificate are the same to
 * the reader, or a manifest could be used to explore a network; the cause is for the operator's log.
 */
export function networkFault(error: unknown, when: 'before the answer' | 'within the answer'): unknown {
  const given: unknown = error instanceof AggregateError && error.errors.length > 0 ? error.errors[0] : error
  if (given instanceof SourceFault) return given
  const code = given instanceof Error && 'code' in given ? String(given.code) : ''
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return new SourceFault('UNREACHABLE', {}, given)
  if (code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH') {
    return new SourceFault('TRUNCATED', { detail: 'its length is not the one that was announced' }, given)
  }
  if (when === 'within the answer' && (code.startsWith('UND_ERR') || code.startsWith('HPE_') || code.startsWith('E'))) {
    return new SourceFault('TRUNCATED', { detail: 'the connection was closed' }, given)
  }
  if (code.startsWith('HPE_')) {
    return new SourceFault('NOT_DATA', { expected: 'HTTP', detail: 'the answer cannot be read' }, given)
  }
  if (when === 'before the answer' && code !== '') return new SourceFault('UNREACHABLE', {}, given)
  return given
}
