import fc from 'fast-check'
import { isComparable, isNumeric, isToOne } from '../../src/records/schema/field-kind.js'
import { recordKey } from '../../src/records/schema/record-key.js'
import type { RecordType } from '../../src/records/schema/record-type.js'
import type { CursorArgument, Input, InputArgument, Selection, Style } from './operation-tree.js'
import { plainFields, randomGrouping, randomNear, randomOrder, randomWhere, relationNames } from './random-inputs.js'
import type { RandomSchema } from './random-types.js'
import { codes, pastMoments, validityStarts, versionNumbers } from './value-pools.js'

/** The selections of a query: one to four record fields of `Query`. */
export function randomOperation(schema: RandomSchema): fc.Arbitrary<readonly Selection[]> {
  return fc.array(new OperationArbitraries(schema).root(), { minLength: 1, maxLength: 4, size: 'max' })
}

const style: fc.Arbitrary<Style> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Style>('plain') },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Style>(
      'renamed',
      'renamed',
      'inline',
      'inlineTyped',
      'fragment',
      'include',
      'skip',
      'absent',
      'absentVariable',
    ),
  },
)

type Arguments = fc.Arbitrary<readonly (InputArgument | CursorArgument)[]>

/** The parts of operations over one schema; each is made once, since records have connections and those have records. */
class OperationArbitraries {
  private readonly made = new Map<string, fc.Arbitrary<readonly Selection[]>>()
  constructor(private readonly schema: RandomSchema) {}

  root(): fc.Arbitrary<Selection> {
    const types = [...this.schema.types.types.values()]
    return fc.oneof(
      ...types.flatMap((type) => [
        { weight: 9, arbitrary: this.connection(type, type.plural, 'Query', 2, true) },
        { weight: 1, arbitrary: this.single(type) },
        { weight: 1, arbitrary: this.byId(type) },
      ]),
    )
  }

  private single(type: RecordType): fc.Arbitrary<Selection> {
    const args = fc.tuple(
      argument('key', 'String!', fc.constantFrom(...keysOf(type))),
      argument('dataset', 'ID!', fc.constantFrom(...this.datasetsOf(type), 'nowhere')),
      optional(pastArgument),
    )
    return selection(
      type.singular,
      'Query',
      args.map((each) => each.flat()),
      this.record(type, 2),
    )
  }

  /** `record` and `node`, by the id of a record as it is now or as it was at a version. */
  private byId(type: RecordType): fc.Arbitrary<Selection> {
    const id = fc
      .tuple(
        fc.constantFrom(...this.datasetsOf(type), 'nowhere'),
        fc.constantFrom('', ...versionNumbers.map(String), '4'),
        fc.constantFrom(...keysOf(type)),
      )
      .map(([dataset, version, key]) => Buffer.from([type.code, dataset, version, key].join('|')).toString('base64url'))
    const ofType = (selections: readonly Selection[]): Selection[] =>
      selections.map((each) => ({ ...each, style: 'inlineTyped' }))
    const others = [...this.schema.types.types.values()].filter((each) => each !== type)
    const below = (on: string): fc.Arbitrary<readonly Selection[]> =>
      fc
        .tuple(
          this.record(type, 2),
          leaves(on, on === 'Node' ? ['id'] : ['id', 'key', 'updatedAt']),
          // Only what all have: fields of two types may have one name and not be of one kind.
          fc.constantFrom(...others).map((other) => [keyOf(other)]),
        )
        .map(([own, common, foreign]) => [...common, ...ofType(own), ...ofType(foreign)])
    const args = argument('id', 'ID!', id).map((each) => [each])
    return fc.oneof(
      selection('record', 'Query', args, below('Record')),
      selection('node', 'Query', args, below('Node')),
    )
  }

  private datasetsOf(type: RecordType): string[] {
    return this.schema.published.filter((each) => each.type === type.code).map((each) => each.dataset)
  }

  private connection(
    type: RecordType,
    name: string,
    on: string,
    depth: number,
    isRoot: boolean,
  ): fc.Arbitrary<Selection> {
    return selection(name, on, this.connectionArguments(type, isRoot), this.connectionSelection(type, depth))
  }

