import { Kind, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql'

const longestKept = 8_192
const mostKept = 500

/** A document with one operation, which only reads. */
export interface KnownQuery {
  readonly document: DocumentNode
  /** Of its operation. */
  readonly name: string | undefined
}

/**
 * Queries that have come before, by their text: those that were parsed, validated against the schema that is public now and found
 * within the limits of documents. The least recently used go first.
 */
export class KnownQueries {
  private queries = new Map<string, KnownQuery>()
  private schema: GraphQLSchema | undefined

  /** Keeps a document that was checked against this schema, if it is a query of the kind that is kept. */
  add(schema: GraphQLSchema, text: string, document: DocumentNode): void {
    const [operation, ...others] = document.definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION)
    if (operation?.kind !== Kind.OPERATION_DEFINITION || others.length > 0 || text.length > longestKept) return
    if (operation.operation !== OperationTypeNode.QUERY) return
    if (schema !== this.schema) {
      this.schema = schema
      this.queries = new Map()
    }
    this.queries.set(text, { document, name: operation.name?.value })
    if (this.queries.size <= mostKept) return
    for (const [oldest] of this.queries) {
      this.queries.delete(oldest)
      return
    }
  }

  find(schema: GraphQLSchema, text: string): KnownQuery | undefined {
    if (schema !== this.schema) return undefined
    const known = this.queries.get(text)
    if (known === undefined) return undefined
    this.queries.delete(text)
    this.queries.set(text, known)
    return known
  }
}
