import { nestedPath, type DownloadColumn } from './column.js'

/** A column, or the columns of one relation together. */
export type ColumnNode =
  | { readonly kind: 'column'; readonly name: string; readonly column: DownloadColumn }
  | {
      readonly kind: 'relation'
      readonly name: string
      /** How many relations lead to what it holds. */
      readonly depth: number
      readonly nodes: readonly ColumnNode[]
    }

/** The columns as nested formats have them, in the order in which each column, or the first of a relation, is named. */
export function columnTree(columns: readonly DownloadColumn[], depth = 0): ColumnNode[] {
  const groups = new Map<string, DownloadColumn[]>()
  for (const column of columns) {
    const name = nestedPath(column)[depth] ?? ''
    groups.set(name, [...(groups.get(name) ?? []), column])
  }
  return [...groups].map(([name, group]) => {
    const [first] = group
    if (first !== undefined && nestedPath(first).length === depth + 1) return { kind: 'column', name, column: first }
    return { kind: 'relation', name, depth: depth + 1, nodes: columnTree(group, depth + 1) }
  })
}

/** Some column below the node: all of them share its path so far. */
export function anyColumn(node: ColumnNode): DownloadColumn | undefined {
  return node.kind === 'column' ? node.column : node.nodes.map(anyColumn).find((column) => column !== undefined)
}
