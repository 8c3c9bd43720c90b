import { GraphQLError, Kind, type GraphQLScalarType, type ValueNode } from 'graphql'
import { decimalText, int8, wholeText } from '../schema/number-text.js'
import { dateText, instantText } from '../schema/time-text.js'

/** What the scalar DateTime reads: an instant, as UTC text, or a bare date, whose meaning depends on where it stands. */
export type Moment = { readonly instant: string } | { readonly date: string }

interface Scalar {
  readonly name: string
  readonly description: string
  /** From JSON, or from a literal as the text that was written, so that no digit is lost. */
  parse(value: unknown): unknown
}

/** Those that may be written as numbers too. */
const numeric: ReadonlySet<string> = new Set(['BigInt', 'Decimal'])

const scalars: readonly Scalar[] = [
  {
    name: 'Date',
    description: 'Ngày — A day of the calendar: 2025-06-30.',
    parse: (value) => read('Date', 'a day such as "2025-06-30"', value, dateText),
  },
  {
    name: 'DateTime',
    description:
      'Thời điểm — An instant with its offset: 2025-06-30T17:00:00Z. An input may be a bare date: its start, and for `asOf` its end, in the time zone of the province.',
    parse: (value): Moment => {
      const date = typeof value === 'string' ? dateText(value) : undefined
      if (date !== undefined) return { date }
      return { instant: read('DateTime', 'an instant such as "2025-06-30T17:00:00Z", or a day', value, instantText) }
    },
  },
  {
    name: 'BigInt',
    description: 'Số nguyên 64 bit — A whole number of 64 bits; in JSON always a string.',
    parse: (value) =>
      read('BigInt', 'a whole number of 64 bits, in a string', value, (text) => wholeText(text, int8.least, int8.most)),
  },
  {
    name: 'Decimal',
    description: 'Số thập phân — An exact decimal number; in JSON always a string.',
    parse: (value) => read('Decimal', 'a decimal number, in a string', value, decimalText),
  },
  {
    name: 'URL',
    description: 'Địa chỉ web — An address on the web.',
    parse: (value) => read('URL', 'an address', value, (text) => (URL.canParse(text) ? text : undefined)),
  },
  { name: 'JSON', description: 'Any JSON value.', parse: (value) => value },
]

function read(scalar: string, wanted: string, value: unknown, parse: (text: string) => string | undefined): string {
  const text = typeof value === 'number' && numeric.has(scalar) && isExact(value) ? String(value) : value
  const parsed = typeof text === 'string' ? parse(text) : undefined
  if (parsed === undefined) throw new GraphQLError(`${scalar} must be ${wanted}, not ${shown(value)}.`)
  return parsed
}

/** A number of a JSON variable has gone through a double: beyond this it is not what was written. */
function isExact(value: number): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER
}

function shown(value: unknown): string {
  const text =
    typeof value === 'string' ? JSON.stringify(value) : typeof value === 'number' ? String(value) : `a ${typeof value}`
  return text.length > 50 ? `${text.slice(0, 50)}…` : text
}

export const scalarDefinitions = scalars
  .map(({ name, description }) => `${JSON.stringify(description)}\nscalar ${name}`)
  .join('\n')

/** Gives a scalar of the public schema, built from SDL, its way to read and write values; false when it is not one of ours. */
export function equipScalar(type: GraphQLScalarType): boolean {
  const scalar = scalars.find(({ name }) => name === type.name)
  if (scalar === undefined) return false
  type.serialize = (value: unknown) => value
  type.parseValue = (value: unknown) => scalar.parse(value)
  // What a literal of JSON holds is read by graphql-js.
  if (scalar.name !== 'JSON') type.parseLiteral = (node) => scalar.parse(literalText(scalar.name, node))
  return true
}

function literalText(scalar: string, node: ValueNode): string {
  if (node.kind === Kind.STRING) return node.value
  if (numeric.has(scalar) && (node.kind === Kind.INT || node.kind === Kind.FLOAT)) return node.value
  throw new GraphQLError(`${scalar} must be written as a string.`, { nodes: node })
}
