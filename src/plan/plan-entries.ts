import { z } from 'zod'

const code = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'is not a code of lower-case words joined by hyphens')
// Decomposed letters look the same and are found by no search.
const text = z
  .string()
  .min(1)
  .refine((value) => value === value.trim().normalize('NFC'), 'is not trimmed NFC text')
const date = z.iso.date()

/** How often a dataset is to be renewed; the values are those of the public enum `Frequency`. */
const frequencies = [
  'CONTINUOUS',
  'DAILY',
  'WEEKLY',
  'MONTHLY',
  'QUARTERLY',
  'HALF_YEARLY',
  'YEARLY',
  'PER_EVENT',
] as const

export const planHead = z.strictObject({
  code,
  titleVi: text,
  titleEn: text,
  portal: text.nullable(),
  /** Of the plan's datasets, until an agency states another. */
  license: text,
  from: date,
  to: date,
  reporting: z.enum(frequencies),
  targets: z.array(
    z.strictObject({
      code,
      textVi: text,
      textEn: text,
      by: date,
      /** Reached when a larger share of the agencies than this publishes. */
      moreThanShare: z.number().min(0).max(1).optional(),
      /** Reached when each agency publishes this many datasets. */
      atLeastDatasets: z.int().min(1).optional(),
    }),
  ),
})

export const planTheme = z.strictObject({
  /** As printed: a Roman numeral. */
  number: z.string().regex(/^[IVXLC]+$/, 'is not a Roman numeral'),
  code,
  nameVi: text,
  nameEn: text,
  leadAgencies: z.array(code).min(1),
})

export const planAgency = z.strictObject({
  code,
  nameVi: text,
  nameEn: text,
  /** Named by the plan; the others are successors of those. */
  inPlan: z.boolean(),
  /** The first day; null: not known. */
  validFrom: date.nullable(),
  /** The last day; null: still there. */
  validTo: date.nullable(),
  predecessors: z.array(code),
})

export const planRow = z.strictObject({
  row: z.int().min(1),
  code,
  theme: code,
  titleVi: text,
  titleEn: text,
  /** Null while the plan leaves the lead open to the agencies of the theme. */
  leadAgency: code.nullable(),
  /** The dataset that this row names again. */
  duplicateOf: code.nullable().default(null),
  /** Datasets that overlap with this one; each names the other. */
  related: z.array(code).default([]),
  frequency: z.enum(frequencies).nullable().default(null),
  descriptionVi: text.nullable().default(null),
  descriptionEn: text.nullable().default(null),
  keywords: z.array(text).default([]),
})

export type PlanHead = z.infer<typeof planHead>
export type PlanTheme = z.infer<typeof planTheme>
export type PlanAgency = z.infer<typeof planAgency>
export type PlanRow = z.infer<typeof planRow>
