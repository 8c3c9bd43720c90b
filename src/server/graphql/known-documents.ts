import { Kind, OperationTypeNode, type DocumentNode, type GraphQLSchema } from 'graphql'
import { selectionsOf } from './document-limits.js'

const longestKept = 8_192
const mostKept = 500
/** Up to these a query is planned about as fast as it is answered. */
const small = { characters: 2_048, selections: 300 }

export interface KnownDocument {
  readonly document: DocumentNode
  /** Its operation, when there is one alone and it only reads. */
  readonly query: { readonly name: string | undefined } | undefined
  /** Planned in no time, as long as its variables are small as well. */
  readonly isSmall: boolean
}

/**
 * Documents that have come before, by their text: those that were parsed, validated against the schema that is public now and found
 * within the limits of documents, in whichever way they came. The least recently used go first.
 */
export class KnownDocuments {
  private documents = new Map<string, KnownDocument>()
  private schema: GraphQLSchema | undefined

  /** Keeps a document that was checked against this schema. */
  add(schema: GraphQLSchema, text: string, document: DocumentNode): void {
    if (text.length > longestKept) return
    if (schema !== this.schema) {
      this.schema = schema
      this.documents = new Map()
    }
    const isSmall = text.length <= small.characters && selectionsOf(document) <= small.selections
    this.documents.set(text, { document, query: onlyQueryOf(document), isSmall })
    if (this.documents.size <= mostKept) return
    for (const [oldest] of this.documents) {
      this.documents.delete(oldest)
      return
    }
  }

  find(schema: GraphQLSchema, text: string): KnownDocument | undefined {
    if (schema !== this.schema) return undefined
    const known = this.documents.get(text)
    if (known === undefined) return undefined
    this.documents.delete(text)
    this.documents.set(text, known)
    return known
  }
}

function onlyQueryOf({ definitions }: DocumentNode): KnownDocument['query'] {
  const [operation, ...others] = definitions.filter((each) => each.kind === Kind.OPERATION_DEFINITION)
  if (operation?.operation !== OperationTypeNode.QUERY || others.length > 0) return undefined
  return { name: operation.name?.value }
}
