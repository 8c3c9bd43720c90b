import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql'
import { mergeSchemas } from '../graphql/merge-schemas.js'
import type { RecordTypes } from '../schema/record-type.js'
import type { AnswerFreshness } from './cache/answer-freshness.js'
import { Executor, type ExecutorOptions } from './executor.js'
import type { PublicSchema } from './public-schemas.js'
import { encodeResult, stringifyResult } from './run/raw-json.js'

export interface ServiceRequest<Viewer> {
  /** The schema that the document was validated against: an earlier one answers until its requests are done. */
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly viewer: Viewer
  readonly signal: AbortSignal
  /** Told what the answer was made of when it may be used again. */
  readonly observe?: ((freshness: AnswerFreshness) => void) | undefined
  /** Asked once the cost is known and before anything is read; a rejection refuses the operation. */
  readonly admit?: ((cost: number) => Promise<void>) | undefined
}

export interface ServiceOptions<Viewer> extends ExecutorOptions<Viewer> {
  /** Told of each operation that has to be executed, before it is. */
  readonly asked?: () => void
}

/** The whole API: answers operations over both planes, and changes its schema while it runs. */
export class PublicService<Viewer> {
  private readonly executor: Executor<Viewer>
  private readonly listeners = new Set<(schema: GraphQLSchema) => void>()
  private readonly published = new WeakMap<GraphQLSchema, PublicSchema>()
  private current: PublicSchema

  constructor(
    types: RecordTypes,
    private readonly options: ServiceOptions<Viewer>,
  ) {
    this.executor = new Executor(options)
    this.current = this.publish(types)
  }

  schema(): GraphQLSchema {
    return this.current.schema
  }

  types(): RecordTypes {
    return this.current.types
  }

  /**
   * Makes these record types the public ones. Requests under way keep the schema they began with; subscriptions go on with the new
   * one if they fit it, and end with GRAPHQL_VALIDATION_FAILED if not: when the next change comes, or at once when none can.
   */
  replaceTypes(types: RecordTypes): void {
    this.current = this.publish(types)
    for (const listener of this.listeners) listener(this.current.schema)
  }

  onSchemaChange(listener: (schema: GraphQLSchema) => void): () => void {
    this.listeners.add(listener)
    return () => {
      this.listeners.delete(listener)
    }
  }

  execute(request: ServiceRequest<Viewer>): Promise<ExecutionResult> {
    this.options.asked?.()
    return this.executor.execute({ ...request, public: this.publicSchema(request.schema) })
  }

  subscribe(request: ServiceRequest<Viewer>): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
    return this.executor.subscribe(
      { ...request, public: this.publicSchema(request.schema) },
      {
        current: () => this.current,
        onReplaced: (listener) =>
          this.onSchemaChange(() => {
            listener(this.current.types)
          }),
      },
    )
  }

  stringify(result: object): string {
    return stringifyResult(result)
  }

  encode(result: object): Buffer {
    return encodeResult(result)
  }

  private publish(types: RecordTypes): PublicSchema {
    const published = { schema: mergeSchemas(this.options.control.schema, types), types }
    this.published.set(published.schema, published)
    return published
  }

  private publicSchema(schema: GraphQLSchema): PublicSchema {
    return this.published.get(schema) ?? this.current
  }
}
