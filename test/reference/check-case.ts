import { parse } from 'graphql'
import type { Answer } from '../support/record-world.js'
import { tableSchemaOf } from '../../src/records/schema/table-schema.js'
import { referenceAnswer } from './answer.js'
import { difference, errorText, type Cursors } from './compare-answers.js'
import { printOperation, type Selection } from './operation-tree.js'
import type { RandomRows } from './random-rows.js'
import type { RandomSchema } from './random-types.js'
import type { ReferenceWorld } from './reference-world.js'
import type { SeededWorld } from './seed-reference-world.js'

/** An operation that the gateway answers otherwise than the reference. */
export class Disagreement extends Error {
  override readonly name = 'Disagreement'
}

/** How the report of an operation ends that the gateway could not answer at all. */
export const gatewayFailed = 'The gateway failed'

/** What comes for the third time with the same variables is answered by the plan of the second. */
const timesAsked = 3

/** Asks the gateway and the reference the same, and throws when the answers differ. */
export async function checkCase(
  schema: RandomSchema,
  seeded: SeededWorld,
  rows: RandomRows,
  operation: readonly Selection[],
): Promise<void> {
  const world = await seeded.seed(rows)
  const printed = printOperation(operation)
  const cursors: Cursors = new Map()
  const forGateway: Record<string, unknown> = { ...printed.variables }
  const forReference: Record<string, unknown> = { ...printed.variables }
  if (printed.cursors.length > 0) {
    const probe = await ask(schema, seeded, world, rows, printed.probe.text, {}, {}, cursors)
    for (const { variable, source, pick } of printed.cursors) {
      const found = cursorsOf(probe, source)
      const cursor = found[pick % Math.max(1, found.length)] ?? null
      forGateway[variable] = cursor
      forReference[variable] = cursor === null ? null : cursors.get(cursor)
    }
  }
  await ask(schema, seeded, world, rows, printed.text, forGateway, forReference, cursors)
}

async function ask(
  schema: RandomSchema,
  { records }: SeededWorld,
  world: ReferenceWorld,
  rows: RandomRows,
  text: string,
  forGateway: Readonly<Record<string, unknown>>,
  forReference: Readonly<Record<string, unknown>>,
  cursors: Cursors,
): Promise<Answer> {
  const result = referenceAnswer(world, records.public.schema, parse(text), forReference)
  const unexpected = result.errors?.find((error) => error.extensions['code'] === undefined)
  if (unexpected !== undefined) {
    throw new Error(`The reference failed: ${unexpected.stack ?? ''} ${text}`, { cause: unexpected.originalError })
  }
  const expected = {
    data: JSON.parse(JSON.stringify(result.data ?? null)) as unknown,
    errors: (result.errors ?? []).map((error) => errorText(error.path, error.extensions['code'])),
  }
  for (let time = 1; ; time += 1) {
    const actual = await records.query(text, { ...forGateway }).catch((error: unknown) => {
      throw new Disagreement(report(schema, rows, text, forGateway, `${gatewayFailed}: ${causesOf(error)}`))
    })
    const found = difference(expected, actual, cursors)
    if (found !== undefined) {
      const answers = `reference: ${JSON.stringify(expected)}\ngateway:   ${JSON.stringify({ ...actual, extensions: undefined })}`
      throw new Disagreement(report(schema, rows, text, forGateway, `${found} (time ${time})\n\n${answers}`))
    }
    if (time === timesAsked) return actual
  }
}

function causesOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(causesOf).join('\n')
  if (!(error instanceof Error)) return String(error)
  return error.cause === undefined ? error.message : `${error.message}: ${causesOf(error.cause)}`
}

function report(
  schema: RandomSchema,
  rows: RandomRows,
  text: string,
  variables: Readonly<Record<string, unknown>>,
  found: string,
): string {
  const types = [...schema.types.types.values()].map((type) => JSON.stringify(tableSchemaOf(type))).join('\n')
  const published = schema.published.map(({ dataset, type }) => `${dataset}: ${type}`).join(', ')
  return [
    `types:\n${types}`,
    `published: ${published}`,
    `rows:\n${[rows.fetched, ...rows.lives].map((each) => JSON.stringify(each)).join('\n')}`,
    `left by retired connectors:\n${rows.retired.map((life) => JSON.stringify(life)).join('\n')}`,
    `operation:\n${text}\nvariables: ${JSON.stringify(variables)}`,
    found,
  ].join('\n\n')
}

function cursorsOf(answer: Answer, source: string): string[] {
  const connection = answer.data?.[source]
  if (typeof connection !== 'object' || connection === null || !('edges' in connection)) return []
  const { edges } = connection
  if (!Array.isArray(edges)) return []
  return edges.flatMap((edge: unknown) =>
    typeof edge === 'object' && edge !== null && 'cursor' in edge && typeof edge.cursor === 'string'
      ? [edge.cursor]
      : [],
  )
}
