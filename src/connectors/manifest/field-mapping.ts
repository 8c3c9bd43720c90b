import { z } from 'zod'
import { pathExpression } from '../../../connectors/drivers/path-expression.js'
import { dateFormat } from '../mapping/date-format.js'
import { formOfCode } from '../mapping/text-folding.js'

/** Such as `dd/MM/yyyy`. */
export const dateFormatSchema = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      dateFormat(text)
    } catch (error) {
      if (!(error instanceof Error)) throw error
      context.addIssue({ code: 'custom', message: error.message })
    }
  })

/** One format or several that are tried in order. */
const formats = z.union([dateFormatSchema, z.array(dateFormatSchema).min(1)]).transform((given) => [given].flat())

/** VN-2000 metres to WGS 84 degrees. Names the column of the other coordinate, and so says which one this column is. */
const vn2000 = z
  .strictObject({
    /** The projection's central meridian in degrees: 108.25 for Bình Định. */
    meridian: z.number().min(102).max(118),
    /** Width of the projection's zone in degrees. */
    zone: z.union([z.literal(3), z.literal(6)]).default(3),
    /** This column is X, which gives the latitude; the easting is in that one. */
    easting: z.string().min(1).optional(),
    /** This column is Y, which gives the longitude; the northing is in that one. */
    northing: z.string().min(1).optional(),
  })
  .refine(({ easting, northing }) => (easting === undefined) !== (northing === undefined), {
    error: 'vn2000 names the column of the other coordinate: either easting (of an X) or northing (of a Y)',
  })
export type Vn2000 = z.infer<typeof vn2000>

const codesSchema = z
  .strictObject({
    codes: z.record(z.string(), z.string()),
    /** Without regard to case, diacritics and runs of spaces. */
    fold: z.boolean().default(false),
    /** For a text that is not in `codes`; without it such a value is a problem of its row. */
    otherwise: z.string().optional(),
  })
  .superRefine(({ codes, fold }, context) => {
    const written = new Map<string, string>()
    for (const [text, code] of Object.entries(codes)) {
      const form = formOfCode(text, fold)
      const other = written.get(form)
      if (other !== undefined && codes[other] !== code) {
        const message = `"${other}" and "${text}" are the same text${fold ? ' when folded' : ''}, but have different codes`
        context.addIssue({ code: 'custom', path: ['codes'], message })
      }
      written.set(form, text)
    }
  })

const plainConverters = ['trim', 'vietnameseNumber', 'decimalComma', 'dateTime', 'boolean', 'upper', 'lower'] as const

/**
 * What can be done to a value, in the order that a mapping lists it. Dates and times are given the format that the agency
 * writes (`dd/MM/yyyy`, `d/M/yyyy`, `MM/yyyy`, `yyyy-MM-dd HH:mm`); `dateTime` alone reads ISO 8601.
 */
export const converterSchema = z.union(
  [
    z.enum(plainConverters),
    z.strictObject({ date: formats }),
    z.strictObject({ dateTime: formats }),
    codesSchema,
    z.strictObject({ boolean: z.strictObject({ true: z.array(z.string()).min(1), false: z.array(z.string()) }) }),
    z.strictObject({ split: z.string().min(1).max(10) }),
    z.strictObject({ padStart: z.number().int().min(1).max(50) }),
    z.strictObject({ nullWhen: z.array(z.string()).min(1) }),
    z.strictObject({ vn2000 }),
  ],
  {
    error: `not a converter; allowed are ${plainConverters.join(', ')} and {date}, {dateTime}, {codes}, {boolean}, {split}, {padStart}, {nullWhen}, {vn2000}`,
  },
)
export type Converter = z.infer<typeof converterSchema>

const resolveSchema = z.strictObject({
  /** The value is a code or a name of the referred thing; it becomes the key of the one valid on the reference date. */
  by: z.enum(['code', 'name']),
  /** Only of these sorts (codes of the field `kind`): `[DISTRICT]` where a commune has the same name. */
  kinds: z.array(z.string().min(1)).min(1).optional(),
})
export type Resolve = z.infer<typeof resolveSchema>

const then = { convert: z.array(converterSchema).default([]), resolve: resolveSchema.optional() }

/** Where a field's value comes from: exactly one of a column, a JMESPath expression over the row, or a constant. */
export const fieldMappingSchema = z.union(
  [
    z.strictObject({ column: z.string().min(1), ...then }),
    z.strictObject({ path: pathExpression, ...then }),
    z.strictObject({ constant: z.union([z.string(), z.number().transform(String), z.boolean()]), ...then }),
  ],
  { error: 'a field needs exactly one of column, path or constant, and may have convert (a list) and resolve' },
)
export type FieldMapping = z.infer<typeof fieldMappingSchema>
