import { isComparable, isGroupable, isNumeric, isToOne } from '../schema/field-kind.js'
import { upperSnake } from '../schema/names.js'
import type { Field } from '../schema/record-type.js'
import type { Definition } from './definition.js'
import { bilingual, described, fieldDescription } from './description.js'
import { filterOf, scalarOf, sumOf, type TypeInContext } from './field-types.js'

/** `aggregate` and `groupBy` of a type. What no field could fill is left out with all that would use it. */
export function groupDefinitions(context: TypeInContext): Definition[] {
  const { type } = context
  const T = type.code
  const plain = type.fields.filter((field) => field.reference === undefined && !field.list && isComparable(field.kind))
  const numbers = plain.filter((field) => isNumeric(field.kind))
  const ordered = plain.filter((field) => field.kind !== 'code' && field.kind !== 'boolean' && field.kind !== 'url')
  const counted = [...plain, ...type.fields.filter(isToOne)]
  const grouped = type.fields.filter(isGroupable).filter((field) => field.reference === undefined || isToOne(field))
  const figures = [
    'count: Int!',
    ...(numbers.length > 0 ? [`sum: ${T}Sum`, `avg: ${T}Avg`] : []),
    ...(ordered.length > 0 ? [`min: ${T}MinMax`, `max: ${T}MinMax`] : []),
    ...(counted.length > 0 ? [`countDistinct: ${T}CountDistinct`] : []),
  ].join(' ')
  const keyOf = (field: Field): string => (isToOne(field) ? context.target(field).code : scalarOf(field))
  const having = numbers.length > 0 ? `sum: ${T}HavingNumbers avg: ${T}HavingNumbers` : ''
  return [
    {
      name: `${T}GroupField`,
      sdl: () => `enum ${T}GroupField { ${[...grouped.map(groupValue), 'DATASET'].join(' ')} }`,
    },
    { name: `${T}GroupBy`, sdl: () => `input ${T}GroupBy { field: ${T}GroupField! bucket: TimeBucket }` },
    { name: `${T}GroupKey`, sdl: () => `type ${T}GroupKey { ${outputs(grouped, keyOf)} dataset: Dataset }` },
    ...(numbers.length > 0 ? figuresOfNumbers(T, numbers) : []),
    ...(ordered.length > 0
      ? [{ name: `${T}MinMax`, sdl: () => `type ${T}MinMax { ${outputs(ordered, scalarOf)} }` }]
      : []),
    ...(counted.length > 0
      ? [{ name: `${T}CountDistinct`, sdl: () => `type ${T}CountDistinct { ${outputs(counted, () => 'Int')} }` }]
      : []),
    { name: `${T}Aggregate`, sdl: () => `type ${T}Aggregate { ${figures} }` },
    { name: `${T}Group`, sdl: () => `type ${T}Group { key: ${T}GroupKey! ${figures} }` },
    { name: `${T}Having`, sdl: () => `input ${T}Having { count: IntFilter ${having} }` },
    {
      name: `${T}GroupOrder`,
      sdl: () =>
        `input ${T}GroupOrder @oneOf { count: OrderDirection key: ${T}Order ${numbers.length > 0 ? `sum: ${T}Order` : ''} }`,
    },
  ]
}

function figuresOfNumbers(T: string, numbers: readonly Field[]): Definition[] {
  const filters = (): string => numbers.map((field) => `${field.name}: ${filterOf(field)}`).join(' ')
  return [
    { name: `${T}Sum`, sdl: () => `type ${T}Sum { ${outputs(numbers, sumOf)} }` },
    { name: `${T}Avg`, sdl: () => `type ${T}Avg { ${outputs(numbers, () => 'Float')} }` },
    { name: `${T}HavingNumbers`, sdl: () => `input ${T}HavingNumbers { ${filters()} }` },
  ]
}

function groupValue(field: Field): string {
  return `${described(bilingual(field.title))} ${upperSnake(field.name)}`
}

function outputs(fields: readonly Field[], typeOf: (field: Field) => string): string {
  return fields.map((field) => `${fieldDescription(field)} ${field.name}: ${typeOf(field)}`).join(' ')
}
