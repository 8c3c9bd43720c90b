import type { z } from 'zod'
import { SourceFault } from '../../../src/errors/source-fault.js'
import { collected, serveBytes } from '../../../test/support/served-bytes.js'
import type { SourceRow } from '../driver.js'
import { driver } from './driver.js'
import { xmlOptions, xmlSelection } from './options.js'

/** A selection as a manifest writes it. */
export type Settings = z.input<typeof xmlSelection>

/** The rows of a document, over HTTP. */
export async function scan(
  document: string | Uint8Array,
  selection: Settings = { rows: '/ds/r' },
  contentType = 'application/xml',
  encoding?: string,
): Promise<SourceRow[]> {
  const body = typeof document === 'string' ? Buffer.from(document) : document
  await using served = await serveBytes(body, contentType, (url) => xmlOptions.parse({ url, encoding }))
  return await collected(driver.scan(served.source, xmlSelection.parse(selection)))
}
export const valuesOf = (rows: readonly SourceRow[]): object[] => rows.map(({ values }) => ({ ...values }))
export const rowOf = async (row: string, selection: Settings = {}): Promise<object | undefined> =>
  valuesOf(await scan(`<ds>${row}</ds>`, { rows: '/ds/r', ...selection }))[0]

export async function faultOf(reading: Promise<unknown>): Promise<string> {
  try {
    await reading
  } catch (error) {
    if (error instanceof SourceFault) return `${error.code}: ${error.message}`
    throw error
  }
  throw new Error('No fault.')
}
