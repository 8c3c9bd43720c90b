import fc from 'fast-check'
import { recordKey } from '../../src/records/schema/record-key.js'
import type { Field, RecordType } from '../../src/records/schema/record-type.js'
import type { RandomSchema } from './random-types.js'
import type { Json } from './reference-world.js'
import { codes, places, validityStarts, valuePools } from './value-pools.js'

/** What was published: by dataset and type the life of each record, which datasets were ever fetched. */
export interface RandomRows {
  readonly fetched: Readonly<Record<string, boolean>>
  readonly lives: readonly RecordLife[]
  /** What a retired connector left: stored like the others, and in no answer. */
  readonly retired: readonly RecordLife[]
}

export interface RecordLife {
  readonly dataset: string
  readonly type: string
  readonly key: string
  /** Ascending; values undefined: the record is not there from that version on. */
  readonly states: readonly { readonly from: number; readonly values: Values | undefined }[]
}

type Values = Readonly<Record<string, Json>>

/** A reference is first a number, which later stands for one of the keys that there are. */
interface LifeSpec {
  readonly code: string
  readonly validFrom: string
  readonly of: number
  readonly first: Readonly<Record<string, Drawn>>
  readonly second: Readonly<Record<string, Drawn>>
  readonly from: number
  readonly changedAfter: number | null
  readonly removedAfter: number | null
  readonly isRetired: boolean
}

type Drawn = Json | ReferenceDraw

interface ReferenceDraw {
  readonly picks: readonly number[] | null
}

export function randomRows(schema: RandomSchema): fc.Arbitrary<RandomRows> {
  const datasets = [...new Set(schema.published.map((each) => each.dataset))]
  const lives = fc.tuple(
    ...schema.published.map(({ type }) => {
      const found = schema.types.types.get(type)
      if (found === undefined) throw new Error(`There is no type ${type}.`)
      return fc.uniqueArray(lifeSpec(found), {
        maxLength: 10,
        size: 'max',
        selector: (life) => `${life.code} ${life.validFrom}`,
      })
    }),
  )
  const fetched = fc.tuple(...datasets.map(() => fc.integer({ min: 0, max: 9 }).map((draw) => draw > 0)))
  return fc.tuple(lives, fetched).map(([specs, flags]) => ({
    fetched: Object.fromEntries(datasets.map((dataset, index) => [dataset, flags[index] ?? true])),
    ...livesOf(schema, specs, (dataset) => flags[datasets.indexOf(dataset)] ?? true),
  }))
}

function lifeSpec(type: RecordType): fc.Arbitrary<LifeSpec> {
  const values = fc.record(Object.fromEntries(type.fields.map((field) => [field.name, drawn(field)])))
  const located = fc
    .tuple(values, fc.option(fc.constantFrom(...places), { nil: undefined }))
    .map(([drawnValues, place]) =>
      type.location === undefined
        ? drawnValues
        : {
            ...drawnValues,
            [type.location.latitude]: coordinate(type, type.location.latitude, place?.latitude),
            [type.location.longitude]: coordinate(type, type.location.longitude, place?.longitude),
          },
    )
  return fc.record({
    code: fc.constantFrom(...codes),
    validFrom: fc.constantFrom(...validityStarts),
    of: fc.nat({ max: 11 }),
    first: located,
    second: located,
    from: fc.constantFrom(1, 1, 2, 3),
    changedAfter: fc.option(fc.constantFrom(1, 2), { freq: 2 }),
    removedAfter: fc.option(fc.constantFrom(1, 2), { freq: 2 }),
    isRetired: fc.integer({ min: 0, max: 2 }).map((draw) => draw === 2),
  })
}

function coordinate(type: RecordType, name: string, degrees: number | undefined): Json {
  if (degrees === undefined) return null
  const isDecimal = type.fields.some((field) => field.name === name && field.kind === 'decimal')
  return isDecimal ? String(degrees) : degrees
}

