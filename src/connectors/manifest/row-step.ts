import { z } from 'zod'

const column = z.string().min(1)

const texts = z.union([z.string(), z.array(z.string()).min(1)], {
  error: 'write a text or a list of texts, numbers in quotes: "5"',
})

/** Keeps the rows for which every given test holds. */
const where = z
  .strictObject({
    column,
    equals: texts.optional(),
    notEquals: texts.optional(),
    startsWith: z.string().optional(),
    contains: z.string().optional(),
    /** `digits`, `number` or `date`: what the text looks like. A free pattern would let a manifest block the program. */
    matches: z.enum(['digits', 'number', 'date']).optional(),
    isEmpty: z.boolean().optional(),
  })
  .refine((test) => Object.values(test).filter((part) => part !== undefined).length > 1, {
    error: 'where needs at least one of equals, notEquals, startsWith, contains, matches, isEmpty',
  })
export type Where = z.infer<typeof where>

const unpivot = z
  .strictObject({
    /** The columns across the top; each becomes a row. */
    columns: z
      .array(column)
      .min(1)
      .refine((columns) => new Set(columns).size === columns.length, {
        error: 'names a column twice, so its cells would be two rows',
      }),
    /** The new column that holds what was the column's name. */
    name: column,
    /** The new column that holds the cell. */
    value: column,
    /** Cells without a value make no row. */
    skipEmpty: z.boolean().default(true),
  })
  .refine(({ name, value }) => name !== value, {
    error: 'name and value are one column, so the cell would take the place of what it is about',
  })
export type Unpivot = z.infer<typeof unpivot>

/** One row for each item of a list; an item that is an object brings its fields as columns `<column>.<field>`. */
const explode = z.strictObject({ column, keepEmpty: z.boolean().default(false) })
export type Explode = z.infer<typeof explode>

const joinWith = z.strictObject({
  /** Another resource of the source, in the driver's own words. */
  selection: z.unknown().optional(),
  /** What differs from the connector's options. */
  options: z.record(z.string(), z.unknown()).optional(),
  on: z.strictObject({ left: column, right: column }),
  /** Columns of the other resource. */
  take: z.array(column).min(1),
  /** Put before the names of the taken columns. */
  prefix: z.string().default(''),
  /** A row without a partner: kept with nulls, left out, or a problem of its row. */
  missing: z.enum(['keep', 'drop']).default('keep'),
})
export type JoinWith = z.infer<typeof joinWith>

const concatPart = z.strictObject({
  selection: z.unknown().optional(),
  options: z.record(z.string(), z.unknown()).optional(),
  /** New columns that say what the part is about, such as its school year. */
  constants: z.record(column, z.string()).default({}),
})

/** What is done to a resource's rows before its fields are mapped, in the order that the manifest lists it. */
export const rowStepSchema = z.union(
  [
    z.strictObject({ where }),
    z.strictObject({ fillDown: z.array(column).min(1) }),
    z.strictObject({ unpivot }),
    z.strictObject({ explode }),
    z.strictObject({ joinWith }),
    z.strictObject({ concat: z.array(concatPart).min(1) }),
  ],
  {
    error:
      'not a row step; each is exactly one of where, fillDown, unpivot, explode, joinWith, concat, with its own settings',
  },
)
export type RowStep = z.infer<typeof rowStepSchema>
