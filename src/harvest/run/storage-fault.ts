import { SourceFault } from '../../errors/source-fault.js'

/** disk_full; configuration_limit_exceeded, such as of temporary files. */
const fullCodes = new Set(['53100', '53400'])

/** The fault that an error of the database stands for, when it has no room; undefined for all others. */
export function storageFault(error: unknown): SourceFault | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return fullCodes.has(code) ? new SourceFault('STORAGE_FULL', {}, error) : undefined
}