function drawn(field: Field): fc.Arbitrary<Drawn> {
  if (field.reference !== undefined) {
    const picks = fc.array(fc.nat({ max: 11 }), { minLength: field.list ? 0 : 1, maxLength: field.list ? 4 : 1 })
    return fc.option(picks, { freq: 5 }).map((each) => ({ picks: each }))
  }
  const one = fc.constantFrom(...valuePools[field.kind])
  const value = field.list ? fc.array(one, { maxLength: 3 }) : one
  return field.required ? value : fc.option(value, { freq: 4 })
}

function livesOf(
  schema: RandomSchema,
  specs: readonly (readonly LifeSpec[])[],
  isFetched: (dataset: string) => boolean,
): Pick<RandomRows, 'lives' | 'retired'> {
  const keys = new Map<string, string[]>()
  const [referred = ''] = schema.types.types.keys()
  const keyOf = (type: RecordType, spec: LifeSpec): string => {
    const [first] = type.primaryKey
    if (first !== 'of') return recordKey(type.primaryKey.map((name) => (name === 'code' ? spec.code : spec.validFrom)))
    return recordKey([pick(keys.get(referred) ?? [], spec.of) ?? 'gone'])
  }
  const placed = schema.published.flatMap(({ dataset, type: code, hasRetired }, index) => {
    const type = schema.types.types.get(code)
    if (type === undefined || !isFetched(dataset)) return []
    const seen = new Set<string>()
    return (specs[index] ?? []).flatMap((spec) => {
      const key = keyOf(type, spec)
      if (seen.has(key)) return []
      seen.add(key)
      keys.set(code, [...(keys.get(code) ?? []), key])
      return [{ dataset, type, key, spec, isRetired: hasRetired && spec.isRetired }]
    })
  })
  const all = placed.map(({ dataset, type, key, spec, isRetired }) => {
    const valuesOf = (from: Readonly<Record<string, Drawn>>): Values =>
      Object.fromEntries(
        type.fields.map((field) => [field.name, resolved(type, field, from[field.name] ?? null, spec, keys)]),
      )
    const states: RecordLife['states'][number][] = [{ from: spec.from, values: valuesOf(spec.first) }]
    const changed = spec.changedAfter === null ? undefined : spec.from + spec.changedAfter
    if (changed !== undefined && changed <= 3) states.push({ from: changed, values: valuesOf(spec.second) })
    const last = states.at(-1)?.from ?? 1
    if (spec.removedAfter !== null && last + spec.removedAfter <= 3) {
      states.push({ from: last + spec.removedAfter, values: undefined })
    }
    return { isRetired, life: { dataset, type: type.code, key, states } }
  })
  const ofConnectors = (retired: boolean): RecordLife[] =>
    all.flatMap(({ isRetired, life }) => (isRetired === retired ? [life] : []))
  return { lives: ofConnectors(false), retired: ofConnectors(true) }
}

function resolved(
  type: RecordType,
  field: Field,
  value: Drawn,
  spec: LifeSpec,
  keys: ReadonlyMap<string, readonly string[]>,
): Json {
  const isKey = type.primaryKey.includes(field.name)
  if (isKey && field.name === 'code') return spec.code
  if (isKey && field.name === 'validFrom') return spec.validFrom
  const targets = keys.get(field.reference?.target ?? '') ?? []
  if (isKey && field.name === 'of') return pick(targets, spec.of) ?? 'gone'
  if (!isReferenceDraw(value)) return value
  if (value.picks === null) return null
  const referred = value.picks.map((draw) => pick(targets, draw) ?? 'gone')
  return field.list ? [...new Set(referred)] : (referred[0] ?? null)
}

function isReferenceDraw(value: Drawn): value is ReferenceDraw {
  return typeof value === 'object' && value !== null && 'picks' in value
}

/** One of the keys, or now and then none of them. */
function pick(keys: readonly string[], draw: number): string | undefined {
  return draw === 11 || keys.length === 0 ? undefined : keys[draw % keys.length]
}