  private connectionArguments(type: RecordType, isRoot: boolean): Arguments {
    const hasPlaces = type.location !== undefined
    const size = fc.constantFrom<Input>(0, 1, 2, 3, 5, 20, 1000)
    const page = fc.oneof(argument('first', 'Int', size), argument('last', 'Int', size))
    const order = (hasNear: boolean): fc.Arbitrary<Input | null> =>
      fc.option(randomOrder(this.schema, type, hasNear), { freq: 3 })
    return fc
      .tuple(
        hasPlaces ? fc.option(randomNear, { freq: 2 }) : fc.constant(null),
        order(hasPlaces),
        hasPlaces ? order(false) : fc.constant(null),
        fc.tuple(rarely(fc.nat({ max: 30 })), rarely(fc.nat({ max: 30 }))),
        fc.tuple(
          optional(page),
          optional(argument('where', `${type.code}Where`, randomWhere(this.schema, type, 2))),
          rarely(argument('dataset', '[ID!]', fc.subarray<Input>(['d1', 'd2', 'd3', 'nowhere']))),
          isRoot ? rarely(pastArgument) : fc.constant([]),
        ),
      )
      .map(([near, orderWithPlace, orderWithout, [afterPicks, beforePicks], rest]) => {
        const orderBy = near === null && hasPlaces ? orderWithout : orderWithPlace
        const ordering: InputArgument[] = []
        if (near !== null) ordering.push({ name: 'near', type: 'Near', value: near, isVariable: false })
        if (orderBy !== null) {
          ordering.push({ name: 'orderBy', type: `[${type.code}Order!]`, value: orderBy, isVariable: false })
        }
        const of = { plural: type.plural, arguments: ordering }
        const cursor = (name: 'after' | 'before') => (pick: number) => ({ name, of, pick })
        return [...ordering, ...afterPicks.map(cursor('after')), ...beforePicks.map(cursor('before')), ...rest.flat()]
      })
  }

  private connectionSelection(type: RecordType, depth: number): fc.Arbitrary<readonly Selection[]> {
    return this.once(`connection ${type.code} ${depth}`, () => {
      const T = type.code
      const on = `${T}Connection`
      const record = this.record(type, depth)
      const leaf = (name: string): fc.Arbitrary<Selection> => selection(name, on, noArguments, undefined)
      const edges = fc.array(
        fc.oneof(
          selection('cursor', `${T}Edge`, noArguments, undefined),
          selection('node', `${T}Edge`, noArguments, record),
        ),
        { maxLength: 2 },
      )
      const grouping = selection(
        'groupBy',
        on,
        randomGrouping(this.schema, type).map((args) => groupArguments(T, args)),
        fc
          .tuple(this.groupKey(type), fc.array(this.figures(type, `${T}Group`), { maxLength: 2 }))
          .map(([key, figures]) => [key, ...figures]),
      )
      const choices: fc.WeightedArbitrary<Selection>[] = [
        { weight: 4, arbitrary: selection('nodes', on, noArguments, record) },
        { weight: 2, arbitrary: selection('edges', on, noArguments, edges) },
        { weight: 3, arbitrary: selection('pageInfo', on, noArguments, leaves('PageInfo', pageInfoFields)) },
        { weight: 2, arbitrary: leaf('totalCount') },
        {
          weight: 2,
          arbitrary: selection(
            'aggregate',
            on,
            noArguments,
            fc.array(this.figures(type, `${T}Aggregate`), { maxLength: 3 }),
          ),
        },
        { weight: 3, arbitrary: grouping },
        { weight: 1, arbitrary: this.sources(on) },
      ]
      return fc.array(fc.oneof(...choices), { minLength: 1, maxLength: 3 })
    })
  }

  private sources(on: string): fc.Arbitrary<Selection> {
    const names = ['resource', 'state', 'mode', 'version']
    const dataset: Selection = {
      name: 'dataset',
      arguments: [],
      below: [{ name: 'code', arguments: [], below: undefined, on: 'Dataset', style: 'plain' }],
      on: 'SourceState',
      style: 'plain',
    }
    return selection(
      'sources',
      on,
      noArguments,
      leaves('SourceState', names).map((each) => [...each, dataset]),
    )
  }

  private groupKey(type: RecordType): fc.Arbitrary<Selection> {
    const on = `${type.code}GroupKey`
    const relations = relationNames(this.schema, type).filter(({ isForeignKey, many }) => isForeignKey && !many)
    const values = type.fields.filter(
      (field) =>
        !field.list &&
        field.reference === undefined &&
        ['code', 'boolean', 'text', 'date', 'dateTime', 'integer'].includes(field.kind),
    )
    // All of them: groups that differ in nothing that is shown tell nothing.
    const shown = values.map((field) => selection(field.name, on, noArguments, undefined))
    const records = relations.map(({ name, target }) =>
      selection(
        name,
        on,
        noArguments,
        this.record(target, 0).map((below) => [...below, keyOf(target)]),
      ),
    )
    return selection('key', `${type.code}Group`, noArguments, fc.tuple(...shown, ...records, this.dataset(on)))
  }

