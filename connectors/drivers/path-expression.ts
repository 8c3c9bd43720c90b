import jmespath from 'jmespath'
import { z } from 'zod'

declare module 'jmespath' {
  /** The expression's syntax tree; throws for one that is malformed. */
  function compile(expression: string): unknown
}

const longest = 2_000
/**
 * How many times as large as what it reads the result may be. Each `{a: @, b: @}` doubles it, so that fifty of them in a row, a line
 * of text, would never end.
 */
const mostGrowth = 100

const functions = new Set([
  'abs',
  'avg',
  'ceil',
  'contains',
  'ends_with',
  'floor',
  'join',
  'keys',
  'length',
  'map',
  'max',
  'max_by',
  'merge',
  'min',
  'min_by',
  'not_null',
  'reverse',
  'sort',
  'sort_by',
  'starts_with',
  'sum',
  'to_array',
  'to_number',
  'to_string',
  'type',
  'values',
])

const syntax = z.object({
  type: z.string(),
  name: z.string().optional(),
  children: z.array(z.unknown()).optional(),
  value: z.unknown().optional(),
})

/** A JMESPath expression of a manifest. One that is refused is shown with what is wrong with it. */
export const pathExpression = z.string().superRefine((text, context) => {
  const problem = problemOfExpression(text)
  if (problem === undefined) return
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text
  context.addIssue({ code: 'custom', message: `the expression "${shown}" ${problem}` })
})

/** What is wrong with an expression; undefined: nothing. It is not evaluated. */
export function problemOfExpression(text: string): string | undefined {
  if (text.length > longest) return `is longer than ${longest} characters`
  const tree = treeOf(text)
  if (tree === undefined) return 'is not a JMESPath expression'
  const growth = growthOf(tree)
  if (Number.isNaN(growth)) return 'is not a JMESPath expression'
  const unknown = unknownFunction(tree)
  if (unknown !== undefined) return `uses ${unknown}(), which JMESPath does not have`
  return growth > mostGrowth ? 'makes what it reads many times larger' : undefined
}

function treeOf(text: string): unknown {
  try {
    return jmespath.compile(text)
  } catch {
    // The library throws errors of many kinds for what is malformed, and nothing else.
    return undefined
  }
}

/** At most how many times as large as its input a part's result is, what it has in between included; NaN: the tree has a hole. */
function growthOf(part: unknown): number {
  const parsed = syntax.safeParse(part)
  if (!parsed.success) return Number.NaN
  const { type, name, value, children = [] } = parsed.data
  switch (type) {
    case 'Literal':
      return Math.max(1, JSON.stringify(value).length / 16)
    case 'KeyValuePair':
      return growthOf(value)
    case 'MultiSelectList':
    case 'MultiSelectHash':
    case 'Comparator':
    case 'AndExpression':
    case 'OrExpression':
      return sumOf(children)
    case 'Function':
      return growthOfFunction(name, children)
    default:
      return productOf(children)
  }
}

function growthOfFunction(name: string | undefined, given: readonly unknown[]): number {
  const isWithin = given.some((part) => syntax.safeParse(part).data?.type === 'ExpressionReference')
  if (isWithin) return productOf(given)
  switch (name) {
    case 'to_string':
      // Every character may have to be escaped, and what escapes it as well the next time.
      return 8 * sumOf(given)
    case 'join':
      // What comes between the texts comes as often as there are texts.
      return syntax.safeParse(given[0]).data?.type === 'Literal' ? productOf(given) : Infinity
    default:
      return Math.max(1, sumOf(given))
  }
}

/** The library says so only when a row is read. */
function unknownFunction(part: unknown): string | undefined {
  const parsed = syntax.safeParse(part)
  if (!parsed.success || parsed.data.type === 'Literal') return undefined
  const { type, name, value, children = [] } = parsed.data
  if (type === 'Function' && name !== undefined && !functions.has(name)) return name
  for (const inner of [...children, value]) {
    const unknown = unknownFunction(inner)
    if (unknown !== undefined) return unknown
  }
  return undefined
}

function sumOf(parts: readonly unknown[]): number {
  return parts.reduce<number>((sum, part) => sum + growthOf(part), 0)
}

function productOf(parts: readonly unknown[]): number {
  return parts.reduce<number>((product, part) => product * growthOf(part), 1)
}
