import { z } from 'zod'
import { encodings } from '../text-encoding/encodings.js'

export const csvOptions = z.strictObject({
  url: z.url().describe('Address of the CSV file.'),
  encoding: z
    .enum(encodings)
    .optional()
    .describe('Encoding of the file when it is not UTF-8 (tcvn5712 is the encoding of the TCVN3/ABC fonts).'),
  delimiter: z
    .string()
    .length(1)
    .optional()
    .describe('The character between two cells; found from the first lines when it is not given.'),
  quote: z
    .string()
    .max(1)
    .default('"')
    .describe('The character around a cell that holds delimiters or line ends; empty when the file knows no quoting.'),
  headerRow: z
    .int()
    .min(0)
    .default(1)
    .describe(
      'Line of the column names; what is above is not read. 0: there are none, columns are `column 1`, `column 2` ….',
    ),
})
export type CsvOptions = z.infer<typeof csvOptions>

export const csvSelection = z.strictObject({
  file: z
    .string()
    .min(1)
    .optional()
    .describe('Another file of the same server, relative to the address; without it the address itself.'),
})
export type CsvSelection = z.infer<typeof csvSelection>
