import { scalarOfKind } from '../../records/graphql/shared-definitions.js'
import type { Field } from '../../records/schema/record-type.js'

/** The GraphQL type of a field of records, as its reader writes it: `Int`, `SchoolLevel`, `[BusStop!]`. */
export function graphqlTypeOf({ kind, list, codeList, reference }: Field): string {
  if (reference !== undefined) return reference.cardinality === 'many' ? `[${reference.target}!]` : reference.target
  const name = kind === 'code' ? (codeList?.code ?? 'String') : scalarOfKind[kind]
  return list ? `[${name}!]` : name
}
