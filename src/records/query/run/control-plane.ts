import {
  execute,
  visit,
  type ASTNode,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  OperationTypeNode,
  type ExecutionResult,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLError,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'
import type { RecordTypes } from '../../schema/record-type.js'
import type { DatasetRequest } from '../plan/planning.js'
import { spendObjectsOf, type Spend } from './control-cost.js'
import { stringifyResult } from './raw-json.js'

/** The half of the API that graphql-js executes: themes, datasets, agencies … In its schema records are leaves. */
export interface ControlPlane<Viewer> {
  readonly schema: GraphQLSchema
  /** Fields of the root whose answers are made anew each time: they show more than what changes with a version or a revision. */
  readonly madeAnew?: ReadonlySet<string>
  contextFor(request: ControlRequest<Viewer>): object
}

export interface ControlRequest<Viewer> {
  readonly viewer: Viewer
  readonly recordTypes: RecordTypes
  readonly records: RecordLeaf
}

export interface LeafRequest {
  readonly info: GraphQLResolveInfo
  readonly datasetId: number
  readonly datasetCode: string
  readonly args: {
    readonly resource: string | undefined
    readonly first: number | undefined
    readonly last: number | undefined
    readonly after: string | undefined
    readonly before: string | undefined
  }
}

export interface RecordLeaf {
  connection(leaf: LeafRequest): Promise<unknown>
}

export interface ControlOperation {
  readonly publicSchema: GraphQLSchema
  readonly controlSchema: GraphQLSchema
  readonly operation: OperationDefinitionNode
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  readonly variables: Readonly<Record<string, unknown>>
  /** Spends what objects cost. */
  readonly spend: Spend
}

const leafTypes: ReadonlySet<string> = new Set(['RecordConnection', 'Record'])

/**
 * Runs selections of one operation on the control plane. Where the control plane meets records, the field's sub-selection is
 * taken off, since there it is a leaf, and remembered for the resolver that answers it.
 */
export class ControlExecution {
  private readonly originals = new Map<FieldNode, FieldNode>()
  private fragments: FragmentDefinitionNode[] | undefined
  /** Errors of selections below records, whose place in the answer only the statement knows. */
  readonly datasetErrors: GraphQLError[] = []

  constructor(
    private readonly request: ControlOperation,
    private readonly context: () => object,
  ) {}

  /** The fields of the operation's root that these nodes ask for. */
  async root(nodes: readonly FieldNode[]): Promise<ExecutionResult> {
    const { operation, publicSchema } = this.request
    const type =
      operation.operation === OperationTypeNode.MUTATION ? publicSchema.getMutationType() : publicSchema.getQueryType()
    return this.execute(operation.operation, { kind: Kind.SELECTION_SET, selections: this.strip(type?.name, nodes) })
  }

  /** What a selection on `Dataset` gives for each of these datasets, as JSON text. */
  async datasets(
    { nodes, datasetIds }: DatasetRequest,
    codes: ReadonlyMap<number, string>,
  ): Promise<ReadonlyMap<number, string>> {
    const known = datasetIds.filter((id) => codes.has(id))
    if (known.length === 0) return new Map()
    const selections = nodes.flatMap((node) => this.strip('Dataset', node.selectionSet?.selections ?? []))
    const fields = known.map((id): FieldNode => ({
      kind: Kind.FIELD,
      alias: { kind: Kind.NAME, value: `d${id}` },
      name: { kind: Kind.NAME, value: 'dataset' },
      arguments: [
        {
          kind: Kind.ARGUMENT,
          name: { kind: Kind.NAME, value: 'code' },
          value: { kind: Kind.STRING, value: codes.get(id) ?? '' },
        },
      ],
      selectionSet: { kind: Kind.SELECTION_SET, selections },
    }))
    const result = await this.execute(OperationTypeNode.QUERY, { kind: Kind.SELECTION_SET, selections: fields })
    this.datasetErrors.push(...(result.errors ?? []))
    return new Map(known.map((id) => [id, stringifyResult(result.data?.[`d${id}`] ?? null)]))
  }

  /** The field nodes as they stood in the operation, with their sub-selections. */
  original(nodes: readonly FieldNode[]): FieldNode[] {
    return nodes.map((node) => this.originals.get(node) ?? node)
  }

  private async execute(operation: OperationTypeNode, selectionSet: SelectionSetNode): Promise<ExecutionResult> {
    const { controlSchema, variables, spend } = this.request
    this.fragments ??= [...this.request.fragments.values()].map((fragment) => ({
      ...fragment,
      selectionSet: this.stripSet(fragment.typeCondition.name.value, fragment.selectionSet),
    }))
    const fragments = usedFragments(selectionSet, this.fragments)
    const contextValue = this.context()
    spendObjectsOf(contextValue, spend)
    return execute({
      schema: controlSchema,
      document: {
        kind: Kind.DOCUMENT,
        definitions: [
          {
            kind: Kind.OPERATION_DEFINITION,
            operation,
            selectionSet,
            variableDefinitions: this.usedVariables([selectionSet, ...fragments]),
          },
          ...fragments,
        ],
      },
      variableValues: variables,
      contextValue,
    })
  }

  /** Variables that only records read are not the control schema's business: it may not know their types, or read them otherwise. */
  private usedVariables(nodes: readonly ASTNode[]): NonNullable<OperationDefinitionNode['variableDefinitions']> {
    const used = new Set<string>()
    for (const node of nodes) {
      visit(node, {
        Variable: ({ name }) => {
          used.add(name.value)
        },
      })
    }
    return (this.request.operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value))
  }

  private stripSet(typeName: string | undefined, set: SelectionSetNode): SelectionSetNode {
    return { ...set, selections: this.strip(typeName, set.selections) }
  }

  private strip(typeName: string | undefined, selections: readonly SelectionNode[]): SelectionNode[] {
    const type = typeName === undefined ? undefined : this.request.publicSchema.getType(typeName)
    if (!isObjectType(type) && !isInterfaceType(type)) return [...selections]
    return selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return selection
      if (selection.kind === Kind.INLINE_FRAGMENT) {
        const condition = selection.typeCondition?.name.value ?? typeName
        return { ...selection, selectionSet: this.stripSet(condition, selection.selectionSet) }
      }
      const field = type.getFields()[selection.name.value]
      if (field === undefined || selection.selectionSet === undefined) return selection
      const named = getNamedType(field.type).name
      if (leafTypes.has(named)) {
        const leaf = withoutSelection(selection)
        this.originals.set(leaf, selection)
        return leaf
      }
      return { ...selection, selectionSet: this.stripSet(named, selection.selectionSet) }
    })
  }
}

function withoutSelection({ kind, alias, name, arguments: given, directives, loc }: FieldNode): FieldNode {
  return {
    kind,
    name,
    ...(alias === undefined ? {} : { alias }),
    ...(given === undefined ? {} : { arguments: given }),
    ...(directives === undefined ? {} : { directives }),
    ...(loc === undefined ? {} : { loc }),
  }
}

/** The fragments that a selection spreads, and those that they spread. */
function usedFragments(
  selectionSet: SelectionSetNode,
  all: readonly FragmentDefinitionNode[],
): readonly FragmentDefinitionNode[] {
  const used = new Set<FragmentDefinitionNode>()
  const gather = (node: ASTNode): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = all.find((each) => each.name.value === name.value)
        if (fragment === undefined || used.has(fragment)) return
        used.add(fragment)
        gather(fragment)
      },
    })
  }
  gather(selectionSet)
  return [...used]
}
