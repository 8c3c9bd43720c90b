import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql'
import type { Viewer } from '../access/viewer.js'
import type { AnswerFreshness } from '../records/query/cache/answer-freshness.js'

/** One operation whose document was validated against `schema` and is within the limits of documents. */
export interface OperationRequest {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly viewer: Viewer
  /** Aborted when nobody waits for the answer any more. */
  readonly signal: AbortSignal
  /** Told what the answer was made of when it may be used again. */
  readonly observe?: ((freshness: AnswerFreshness) => void) | undefined
  /** Asked once the cost is known and before anything is read; a rejection refuses the operation. */
  readonly admit?: ((cost: number) => Promise<void>) | undefined
}

/** What answers operations, for all the ways in which they arrive. Errors in results have a `code` in their extensions. */
export interface GraphQLService {
  /** The schema that is public now. */
  schema(): GraphQLSchema
  /** Calls the listener with each schema that replaces another; the answer ends that. */
  onSchemaChange(listener: (schema: GraphQLSchema) => void): () => void
  execute(request: OperationRequest): Promise<ExecutionResult>
  subscribe(request: OperationRequest): Promise<AsyncIterable<ExecutionResult> | ExecutionResult>
  /** A result as JSON: its data may hold text that was JSON from the start. */
  stringify(result: object): string
  /** The same in UTF-8, for answers that are sent as they are. */
  encode(result: object): Buffer
}
