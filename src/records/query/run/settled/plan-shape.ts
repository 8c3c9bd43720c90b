import { z } from 'zod'

interface PlanNode {
  readonly [property: string]: unknown
  readonly Plans?: readonly PlanNode[] | undefined
}

const planNode: z.ZodType<PlanNode> = z.looseObject({
  get Plans() {
    return z.array(planNode).optional()
  },
})

const explained = z.tuple([z.looseObject({ Plan: planNode })])

/**
 * What Postgres does in a plan, of `EXPLAIN (FORMAT JSON)`, without how much it expects of it and without the values: two plans of the same
 * shape read the same indexes by the same conditions in the same order.
 */
export function planShape(explanation: unknown): string {
  const [{ Plan }] = explained.parse(explanation)
  return JSON.stringify(shapeOf(Plan))
}

function shapeOf({ Plans = [], ...properties }: PlanNode): unknown {
  const told = Object.entries(properties).flatMap(([name, value]) => {
    // Numbers are estimates.
    if (typeof value === 'number') return []
    return [[name, typeof value === 'string' ? withoutValues(value) : withoutValues(JSON.stringify(value))]]
  })
  return [told, Plans.map(shapeOf)]
}

// A literal as Postgres writes it back, or a parameter, with what it is cast to; type names are of small letters, as in `timestamp with time zone`.
const value = /(?:'(?:[^']|'')*'|\$\d+|\b\d+(?:\.\d+)?\b)(?:::(?:"[^"]+"|[a-z_][a-z_0-9]*(?: [a-z]+)*)(?:\[\])?)?/g

/** An expression with each of its values as `?`. Names in it are quoted where they could be taken for one. */
function withoutValues(expression: string): string {
  return expression.replaceAll(value, '?')
}
