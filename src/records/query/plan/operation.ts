import {
  getArgumentValues,
  getDirectiveValues,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isInterfaceType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'

/** One operation with its fragments and coerced variables, against the schema it was validated by. */
export interface Operation {
  readonly schema: GraphQLSchema
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Readonly<Record<string, unknown>>
  readonly budget: SelectionBudget
}

/** Counts fields as they are expanded, so that a short text of doubled fragments is stopped before it is worked on. */
export class SelectionBudget {
  private counted = 0
  constructor(private readonly limit: number) {}

  get spent(): number {
    return this.counted
  }

  spend(): void {
    this.counted += 1
    if (this.counted > this.limit) {
      throw new GatewayError(
        'QUERY_TOO_COMPLEX',
        `The operation selects more than ${this.limit} fields once its fragments are expanded; ask for fewer.`,
        { extensions: { limit: this.limit } },
      )
    }
  }
}

export interface CollectedField {
  readonly as: string
  readonly name: string
  /** All occurrences; their sub-selections are merged. */
  readonly nodes: readonly [FieldNode, ...FieldNode[]]
}

/**
 * The fields that selection sets ask of an object type, by response key in order (GraphQL specification, 6.3.2), with
 * `@skip` and `@include` applied and fragments expanded that fit the type or one of its interfaces.
 */
export function collectFields(
  operation: Operation,
  typeName: string,
  sets: readonly (SelectionSetNode | undefined)[],
): CollectedField[] {
  const found = new Map<string, [FieldNode, ...FieldNode[]]>()
  const seen = new Set<string>()
  const visit = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      if (!isIncluded(operation, selection)) continue
      switch (selection.kind) {
        case Kind.FIELD: {
          operation.budget.spend()
          const as = selection.alias?.value ?? selection.name.value
          const nodes = found.get(as)
          if (nodes === undefined) found.set(as, [selection])
          else nodes.push(selection)
          break
        }
        case Kind.INLINE_FRAGMENT:
          if (fits(operation.schema, selection.typeCondition?.name.value, typeName)) {
            visit(selection.selectionSet.selections)
          }
          break
        case Kind.FRAGMENT_SPREAD: {
          const name = selection.name.value
          if (seen.has(name)) break
          seen.add(name)
          const fragment = operation.fragments.get(name)
          if (fragment !== undefined && fits(operation.schema, fragment.typeCondition.name.value, typeName)) {
            visit(fragment.selectionSet.selections)
          }
          break
        }
      }
    }
  }
  for (const set of sets) if (set !== undefined) visit(set.selections)
  return [...found].map(([as, nodes]) => ({ as, name: nodes[0].name.value, nodes }))
}

/** The sub-selections of a field's occurrences. */
export function subselections(field: CollectedField): (SelectionSetNode | undefined)[] {
  return field.nodes.map((node) => node.selectionSet)
}

/** A field's arguments, coerced by the schema; defaults are filled in. */
export function argumentsOf(
  operation: Operation,
  parentType: string,
  field: CollectedField,
): Readonly<Record<string, unknown>> {
  const type = operation.schema.getType(parentType)
  const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field.name] : undefined
  if (definition === undefined) {
    throw new GatewayError('GRAPHQL_VALIDATION_FAILED', `Cannot query field "${field.name}" on type "${parentType}".`)
  }
  return getArgumentValues(definition, field.nodes[0], operation.variables)
}

function isIncluded(operation: Operation, selection: SelectionNode): boolean {
  if (selection.directives === undefined || selection.directives.length === 0) return true
  if (getDirectiveValues(GraphQLSkipDirective, selection, operation.variables)?.['if'] === true) return false
  return getDirectiveValues(GraphQLIncludeDirective, selection, operation.variables)?.['if'] !== false
}

function fits(schema: GraphQLSchema, condition: string | undefined, typeName: string): boolean {
  if (condition === undefined || condition === typeName) return true
  const type = schema.getType(typeName)
  return (isObjectType(type) || isInterfaceType(type)) && type.getInterfaces().some((each) => each.name === condition)
}
