import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'

export interface BenchSettings {
  /** Rows of School. */
  readonly rows: number
  readonly roundSeconds: number
  /** Until a server's code is compiled by what it runs: before its first workload, and before each other one. */
  readonly warmUpSeconds: { readonly first: number; readonly other: number }
  readonly rounds: number
  /** Undefined: all. */
  readonly workloads: readonly string[] | undefined
  readonly contestants: readonly string[] | undefined
  /** Where the database is kept between runs. */
  readonly folder: string
  /** Only start the database and the contestants, for looking at them by hand. */
  readonly hold: boolean
  /** The load of 1,000 connections, the compile time. */
  readonly extras: boolean
}

const list = z
  .string()
  .transform((text) => text.split(','))
  .optional()
const number = z.coerce.number().positive().optional()

const optionsSchema = z.object({
  quick: z.boolean().default(false),
  rows: number,
  seconds: number,
  rounds: number,
  only: list,
  contestants: list,
  hold: z.boolean().default(false),
  'no-extras': z.boolean().default(false),
})

export function readBenchSettings(words: readonly string[]): BenchSettings {
  const { values } = parseArgs({
    args: [...words],
    options: {
      quick: { type: 'boolean' },
      rows: { type: 'string' },
      seconds: { type: 'string' },
      rounds: { type: 'string' },
      only: { type: 'string' },
      contestants: { type: 'string' },
      hold: { type: 'boolean' },
      'no-extras': { type: 'boolean' },
    },
  })
  const options = optionsSchema.parse(values)
  const rows = options.rows ?? (options.quick ? 100_000 : 1_000_000)
  return {
    rows,
    roundSeconds: options.seconds ?? 3,
    warmUpSeconds: options.quick ? { first: 8, other: 2 } : { first: 25, other: 8 },
    rounds: options.rounds ?? (options.quick ? 1 : 3),
    workloads: options.only,
    contestants: options.contestants,
    folder: join(import.meta.dirname, '..', 'data', `bench-${rows}`),
    hold: options.hold,
    extras: !options['no-extras'] && !options.hold && (options.only === undefined || options.only.includes('extras')),
  }
}
