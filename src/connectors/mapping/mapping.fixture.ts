import { z } from 'zod'
import type { Source, SourceObject } from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import type { Field, RecordType } from '../../records/schema/record-type.js'
import type { AnyDriver } from '../drivers.js'
import { manifestSchema, type ManifestResource } from '../manifest/manifest.js'
import { mapResource, type MappableSource } from './map-resource.js'
import type { MappedRow } from './mapped-row.js'
import type { ReferenceQuestion } from './reference-resolver.js'
import { objectOf } from './row-steps.js'

export type Tables = Readonly<Record<string, readonly SourceObject[]>>

const selection = z.strictObject({ table: z.string().default('main') })
const options = z.strictObject({ prefix: z.string().default('') })

export function driverOver(tables: Tables): AnyDriver {
  return {
    name: 'tables',
    title: { vi: '', en: '' },
    options,
    selection,
    capabilities: { scan: true, lookupBatch: undefined, conditional: false, since: false },
    check: () => Promise.resolve(),
    describe: () => Promise.resolve([]),
    async *scan(source, picked) {
      const { table } = selection.parse(picked)
      const { prefix } = options.parse(source.options)
      const rows = await Promise.resolve(tables[prefix + table] ?? [])
      for (const [at, values] of rows.entries()) yield { number: at + 1, values: objectOf(Object.entries(values)) }
    },
  }
}

export const sourceWith = (given: unknown): MappableSource => ({
  options: given,
  signal: new AbortController().signal,
  request: () => Promise.reject(new Error('no network')),
  download: () => Promise.reject(new Error('no network')),
  recall: () => undefined,
  remember: () => undefined,
  mark: () => undefined,
  asOf: () => undefined,
  compare: () => Promise.resolve(),
  withOptions: (other: unknown): Source<unknown> => sourceWith(other),
})

const field = (name: string, dataset?: string): Field => ({
  name,
  kind: 'text',
  list: false,
  codeList: undefined,
  reference:
    dataset === undefined
      ? undefined
      : { target: 'AdministrativeUnit', dataset, cardinality: 'one', reverse: undefined },
  required: false,
  title: { vi: name, en: name },
  description: undefined,
  unit: undefined,
  ordered: false,
  searched: false,
  constraints: {
    minimum: undefined,
    maximum: undefined,
    minLength: undefined,
    maxLength: undefined,
    pattern: undefined,
  },
  sensitivity: 'none',
  deprecated: undefined,
})

export const school: RecordType = {
  code: 'School',
  plural: 'schools',
  singular: 'school',
  theme: undefined,
  follows: undefined,
  title: { vi: '', en: '' },
  description: { vi: '', en: '' },
  fields: [
    field('code'),
    field('name'),
    field('year'),
    field('value'),
    field('district', 'places'),
    field('parent', 'same'),
  ],
  primaryKey: ['code'],
  validity: undefined,
  location: undefined,
}

const units = new Map([
  ['540', '540~1986-07-03'],
  ['Thành phố Quy Nhơn', '540~1986-07-03'],
])

export async function map(
  resource: Record<string, unknown>,
  tables: Tables,
  asked: ReferenceQuestion[] = [],
): Promise<MappedRow[]> {
  const rows: MappedRow[] = []
  const parsed = resourceOf(resource)
  for await (const row of mapResource(parsed, {}, driverOver(tables), sourceWith({ prefix: '' }), {
    recordType: school,
    dataset: 'primary-schools',
    references: {
      resolve(question) {
        asked.push(question)
        return Promise.resolve(units.get(question.value))
      },
    },
    endpoints: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    today: '2026-11-25',
    timeOffset: '+07:00',
  })) {
    rows.push(row)
  }
  return rows
}

export function resourceOf(resource: Record<string, unknown>): ManifestResource {
  const { resources } = manifestSchema.parse({
    connector: 'a',
    dataset: 'a',
    driver: 'tables',
    resources: [{ name: 'a', recordType: 'School', ...resource }],
    refresh: { mode: 'snapshot', every: 'P1D' },
  })
  const [first] = resources
  if (first === undefined) throw new Error('The manifest has no resource.')
  return first
}

export const valuesOf = (rows: readonly MappedRow[]): Record<string, unknown>[] =>
  rows.map(({ values }) => ({ ...values }))
export const fault = async (run: Promise<unknown>): Promise<string> => {
  const error: unknown = await run.catch((thrown: unknown) => thrown)
  return error instanceof SourceFault ? `${error.code}: ${error.message}` : String(error)
}
