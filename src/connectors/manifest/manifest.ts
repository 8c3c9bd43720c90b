import { z } from 'zod'
import { tlsSchema } from '../outbound/certificate-authority.js'
import { durationSchema, historySchema } from './duration.js'
import { dateFormatSchema, fieldMappingSchema } from './field-mapping.js'
import { rowStepSchema } from './row-step.js'

const code = z
  .string()
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, 'write lower-case words joined by -, such as primary-schools')
const bilingual = (longest: number) =>
  z.strictObject({ vi: z.string().min(1).max(longest), en: z.string().min(1).max(longest) })
const title = bilingual(500)
/** Of one connector, and the steps of one of them: rows go through each in turn. */
const most = { resources: 200, steps: 50 }
const share = z.number().min(0).max(1)

const minute = 60_000
const patience = durationSchema.refine((ms) => ms <= minute, { error: 'is longer than PT1M, and than anybody waits' })
const day = 24 * 60 * minute

const refreshSchema = z
  .discriminatedUnion(
    'mode',
    [
      /**
       * Read on a schedule. `maxAge`: from when on the copy counts as stale; twice `every` when left out. `full`: how often everything
       * is read, which is when removed rows are found; in between only what has changed, where the source tells it.
       */
      z.strictObject({
        mode: z.literal('snapshot'),
        every: durationSchema,
        maxAge: durationSchema.optional(),
        full: durationSchema.optional(),
      }),
      /** Brought up to date by queries. `patience`: how long a query waits for it. `full`: as with snapshots. */
      z.strictObject({
        mode: z.literal('live'),
        maxAge: durationSchema,
        patience: patience.default(2000),
        full: durationSchema.optional(),
      }),
      /** Answers only by key. `batch`: keys a request, at most what the driver can. */
      z.strictObject({
        mode: z.literal('lookup'),
        maxAge: durationSchema,
        patience: patience.default(3000),
        batch: z.number().int().min(1).max(1000).default(100),
      }),
      /** The agency uploads files. */
      z.strictObject({ mode: z.literal('push'), maxAge: durationSchema.default(366 * day) }),
    ],
    { error: 'refresh needs a mode: snapshot, live, lookup or push' },
  )
  .transform((given): Refresh => {
    switch (given.mode) {
      case 'snapshot':
        return {
          mode: 'snapshot',
          everyMs: given.every,
          maxAgeMs: given.maxAge ?? 2 * given.every,
          fullEveryMs: given.full,
        }
      case 'live':
        return { mode: 'live', maxAgeMs: given.maxAge, patienceMs: given.patience, fullEveryMs: given.full }
      case 'lookup':
        return { mode: 'lookup', maxAgeMs: given.maxAge, patienceMs: given.patience, batch: given.batch }
      case 'push':
        return { mode: 'push', maxAgeMs: given.maxAge }
    }
  })

export type Refresh =
  | {
      readonly mode: 'snapshot'
      readonly everyMs: number
      readonly maxAgeMs: number
      readonly fullEveryMs: number | undefined
    }
  | {
      readonly mode: 'live'
      readonly maxAgeMs: number
      readonly patienceMs: number
      readonly fullEveryMs: number | undefined
    }
  | { readonly mode: 'lookup'; readonly maxAgeMs: number; readonly patienceMs: number; readonly batch: number }
  | { readonly mode: 'push'; readonly maxAgeMs: number }

/** A dataset that is not in the plan, described where it is connected. */
const datasetEntrySchema = z.strictObject({
  title,
  description: bilingual(10_000).optional(),
  theme: z.string().optional(),
  license: z.string().default('CC-BY-4.0'),
  frequency: z.string().optional(),
  keywords: z.array(z.string()).default([]),
  sample: z.boolean().optional(),
})

const resourceSchema = z.strictObject({
  name: code,
  recordType: z.string().regex(/^[A-Z][A-Za-z0-9]*$/, 'write the name of a record type, such as School'),
  title: title.optional(),
  /** The driver's own words for one resource of the source; checked with the driver's schema. */
  selection: z.unknown().optional(),
  /** The day on which codes and names of places are read; the day of the fetch when left out. */
  referenceDate: z
    .union(
      [z.iso.date(), z.strictObject({ column: z.string().min(1), format: dateFormatSchema.default('yyyy-MM-dd') })],
      {
        error: 'write a day like 2025-06-30 or {column: "…"}',
      },
    )
    .optional(),
  steps: z
    .array(rowStepSchema)
    .max(most.steps)
    .default([])
    .refine((steps) => steps.every((step, index) => index === 0 || !('concat' in step)), {
      error: 'concat says where the rows come from, so it must be the first step',
    }),
  fields: z
    .record(z.string().regex(/^[a-z][A-Za-z0-9]*$/, 'not a field name'), fieldMappingSchema)
    .refine((fields) => Object.keys(fields).length > 0, { error: 'at least one field must be mapped' }),
})
export type ManifestResource = z.infer<typeof resourceSchema>

/** A connector as an agency or we write it; `options` and `selection` are checked further with the driver's own schemas. */
export const manifestSchema = z.strictObject({
  connector: code,
  agency: z.string().min(1).optional(),
  dataset: code,
  datasetEntry: datasetEntrySchema.optional(),
  sample: z.boolean().default(false),
  driver: code,
  options: z.record(z.string(), z.unknown()).default({}),
  /** How the agency's servers prove who they are, when their certificates are of an authority of the agency's own. */
  tls: tlsSchema.optional(),
  resources: z
    .array(resourceSchema)
    .min(1)
    .max(most.resources)
    .refine((all) => new Set(all.map((one) => one.name)).size === all.length, {
      error: 'two resources have the same name',
    }),
  refresh: refreshSchema,
  history: historySchema.default({ keep: 'all' }),
  guards: z
    .strictObject({
      /** Largest share of rows that may be set aside. */
      setAside: share.default(0.05),
      /** Largest share by which the number of rows may fall. */
      drop: share.default(0.2),
      /** So many times as many rows as the last good version had are accepted; judged from a hundred rows on. */
      growth: z.number().min(1).default(5),
    })
    .prefault({}),
})

/** Parsed: durations are milliseconds, defaults are filled in. The text that was parsed is what gets stored. */
export type Manifest = z.infer<typeof manifestSchema>
