import { Kind, type DocumentNode, type FieldNode, type OperationDefinitionNode } from 'graphql'
import type { IntrospectionQuery } from './introspection.js'

interface Asked {
  readonly document: DocumentNode
  readonly variables: Readonly<Record<string, unknown>>
  readonly public: Pick<IntrospectionQuery, 'schema' | 'types'>
}

/** What an operation asks of the schema itself. */
export function introspectionOf(
  { public: { schema, types }, document, variables }: Asked,
  operation: OperationDefinitionNode,
  selections: readonly FieldNode[],
): IntrospectionQuery {
  const fragments = document.definitions.filter((each) => each.kind === Kind.FRAGMENT_DEFINITION)
  const definitions = [{ ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections } } as const, ...fragments]
  return { schema, types, document: { kind: Kind.DOCUMENT, definitions }, variables }
}