  private figures(type: RecordType, on: string): fc.Arbitrary<Selection> {
    const T = type.code
    const plain = plainFields(type).filter((field) => !field.list && isComparable(field.kind))
    const numbers = plain.filter((field) => isNumeric(field.kind)).map((field) => field.name)
    const ordered = plain.filter(({ kind }) => kind !== 'code' && kind !== 'boolean' && kind !== 'url')
    const counted = [...plain, ...type.fields.filter(isToOne)].map((field) => field.name)
    const extremes = ordered.map((field) => field.name)
    const figure = (name: string, suffix: string, names: readonly string[]) =>
      names.length === 0 ? [] : [selection(name, on, noArguments, leaves(`${T}${suffix}`, names))]
    return fc.oneof(
      selection('count', on, noArguments, undefined),
      ...figure('sum', 'Sum', numbers),
      ...figure('avg', 'Avg', numbers),
      ...figure('min', 'MinMax', extremes),
      ...figure('max', 'MinMax', extremes),
      ...figure('countDistinct', 'CountDistinct', counted),
    )
  }

  private dataset(on: string): fc.Arbitrary<Selection> {
    return selection('dataset', on, noArguments, leaves('Dataset', ['code', 'title']))
  }

  private record(type: RecordType, depth: number): fc.Arbitrary<readonly Selection[]> {
    return this.once(`record ${type.code} ${depth}`, () => {
      const on = type.code
      const leaf = (name: string) => selection(name, on, noArguments, undefined)
      const plain = fc.oneof(
        ...['id', 'key', 'updatedAt'].map(leaf),
        ...plainFields(type).map((field) => leaf(field.name)),
      )
      const choices: fc.WeightedArbitrary<Selection>[] = [
        { weight: 6, arbitrary: plain },
        { weight: 1, arbitrary: this.dataset(on) },
      ]
      if (depth > 0) {
        for (const { name, target, many } of relationNames(this.schema, type)) {
          const arbitrary = many
            ? this.connection(target, name, on, depth - 1, false)
            : selection(name, on, noArguments, this.record(target, depth - 1))
          choices.push({ weight: 2, arbitrary })
        }
      }
      return fc.array(fc.oneof(...choices), { maxLength: 4 }).map((each) => [keyOf(type), ...each])
    })
  }

  private once(name: string, make: () => fc.Arbitrary<readonly Selection[]>): fc.Arbitrary<readonly Selection[]> {
    const known = this.made.get(name)
    if (known !== undefined) return known
    const arbitrary = make()
    this.made.set(name, arbitrary)
    return arbitrary
  }
}

/** Keys that records of the type may have. */
function keysOf(type: RecordType): string[] {
  if (type.validity === undefined) return codes.map((code) => recordKey([code]))
  return codes.flatMap((code) => validityStarts.map((start) => recordKey([code, start])))
}

const pageInfoFields = ['hasNextPage', 'hasPreviousPage', 'startCursor', 'endCursor']
const noArguments: Arguments = fc.constant([])

/** Shows which record it is. */
function keyOf(type: RecordType): Selection {
  return { name: 'key', arguments: [], below: undefined, on: type.code, style: 'plain' }
}

function selection(
  name: string,
  on: string,
  args: Arguments,
  below: fc.Arbitrary<readonly Selection[]> | undefined,
): fc.Arbitrary<Selection> {
  return fc
    .tuple(args, below ?? fc.constant(undefined), style)
    .map(([given, children, chosen]) => ({ name, arguments: given, below: children, on, style: chosen }))
}

function leaves(on: string, names: readonly string[]): fc.Arbitrary<readonly Selection[]> {
  return fc.array(fc.oneof(...names.map((name) => selection(name, on, noArguments, undefined))), {
    minLength: 1,
    maxLength: 4,
  })
}

function argument(name: string, type: string, value: fc.Arbitrary<Input>): fc.Arbitrary<InputArgument> {
  return fc.tuple(value, fc.boolean()).map(([given, isVariable]) => ({ name, type, value: given, isVariable }))
}

/** A bare date is written in the operation. */
const pastArgument: fc.Arbitrary<InputArgument> = argument(
  'asOf',
  'DateTime',
  fc.constantFrom<Input>(...pastMoments, null),
).map((given) => ({ ...given, isVariable: given.isVariable && JSON.stringify(given.value).includes('T') }))

function optional<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.option(value, { freq: 2 }).map((each) => (each === null ? [] : [each]))
}

function rarely<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.tuple(fc.integer({ min: 0, max: 4 }), value).map(([draw, each]) => (draw < 4 ? [] : [each]))
}

function groupArguments(typeCode: string, args: Readonly<Record<string, Input>>): InputArgument[] {
  const types: Readonly<Record<string, string>> = {
    by: `[${typeCode}GroupBy!]!`,
    having: `${typeCode}Having`,
    orderBy: `[${typeCode}GroupOrder!]`,
    first: 'Int',
  }
  return Object.entries(args).map(([name, value]) => ({
    name,
    type: types[name] ?? '',
    value,
    isVariable: name === 'having',
  }))
}
