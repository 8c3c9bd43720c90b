import type { DocumentNode } from 'graphql'
import type { RecordTypes } from '../../schema/record-type.js'
import type { ResourceInfo } from '../../sources.js'
import type { Planning } from '../plan/planning.js'
import type { QueryPlan } from '../plan/plan-query.js'
import type { RecordFields } from './record-fields.js'

export interface KnownQuery {
  readonly plan: QueryPlan
  readonly fields: RecordFields
  readonly cost: number
}

interface Asked {
  readonly document: DocumentNode
  readonly operationName?: string | undefined
  readonly variables: Readonly<Record<string, unknown>>
  readonly public: { readonly types: RecordTypes }
}

const mostKept = 200
const longestVariables = 1_000
const mostSelections = 300

/**
 * Queries of records alone that have come before with the same variables, planned and compiled. A plan follows from the document, its
 * variables, the record types and the registered resources, and from nothing else. The least recently used go first.
 */
export class KnownQueries {
  private queries = new Map<string, KnownQuery>()
  private readonly numbers = new WeakMap<DocumentNode, number>()
  private documents = 0
  private types: RecordTypes | undefined
  private resources: readonly ResourceInfo[] | undefined

  find(asked: Asked, resources: readonly ResourceInfo[]): KnownQuery | undefined {
    if (asked.public.types !== this.types || resources !== this.resources) return undefined
    const key = this.keyOf(asked)
    const known = key === undefined ? undefined : this.queries.get(key)
    if (key === undefined || known === undefined) return undefined
    this.queries.delete(key)
    this.queries.set(key, known)
    return known
  }

  /** A document is kept from its second coming on, and only while it is small. */
  keep(asked: Asked, planning: Planning, query: KnownQuery): void {
    const { plan } = query
    const isOfRecordsAlone =
      plan.control.length + plan.introspection.length + plan.refused.length + planning.datasetRequests.length === 0
    if (!isOfRecordsAlone || planning.operation.budget.spent > mostSelections) return
    const { document } = asked
    if (!this.numbers.has(document)) {
      this.documents += 1
      this.numbers.set(document, this.documents)
      return
    }
    const key = this.keyOf(asked)
    if (key === undefined) return
    if (asked.public.types !== this.types || planning.resources !== this.resources) {
      this.types = asked.public.types
      this.resources = planning.resources
      this.queries = new Map()
    }
    this.queries.set(key, query)
    if (this.queries.size <= mostKept) return
    for (const [oldest] of this.queries) {
      this.queries.delete(oldest)
      return
    }
  }

  /** Undefined: a document that has not come before, or variables too long to be kept. */
  private keyOf({ document, operationName = '', variables }: Asked): string | undefined {
    const number = this.numbers.get(document)
    if (number === undefined) return undefined
    const text = JSON.stringify(variables)
    if (text.length > longestVariables) return undefined
    // JSON has no numbers beyond the finite: they would pass for null.
    return text.includes('null') && hasInfinity(variables) ? undefined : `${number} ${operationName} ${text}`
  }
}

function hasInfinity(value: unknown): boolean {
  if (typeof value === 'number') return !Number.isFinite(value)
  return typeof value === 'object' && value !== null && Object.values(value).some(hasInfinity)
}
