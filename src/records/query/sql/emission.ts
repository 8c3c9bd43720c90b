import { quote } from '../../../database/identifiers.js'

export type Parameter = string | number | boolean | null | readonly (string | null)[] | readonly number[]

/** Gathers the parameters of one statement and hands out aliases. Only parameters carry values that came with a request. */
export class Emission {
  private readonly parameters: Parameter[] = []
  private aliases = 0

  /** A place for the value in the statement, typed so that its text form is read as that type. */
  value(value: Parameter, type: string): string {
    this.parameters.push(value)
    return `$${this.parameters.length}::${type}`
  }

  alias(): string {
    this.aliases += 1
    return `t${this.aliases}`
  }

  /**
   * The statement's final text and the values that it mentions. What a part was emitted with and then not needed for, such as the
   * filter of a connection of which only the sources are asked, goes: Postgres refuses a parameter of which it sees no type.
   */
  finish(text: string): { readonly text: string; readonly values: readonly Parameter[] } {
    const numbers = new Map<string, number>()
    const values: Parameter[] = []
    const renumbered = text.replace(/\$(\d+)(?=::)/g, (_, mentioned: string) => {
      let number = numbers.get(mentioned)
      if (number === undefined) {
        number = values.push(this.parameters[Number(mentioned) - 1] ?? null)
        numbers.set(mentioned, number)
      }
      return `$${number}`
    })
    return { text: renumbered, values }
  }
}

/** A row that expressions read columns of, and which of them they read: an inner query then selects only those. */
export class Row {
  private readonly read = new Set<string>()
  constructor(readonly alias: string) {}

  column(name: string): string {
    this.read.add(name)
    return `${this.alias}.${quote(name)}`
  }

  get columns(): readonly string[] {
    return [...this.read]
  }
}

/**
 * The size of a page, which is part of an operation's shape and a whole number from 0 to 1,000. It is written out since the
 * planner must see it: with a size that it does not know it plans for a tenth of the table, and anew each time.
 */
export function pageSize(size: number): string {
  if (!Number.isInteger(size) || size < 0) throw new RangeError(`Not a size of a page: ${size}`)
  return String(size)
}

/** A text constant: response keys and type names, which come from the parsed operation and the schema. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

// A function call takes at most 100 arguments.
const pairsPerCall = 50

/** A JSON object in the given order of keys. */
export function jsonObject(pairs: readonly (readonly [key: string, value: string])[]): string {
  if (pairs.length <= pairsPerCall) return buildObject(pairs)
  const parts: string[] = []
  for (let start = 0; start < pairs.length; start += pairsPerCall) {
    parts.push(buildObject(pairs.slice(start, start + pairsPerCall)))
  }
  const inner = parts.map((part) => `substr(left(${part}::text, -1), 2)`)
  return `('{' || ${inner.join(` || ', ' || `)} || '}')::json`
}

function buildObject(pairs: readonly (readonly [string, string])[]): string {
  return `json_build_object(${pairs.map(([key, value]) => `${literal(key)}, ${value}`).join(', ')})`
}

/** A JSON object as text, of values that are JSON text already. */
export function jsonText(pairs: readonly (readonly [key: string, value: string])[]): string {
  const members = pairs.map(
    ([key, value], index) => `${literal(`${index === 0 ? '{' : ','}${JSON.stringify(key)}:`)} || ${value}`,
  )
  return `${members.join(' || ')} || '}'`
}

/** A value of any type as JSON text. */
export function asJsonText(expression: string): string {
  return `coalesce(to_json(${expression})::text, 'null')`
}

/** The base64url of a text expression. */
export function base64url(text: string): string {
  return `translate(encode(convert_to(${text}, 'UTF8'), 'base64'), E'+/=\\n', '-_')`
}
