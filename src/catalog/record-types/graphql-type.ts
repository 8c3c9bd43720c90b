import type { Field, ValueKind } from '../../records/schema/record-type.js'

const scalars: Record<Exclude<ValueKind, 'code'>, string> = {
  text: 'String',
  url: 'URL',
  integer: 'Int',
  bigInteger: 'BigInt',
  decimal: 'Decimal',
  float: 'Float',
  boolean: 'Boolean',
  date: 'Date',
  dateTime: 'DateTime',
  json: 'JSON',
}

/** The GraphQL type of a field of records, as its reader writes it: `Int`, `SchoolLevel`, `[BusStop!]`. */
export function graphqlTypeOf({ kind, list, codeList, reference }: Field): string {
  if (reference !== undefined) return reference.cardinality === 'many' ? `[${reference.target}!]` : reference.target
  const name = kind === 'code' ? (codeList?.code ?? 'String') : scalars[kind]
  return list ? `[${name}!]` : name
}
