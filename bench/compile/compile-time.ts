// How long a cold operation takes from its text to its SQL: parsed, validated, planned and emitted, each text a new one.
import 'reflect-metadata'
import { join } from 'node:path'
import { parse, validate } from 'graphql'
import { buildControlSchema } from '../../src/catalog/control-schema.js'
import { mergeSchemas } from '../../src/records/graphql/merge-schemas.js'
import { Executor } from '../../src/records/query/executor.js'
import { RawJson } from '../../src/records/query/run/raw-json.js'
import { StatementRunner, type StatementAnswer } from '../../src/records/query/run/statement-runner.js'
import type { Statement } from '../../src/records/query/sql/emit-statement.js'
import { loadRecordTypes } from '../../src/records/schema/load-record-types.js'
import type { ResourceInfo } from '../../src/records/sources.js'

/** Takes the statements that were compiled and answers them with nothing. */
class NoRunner extends StatementRunner {
  compiled = 0

  constructor() {
    super({ url: 'postgres://127.0.0.1:9/none', poolSize: 1, statementTimeoutMs: 1000 })
  }

  override run(statements: readonly Statement[]): Promise<StatementAnswer[][]> {
    this.compiled += statements.length
    return Promise.resolve(
      statements.map(({ scopes }) => [
        { json: new RawJson(Buffer.from('{}')), fetched: scopes.map(() => true), tokens: undefined },
      ]),
    )
  }
}

const measured = 300
const warmUps = 50

const control = buildControlSchema()
const types = await loadRecordTypes(join(import.meta.dirname, '..', '..', 'schema'))
const published = { schema: mergeSchemas(control, types), types }
const resources = ['School', 'AdministrativeUnit'].map((recordType, index): ResourceInfo => {
  const code = recordType === 'School' ? 'primary-schools' : 'places'
  const common = { name: code, datasetCode: code, recordType, mode: 'SNAPSHOT', maxAgeMs: 1e9, patienceMs: 0 } as const
  return { id: index + 1, datasetId: index + 1, ...common }
})
const runner = new NoRunner()
const executor = new Executor<undefined>({
  control: { schema: control, contextFor: () => Promise.reject(new Error('Nothing asks the control plane.')) },
  sources: {
    resources: () => resources,
    typesWithRetiredRows: () => new Set(),
    bringUpToDate: () => Promise.resolve(),
    lookUp: () => Promise.resolve(),
  },
  changes: { subscribe: () => Promise.reject(new Error('There is no feed.')) },
  runner,
  describeSources: () => Promise.resolve([]),
  timeZone: 'Asia/Ho_Chi_Minh',
  report: (error) => {
    throw error
  },
})

const times: number[] = []
for (let index = 0; index < warmUps + measured; index += 1) {
  const start = performance.now()
  await compile(operation(index))
  if (index >= warmUps) times.push(performance.now() - start)
}
await runner.dispose()
times.sort((a, b) => a - b)
if (runner.compiled !== warmUps + measured) throw new Error(`${runner.compiled} statements were compiled.`)
console.log(JSON.stringify({ median: times[measured / 2], p99: times[Math.floor(measured * 0.99)] }))

async function compile(text: string): Promise<void> {
  const document = parse(text)
  const problems = validate(published.schema, document)
  if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'))
  const { errors } = await executor.execute({
    document,
    variables: { level: 'PRIMARY' },
    viewer: undefined,
    signal: new AbortController().signal,
    public: published,
  })
  if (errors !== undefined) throw new AggregateError(errors)
}

/** 30 fields under names that no other operation has. */
function operation(n: number): string {
  return `query Cold${n}($level: SchoolLevel!) {
    schools${n}: schools(first: 20, where: { level: { eq: $level }, pupils: { gte: 100 } }, orderBy: [{ name: ASC }]) {
      totalCount
      pageInfo { hasNextPage endCursor }
      nodes {
        id key code${n}: code name level ownership address classes pupils girls teachers nationalStandard openedOn latitude longitude updatedAt
        district { code name kind parent { name } }
        commune { code name }
      }
    }
  }`
}
