// The program of a thread that answers one introspection, and ends.
import { buildSchema, parse } from 'graphql'
import { parentPort, workerData } from 'node:worker_threads'
import { LazySchema } from '../../graphql/lazy-schema.js'
import { introspectHere } from './introspection.js'
import { introspectionOrder, reportedError, typesOf, type IntrospectionReport } from './introspection-order.js'

if (parentPort === null) throw new Error('This is the program of a thread.')
const order = introspectionOrder.parse(workerData)
const types = typesOf(order)
const schema = new LazySchema(buildSchema(order.base, { assumeValid: true, assumeValidSDL: true }), types)
const { data, errors } = await introspectHere({
  schema,
  types,
  document: parse(order.query),
  variables: order.variables,
})
const text = new TextEncoder()
const values = Object.entries(data).map(([as, value]): [string, Uint8Array<ArrayBuffer>] => [
  as,
  text.encode(JSON.stringify(value)),
])
const report: IntrospectionReport = { values, errors: errors.map(reportedError) }
parentPort.postMessage(
  report,
  values.map(([, bytes]) => bytes.buffer),
)
