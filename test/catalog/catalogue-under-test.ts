import { join } from 'node:path'
import { graphql, GraphQLError, type GraphQLSchema } from 'graphql'
import type { DataSource, Logger } from 'typeorm'
import { anonymous, type Viewer } from '../../src/access/viewer.js'
import { createControlContext, type RecordLeaf } from '../../src/catalog/control-context.js'
import { buildControlSchema } from '../../src/catalog/control-schema.js'
import { controlEntities } from '../../src/catalog/entities.js'
import { seedPlan } from '../../src/catalog/seed/seed-plan.js'
import { openControlDatabase } from '../../src/database/migrate.js'
import { GatewayError } from '../../src/errors/gateway-error.js'
import { loadPlan } from '../../src/plan/plan-file.js'
import type { RecordTypes } from '../../src/records/schema/record-type.js'
import { createTestDatabase } from '../support/database.js'

export const planFolder = join(import.meta.dirname, '../../plan/binh-dinh-2023-2025')

export interface Asking {
  readonly variables?: Readonly<Record<string, unknown>>
  readonly viewer?: Viewer
  readonly recordTypes?: RecordTypes
  readonly records?: RecordLeaf
}

export interface Answer {
  /** As the client reads it. */
  readonly data: unknown
  /** `CODE message` of each error. */
  readonly errors: string[]
  /** SQL statements that it took. */
  readonly statements: number
}

/** The control plane with the plan, on a database of its own. Dispose it in `afterAll`. */
export interface CatalogueUnderTest {
  readonly dataSource: DataSource
  readonly schema: GraphQLSchema
  ask(query: string, asking?: Asking): Promise<Answer>
  dispose(): Promise<void>
}

export async function createCatalogue(): Promise<CatalogueUnderTest> {
  const database = await createTestDatabase()
  const dataSource = await openControlDatabase(database.url, controlEntities)
  let statements = 0
  dataSource.setOptions({ logger: countQueries(() => (statements += 1)), logging: ['query'] })
  const schema = buildControlSchema()
  await seedPlan(dataSource, await loadPlan(planFolder))
  return {
    dataSource,
    schema,
    async ask(source, { variables, viewer = anonymous, recordTypes = noTypes, records = noRecords } = {}) {
      const before = statements
      const contextValue = createControlContext({ dataSource, viewer, records, recordTypes })
      const result = await graphql({ schema, source, contextValue, variableValues: { ...variables } })
      const data: unknown = JSON.parse(JSON.stringify(result.data ?? null))
      return { data, errors: (result.errors ?? []).map(describe), statements: statements - before }
    },
    async dispose() {
      await dataSource.destroy()
      await database.dispose()
    },
  }
}

const noTypes: RecordTypes = { revision: 1, types: new Map(), codeLists: new Map(), reverseOf: () => [] }

const noRecords: RecordLeaf = {
  connection: () => Promise.reject(new Error('This test reads no records.')),
}

function describe({ originalError, message }: GraphQLError): string {
  if (originalError instanceof GatewayError) return `${originalError.code} ${message}`
  // A wrong variable is a GraphQLError inside another one.
  return originalError === undefined || originalError instanceof GraphQLError
    ? `GRAPHQL ${message}`
    : `INTERNAL ${message}`
}

function countQueries(count: () => void): Logger {
  const ignore = () => undefined
  return {
    logQuery: count,
    logQueryError: ignore,
    logQuerySlow: ignore,
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: ignore,
  }
}
