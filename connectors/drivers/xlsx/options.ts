import { z } from 'zod'

export const xlsxOptions = z.strictObject({
  url: z.url().describe('Address of the workbook (.xlsx).'),
})
export type XlsxOptions = z.infer<typeof xlsxOptions>

const rowNumber = z.int().min(1).max(1_048_576)

export const xlsxSelection = z.strictObject({
  file: z.string().min(1).optional().describe('Another workbook of the same server, relative to the address.'),
  sheet: z
    .union([z.string().min(1), z.int().min(1)])
    .optional()
    .describe('Name or number (from 1) of the sheet; the first one when it is not given.'),
  headerRows: z
    .union([
      z.int().min(0).max(1_048_576),
      z.tuple([rowNumber, rowNumber]).refine(([from, to]) => from <= to && to - from < 20, {
        error: 'write the first and the last row of the column names, at most 20 rows',
      }),
    ])
    .default(1)
    .describe(
      'The row of the column names, or the first and last row when they have several levels. 0: there are none, columns are `column 1`, `column 2` ….',
    ),
  dataFrom: rowNumber.optional().describe('First row of the data; the row below the column names when not given.'),
  until: z
    .union([
      z.strictObject({ blankRow: z.literal(true) }),
      z.strictObject({ column: z.string().min(1), startsWith: z.string().min(1) }),
    ])
    .optional()
    .describe(
      'Where the data ends, when something else follows it: at a blank row, or where a column begins with a text.',
    ),
})
export type XlsxSelection = z.infer<typeof xlsxSelection>
