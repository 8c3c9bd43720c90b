import { GraphQLScalarType } from 'graphql'

/**
 * In the control plane's own schema records are opaque: their fields come from the record types, their selection is
 * compiled by the record plane. In the public schema the generated types take their place.
 */
export const RecordConnectionScalar = new GraphQLScalarType({
  name: 'RecordConnection',
  description: 'A page of records, answered by the record plane.',
  serialize: (value) => value,
})
