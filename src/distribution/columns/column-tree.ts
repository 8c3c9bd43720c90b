/** A column, or the columns of one relation together. */
export type ColumnNode<Column> =
  | { readonly kind: 'column'; readonly name: string; readonly column: Column }
  | {
      readonly kind: 'relation'
      readonly name: string
      /** How many relations lead to what it holds. */
      readonly depth: number
      readonly nodes: readonly ColumnNode<Column>[]
    }

/**
 * The columns as nested formats have them, in the order in which each column, or the first of a relation, is named. `pathOf` tells
 * where a column stands.
 */
export function columnTree<Column>(
  columns: readonly Column[],
  pathOf: (column: Column) => readonly string[],
  depth = 0,
): ColumnNode<Column>[] {
  const groups = new Map<string, Column[]>()
  for (const column of columns) {
    const name = pathOf(column)[depth] ?? ''
    groups.set(name, [...(groups.get(name) ?? []), column])
  }
  return [...groups].map(([name, group]) => {
    const [first] = group
    if (first !== undefined && pathOf(first).length === depth + 1) return { kind: 'column', name, column: first }
    return { kind: 'relation', name, depth: depth + 1, nodes: columnTree(group, pathOf, depth + 1) }
  })
}

/** Some column below the node: all of them share its path so far. */
export function anyColumn<Column>(node: ColumnNode<Column>): Column | undefined {
  return node.kind === 'column' ? node.column : node.nodes.map(anyColumn).find((column) => column !== undefined)
}
