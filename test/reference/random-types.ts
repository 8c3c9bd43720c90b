import fc from 'fast-check'
import { buildRecordTypes } from '../../src/records/schema/build-record-types.js'
import type { RecordTypes } from '../../src/records/schema/record-type.js'
import { valueOrThrow } from '../../src/records/schema/schema-problem.js'
import { codeList, recordType } from '../../src/records/schema/small-types.fixture.js'

/** Record types and the datasets that publish each. */
export interface RandomSchema {
  readonly types: RecordTypes
  readonly published: readonly PublishedType[]
}

export interface PublishedType {
  readonly dataset: string
  readonly type: string
  /** Whether a retired connector left records of this type in the dataset, too. */
  readonly hasRetired: boolean
}

/** Some are what a statement calls its own parts, or words of SQL. */
const typeNames = [
  ['Alpha', 'Beta', 'Gamma', 'Delta'],
  ['T1', 'X', 'Order', 'User'],
  ['Group', 'T3', 'Pg', 'Select'],
  ['H', 'All', 'Table', 'One'],
]
const datasets = ['d1', 'd2', 'd3']

/**
 * Names that a careless statement would mistake for its own aliases, and words of SQL. Aliases `t1`, `t2` … are counted through
 * the statement, so a field may meet any of them.
 */
const fieldNames = [
  ...['t1', 't2', 't3', 't4', 't5', 't6', 't7', 't8', 't9', 't10', 't11', 't12'],
  ...['a0', 'c', 'c0', 'c1', 'd0', 'e0', 'e1', 'g0', 'g1', 'm0', 'm1', 'o0', 'p0', 'p1'],
  ...['e', 'h', 'i', 'j', 'k', 'm', 'n', 'o', 'p', 'r', 's', 'u', 'v', 'x', 'rn', 'pg', 'st', 'part', 'one', 'fetched'],
  ...[
    'all',
    'array',
    'case',
    'desc',
    'false',
    'from',
    'group',
    'json',
    'limit',
    'null',
    'number',
    'order',
    'row',
    'select',
  ],
  ...['table', 'text', 'true', 'user', 'value', 'when', 'where', 'records', 'gateway', 'count0', 'sum', 'min', 'avg'],
  ...[
    'name',
    'openedOn',
    'edges',
    'nodes',
    'node',
    'cursor',
    'pageInfo',
    'totalCount',
    'aggregate',
    'sources',
    'field',
  ],
]

const standard = {
  text: { type: 'string' },
  url: { type: 'string', format: 'uri' },
  code: { type: 'string', codeList: 'Colour' },
  integer: { type: 'integer' },
  bigInteger: { type: 'integer', format: 'big' },
  decimal: { type: 'number', format: 'decimal' },
  float: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'date' },
  dateTime: { type: 'datetime' },
  json: { type: 'object' },
} as const

const text = { list: false, content: standard.text }

/** Texts have the most to compare by, so there are more of them. */
const kinds = [
  ...[text, text, text, text],
  ...Object.values(standard).map((content) => ({ list: false, content })),
  ...Object.values(standard).map((content) => ({ list: true, content })),
]

const colours = codeList({
  name: 'Colour',
  title: 'Màu',
  titleEn: 'Colour',
  values: ['RED', 'GREEN', 'BLUE', 'B_2'].map((value) => ({ value, label: value, labelEn: value })),
})

const referenceSpec = fc.record({
  target: fc.nat(),
  dataset: fc.constantFrom('same', 'same', 'd1', 'd2', 'nowhere'),
  many: fc.boolean(),
  reverse: fc.boolean(),
})

const typeSpec = fc.record({
  kinds: fc.shuffledSubarray(kinds, { minLength: 3, maxLength: 9 }),
  names: fc.shuffledSubarray(fieldNames, { minLength: 16, maxLength: 16 }),
  flags: fc.array(fc.boolean(), { minLength: 16, maxLength: 16 }),
  references: fc.array(referenceSpec, { maxLength: 3 }),
  special: fc.constantFrom('none', 'validity', 'location', 'single' as const),
  datasets: fc.subarray(datasets, { minLength: 1, maxLength: 3 }),
  retiredIn: fc.option(fc.subarray(datasets, { minLength: 1 }), { freq: 2 }),
})

