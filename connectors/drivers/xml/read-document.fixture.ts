import type { z } from 'zod'
import { collected, faultOf } from '../../../test/support/reading.js'
import { serveBytes } from '../../../test/support/served-bytes.js'
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

/** `CODE: message` of the fault that ends a reading. */
export async function refusalOf(reading: Promise<unknown>): Promise<string> {
  const { code, message } = await faultOf(reading)
  return `${code}: ${message}`
}
