import { Kind, visit, BREAK, type DocumentNode, type OperationDefinitionNode } from 'graphql'
import { collectFields } from './operation.js'
import { recordFieldOf } from './plan-root.js'
import type { Planning } from './planning.js'

const aged = new WeakMap<DocumentNode, boolean>()
const datasets = new WeakMap<DocumentNode, boolean>()

/** Whether the operation asks how many seconds old something is: its answer is another one each second. */
export function mentionsAge(document: DocumentNode): boolean {
  return mentions(aged, document, 'ageSeconds')
}

/** Whether anything in the operation is answered by the control plane, at the root or below a record. */
export function readsControlPlane(
  planning: Planning,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  if (mentions(datasets, document, 'dataset')) return true
  return collectFields(planning.operation, 'Query', [operation.selectionSet]).some(
    (field) => !field.name.startsWith('__') && recordFieldOf(planning, field) === undefined,
  )
}

/** Whether the operation's root asks for one of these fields. */
export function readsAnyOf(
  planning: Planning,
  operation: OperationDefinitionNode,
  names: ReadonlySet<string> | undefined,
): boolean {
  if (names === undefined) return false
  return collectFields(planning.operation, 'Query', [operation.selectionSet]).some(({ name }) => names.has(name))
}

function mentions(known: WeakMap<DocumentNode, boolean>, document: DocumentNode, name: string): boolean {
  const before = known.get(document)
  if (before !== undefined) return before
  let found = false
  visit(document, {
    [Kind.FIELD]: (node) => {
      if (node.name.value !== name) return undefined
      found = true
      return BREAK
    },
  })
  known.set(document, found)
  return found
}
