import { isComparable, isToOne } from '../schema/field-kind.js'
import type { Definition } from './definition.js'
import { deprecation } from './description.js'
import { filterOf, type TypeInContext } from './field-types.js'

/** `where` and `orderBy` of a type. */
export function inputDefinitions(context: TypeInContext): Definition[] {
  const T = context.type.code
  return [
    { name: `${T}Where`, sdl: () => whereDefinition(context) },
    {
      name: `${T}ListWhere`,
      sdl: () => `input ${T}ListWhere { some: ${T}Where none: ${T}Where every: ${T}Where }`,
    },
    {
      name: `${T}Order`,
      sdl: () => `"One key an object; several objects for several keys."
input ${T}Order @oneOf {
  key: OrderDirection
  updatedAt: OrderDirection
  ${orderFields(context).join('\n  ')}
}`,
    },
  ]
}

function whereDefinition(context: TypeInContext): string {
  const T = context.type.code
  return `input ${T}Where {
  and: [${T}Where!]
  or: [${T}Where!]
  not: ${T}Where
  "Of a relation: whether there is such a record."
  isNull: Boolean
  ${context.type.validity === undefined ? '' : '"Valid on this day, the first and the last included." validOn: Date'}
  key: StringFilter
  updatedAt: DateTimeFilter
  ${whereFields(context).join('\n  ')}
}`
}

function whereFields(context: TypeInContext): string[] {
  const own = context.type.fields.map((field) => {
    if (field.reference === undefined) return `${field.name}: ${filterOf(field)}${deprecation(field)}`
    return `${field.name}: ${context.target(field).code}${isToOne(field) ? 'Where' : 'ListWhere'}${deprecation(field)}`
  })
  return [
    ...own,
    ...context.reverse.map(({ name, type, single }) => `${name}: ${type.code}${single ? 'Where' : 'ListWhere'}`),
  ]
}

function orderFields(context: TypeInContext): string[] {
  const { type, reverse } = context
  const own = type.fields.flatMap((field) => {
    if (isToOne(field)) return [`${field.name}: ${context.target(field).code}Order${deprecation(field)}`]
    return field.list || !isComparable(field.kind) ? [] : [`${field.name}: OrderDirection${deprecation(field)}`]
  })
  return [
    ...own,
    ...reverse.filter(({ single }) => single).map(({ name, type: far }) => `${name}: ${far.code}Order`),
    ...(type.location === undefined ? [] : ['"Needs `near`." distance: OrderDirection']),
    ...(type.fields.some((field) => field.searched)
      ? ['"Needs `search`, and is then the default." relevance: OrderDirection']
      : []),
  ]
}
