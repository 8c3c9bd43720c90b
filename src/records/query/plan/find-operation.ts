import { Kind, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'

export interface FoundOperation {
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
}

/** The operation of that name, or the only one. Throws BAD_USER_INPUT when it is not clear which. */
export function findOperation(document: DocumentNode, name: string | undefined): FoundOperation {
  const operations = document.definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  const fragments = new Map(
    document.definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  )
  const operation =
    name === undefined
      ? operations.length === 1
        ? operations[0]
        : undefined
      : operations.find((each) => each.name?.value === name)
  if (operation === undefined) {
    throw new GatewayError(
      'BAD_USER_INPUT',
      name === undefined ? 'Say with operationName which operation to run.' : `There is no operation named ${name}.`,
    )
  }
  return { operation, fragments }
}
