import { Kind, type DocumentNode, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql'

/** The fields of `__Type` that lead to other types or to the fields of this one. */
const opening: ReadonlySet<string> = new Set(['fields', 'inputFields', 'possibleTypes', 'interfaces'])

/**
 * Whether an introspection looks at types that it names, and from there no further than to the names of others: so little that
 * a thread would cost more. The document is valid and within the limits of documents.
 */
export function asksOfNamedTypes({ definitions }: DocumentNode): boolean {
  const fragments = new Map(
    definitions.flatMap((each) => (each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [])),
  )
  return definitions.every((each) => {
    if (each.kind !== Kind.OPERATION_DEFINITION) return true
    return each.selectionSet.selections.every(
      (root) => root.kind === Kind.FIELD && root.name.value === '__type' && levels(root.selectionSet, fragments) <= 1,
    )
  })
}

/** How often a selection goes from types to what they have. */
function levels(set: SelectionSetNode | undefined, fragments: ReadonlyMap<string, FragmentDefinitionNode>): number {
  let most = 0
  for (const selection of set?.selections ?? []) {
    const own = selection.kind === Kind.FIELD && opening.has(selection.name.value) ? 1 : 0
    const inner =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? fragments.get(selection.name.value)?.selectionSet
        : selection.selectionSet
    most = Math.max(most, own + levels(inner, fragments))
  }
  return most
}
