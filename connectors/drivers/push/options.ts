import { z } from 'zod'
import { encodings } from '../text-encoding/encodings.js'
import { xlsxSelection } from '../xlsx/options.js'
import { demandPrefixes, xmlRows } from '../xml/options.js'

export const pushOptions = z.strictObject({
  url: z.url().default('uploaded:').describe('Left out: the file that the agency uploaded last.'),
  encoding: z
    .enum(encodings)
    .optional()
    .describe('Encoding of CSV files and XML documents, for resources whose selection has none.'),
})
export type PushOptions = z.infer<typeof pushOptions>

/** Whatever the upload is, these say where its table stands; what does not apply to its format is not looked at. */
export const pushSelection = z
  .strictObject({
    sheet: xlsxSelection.shape.sheet,
    headerRows: xlsxSelection.shape.headerRows,
    dataFrom: xlsxSelection.shape.dataFrom,
    until: xlsxSelection.shape.until,
    encoding: z
      .enum(encodings)
      .optional()
      .describe('Encoding of a CSV file that is not UTF-8, or of an XML document that says a wrong one.'),
    delimiter: z.string().length(1).optional().describe('The character between two cells of a CSV file.'),
    quote: z.string().max(1).default('"').describe('The character around cells of a CSV file.'),
    rows: xmlRows.shape.rows,
    namespaces: xmlRows.shape.namespaces,
    lists: xmlRows.shape.lists,
    document: xmlRows.shape.document,
    whitespace: xmlRows.shape.whitespace,
    items: z
      .string()
      .min(1)
      .optional()
      .describe('The list of rows in a JSON document that has several, as a dotted path such as data.items.'),
  })
  .superRefine(demandPrefixes)
export type PushSelection = z.infer<typeof pushSelection>
