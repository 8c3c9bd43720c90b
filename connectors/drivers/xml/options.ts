import { z } from 'zod'
import { encodings } from '../text-encoding/encodings.js'
import { isElementPath, isRowPath, isValuePath, prefixesIn } from './element-path.js'

export const xmlOptions = z.strictObject({
  url: z.url().describe('Address of the XML document.'),
  headers: z.record(z.string().min(1), z.string()).optional().describe('Sent to the address, such as SOAPAction.'),
  body: z
    .string()
    .max(100_000)
    .optional()
    .describe('The question of a service, sent by POST, such as a SOAP envelope. Without it the address is only read.'),
  encoding: z
    .enum(encodings)
    .optional()
    .describe(
      'Encoding of the document when neither it nor the server says the right one; a byte-order mark still wins.',
    ),
})
export type XmlOptions = z.infer<typeof xmlOptions>

const path = z.string().max(500)
const elementPath = path.refine(isElementPath, {
  error: 'must be a path of element names such as /DanhSach/DoanhNghiep',
})
const valuePath = path.refine(isValuePath, { error: 'must be a path such as /BaoCao/KyBaoCao or /BaoCao/@nam' })
const columnName = z.string().min(1).max(200)

/** What of a document is a row; also of one that was uploaded. */
export const xmlRows = z.strictObject({
  rows: elementPath
    .optional()
    .describe(
      'Path of the element that is a row, from the root, such as /DanhSach/DoanhNghiep. Each element below it is a column by its path in the row (`Ten`, `DiaChi/Tinh`), each attribute by its name (`@ma`, `DiaChi/@ma`), the text of the row itself is `text()`.',
    ),
  namespaces: z
    .record(z.string().regex(/^[A-Za-z_][\w.-]*$/, { error: 'must be a prefix' }), z.string().min(1))
    .optional()
    .describe(
      'Prefixes for namespaces. The names of their elements and attributes carry the prefix (`hs:Ten`, `@hs:ma`); names of other namespaces are written without one, and attributes of other namespaces are not read.',
    ),
  lists: z
    .array(path.refine(isRowPath, { error: 'must be a path within the row such as Nganh' }))
    .optional()
    .describe(
      'Elements that may come several times in a row, by their path in it. Each is one column with a list, also when there is just one; its items are texts, or objects with columns of their own.',
    ),
  document: z
    .record(columnName, valuePath)
    .optional()
    .describe(
      'Columns that all rows get from one element or attribute before the first of them, such as the year of the report: { Năm: /BaoCao/@nam }.',
    ),
  whitespace: z
    .enum(['trim', 'keep'])
    .optional()
    .describe(
      '`trim`, as it is without being said, leaves out space and line ends around a text, as printers of XML put them there.',
    ),
})

export const xmlSelection = xmlRows
  .extend({
    file: z
      .string()
      .min(1)
      .optional()
      .describe('Another document of the same server, relative to the address; without it the address itself.'),
  })
  .superRefine(demandPrefixes)
export type XmlSelection = z.infer<typeof xmlSelection>
export type XmlRows = z.infer<typeof xmlRows>

/** Every prefix that a path uses has to be one of `namespaces`. */
export function demandPrefixes(selection: XmlRows, context: z.RefinementCtx): void {
  const known = new Set(Object.keys(selection.namespaces ?? {}))
  const paths = [selection.rows ?? '', ...(selection.lists ?? []), ...Object.values(selection.document ?? {})]
  for (const prefix of paths.flatMap(prefixesIn)) {
    if (!known.has(prefix)) context.addIssue({ code: 'custom', message: `namespaces has no prefix ${prefix}` })
  }
}