export const randomSchema: fc.Arbitrary<RandomSchema> = fc
  .tuple(fc.constantFrom(...typeNames), fc.array(typeSpec, { minLength: 2, maxLength: 4 }))
  .map(([codes, specs]) => {
    // The first is never the kind whose key is a reference, so that there is something to refer to.
    const isSingle = (index: number): boolean => index > 0 && specs[index]?.special === 'single'
    const contents = specs.map((spec, index) => typeContent(spec, index, codes.slice(0, specs.length), isSingle))
    const types = contents.map((content) => recordType(content, [colours]))
    return {
      types: valueOrThrow(buildRecordTypes(types, [colours], 1)),
      published: specs.flatMap((spec, index) =>
        // Two datasets of such a type could both have the one record that refers.
        (isSingle(index) ? spec.datasets.slice(0, 1) : spec.datasets).map((dataset) => ({
          dataset,
          type: codes[index] ?? '',
          hasRetired: spec.retiredIn?.includes(dataset) === true,
        })),
      ),
    }
  })

function typeContent(
  spec: typeof typeSpec extends fc.Arbitrary<infer T> ? T : never,
  index: number,
  codes: readonly string[],
  isSingle: (index: number) => boolean,
): object {
  const name = codes[index] ?? ''
  const titled = (field: string, rest: object) => ({ name: field, title: field, titleEn: field, ...rest })
  const required = { constraints: { required: true } }
  const foreignKey = (field: string, target: number, dataset: string, many: boolean, reverse: boolean) => ({
    fields: field,
    reference: { resource: codes[target], fields: 'key' },
    dataset,
    cardinality: many ? 'many' : 'one',
    ...(reverse ? { reverse: `${name.toLowerCase()}By${field.charAt(0).toUpperCase()}${field.slice(1)}` } : {}),
  })
  const fields: object[] = []
  const foreignKeys: object[] = []
  const names = [...spec.names]
  const nextName = (): string => names.pop() ?? ''
  if (isSingle(index)) {
    fields.push(titled('of', { type: 'string', ...required }))
    foreignKeys.push(foreignKey('of', 0, 'd1', false, true))
  } else {
    fields.push(titled('code', { type: 'string', ...required, ordered: true }))
  }
  spec.kinds.forEach(({ list, content }, position) => {
    const flag = spec.flags[position] === true
    const plain = !list && content.type === 'string' && !('codeList' in content)
    fields.push(
      titled(nextName(), {
        ...(list ? { type: 'array', items: content } : content),
        ...(plain && flag ? { searched: true } : {}),
        ...(!list && content.type !== 'object' && flag ? { ordered: true } : {}),
        ...(position === 0 && flag && !list ? required : {}),
      }),
    )
  })
  for (const { target, dataset, many, reverse } of spec.references) {
    const field = nextName()
    fields.push(titled(field, many ? { type: 'array', items: { type: 'string' } } : { type: 'string' }))
    foreignKeys.push(foreignKey(field, target % codes.length, dataset, many, reverse))
  }
  if (spec.special === 'validity') {
    fields.push(titled('validFrom', { type: 'date', ...required }), titled('validTo', { type: 'date' }))
  }
  if (spec.special === 'location') {
    const decimal = spec.flags[0] === true ? { format: 'decimal' } : {}
    fields.push(titled('latitude', { type: 'number', ...decimal }), titled('longitude', { type: 'number', ...decimal }))
  }
  return {
    name,
    plural: `${name.toLowerCase()}s`,
    title: name,
    titleEn: name,
    description: name,
    descriptionEn: name,
    fields,
    primaryKey: isSingle(index) ? ['of'] : spec.special === 'validity' ? ['code', 'validFrom'] : ['code'],
    ...(foreignKeys.length === 0 ? {} : { foreignKeys }),
    ...(spec.special === 'validity' ? { validity: { from: 'validFrom', to: 'validTo' } } : {}),
    ...(spec.special === 'location' ? { location: { latitude: 'latitude', longitude: 'longitude' } } : {}),
  }
}
