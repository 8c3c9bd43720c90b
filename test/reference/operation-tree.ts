/** An operation as a tree that shrinks well, and the text and variables that it stands for. */

export class EnumValue {
  constructor(readonly name: string) {}
}

export type Input = string | number | boolean | null | EnumValue | readonly Input[] | { readonly [name: string]: Input }

export interface InputArgument {
  readonly name: string
  /** Its GraphQL type: `SchoolWhere`. */
  readonly type: string
  readonly value: Input
  readonly isVariable: boolean
}

/** An argument that takes one of the cursors of all the type's records in this order. */
export interface CursorArgument {
  readonly name: 'after' | 'before'
  readonly of: CursorSource
  readonly pick: number
}

export interface CursorSource {
  readonly plural: string
  readonly arguments: readonly InputArgument[]
}

export type Style =
  'plain' | 'renamed' | 'inline' | 'inlineTyped' | 'fragment' | 'include' | 'skip' | 'absent' | 'absentVariable'

export interface Selection {
  readonly name: string
  readonly arguments: readonly (InputArgument | CursorArgument)[]
  readonly below: readonly Selection[] | undefined
  /** The type that the field is asked of. */
  readonly on: string
  readonly style: Style
}

export interface Printed {
  readonly text: string
  readonly variables: Readonly<Record<string, Input>>
  /** Variables that are to be set to a cursor; null when the source has none. */
  readonly cursors: readonly { readonly variable: string; readonly source: string; readonly pick: number }[]
  /** Asks the cursors of each source, under its name. */
  readonly probe: { readonly text: string; readonly sources: readonly string[] }
}

export function printOperation(selections: readonly Selection[]): Printed {
  return new Printer().print(selections)
}

class Printer {
  private readonly declared: string[] = []
  private readonly variables: Record<string, Input> = {}
  private readonly cursors: { variable: string; source: string; pick: number }[] = []
  private readonly sources = new Map<string, string>()
  private readonly fragments: string[] = []
  private aliases = 0
  private readonly systemNames = ['_g0', '_o1', '_version', '_dataset', '_key', '_o0', '_rn']

  print(selections: readonly Selection[]): Printed {
    const body = this.set(selections)
    const head = this.declared.length === 0 ? '' : `(${this.declared.join(', ')})`
    return {
      text: [`query${head} ${body}`, ...this.fragments].join('\n'),
      variables: this.variables,
      cursors: this.cursors,
      probe: {
        text: `{ ${[...this.sources].map(([text, name]) => `${name}: ${text}`).join(' ')} }`,
        sources: [...this.sources.values()],
      },
    }
  }

  private set(selections: readonly Selection[]): string {
    // A selection set may not be empty.
    return `{ ${['__typename', ...selections.map((selection) => this.styled(selection))].join(' ')} }`
  }

  private styled(selection: Selection): string {
    const field = (directive = ''): string => this.field(selection, directive)
    switch (selection.style) {
      case 'plain':
      case 'renamed':
        return field()
      case 'inline':
        return `... { ${field()} }`
      case 'inlineTyped':
        return `... on ${selection.on} { ${field()} }`
      case 'fragment': {
        const text = field()
        const name = `F${this.fragments.length}`
        this.fragments.push(`fragment ${name} on ${selection.on} { ${text} }`)
        return `...${name}`
      }
      case 'include':
        return field(' @include(if: true)')
      case 'skip':
        return field(` @skip(if: ${this.variable('Boolean!', false)})`)
      case 'absent':
        return field(' @skip(if: true)')
      case 'absentVariable':
        return `... @include(if: ${this.variable('Boolean!', false)}) { ${field()} }`
    }
  }

  private field({ name, arguments: args, below, style }: Selection, directive: string): string {
    const given = args.map((each) => ('of' in each ? this.cursor(each) : this.argument(each)))
    const alias = this.alias(below !== undefined, style)
    const head = `${alias}${name}${given.length === 0 ? '' : `(${given.join(', ')})`}${directive}`
    return below === undefined ? head : `${head} ${this.set(below)}`
  }

  /** A leaf keeps its name, so that it is often asked twice, or takes one that a statement could mistake for something of its own. */
  private alias(isParent: boolean, style: Style): string {
    if (style !== 'renamed') return isParent ? `a${this.aliases++}: ` : ''
    // Fields are called t1 to t12.
    return `${this.systemNames.pop() ?? `t${13 + this.aliases++}`}: `
  }

  private argument({ name, type, value, isVariable }: InputArgument): string {
    return `${name}: ${isVariable ? this.variable(type, value) : literal(value)}`
  }

  private variable(type: string, value: Input): string {
    const name = `v${this.declared.length}`
    this.declared.push(`$${name}: ${type}`)
    this.variables[name] = plain(value)
    return `$${name}`
  }

  private cursor({ name, of, pick }: CursorArgument): string {
    const args = [...of.arguments.map((each) => `${each.name}: ${literal(each.value)}`), 'first: 1000']
    const text = `${of.plural}(${args.join(', ')}) { edges { cursor } }`
    const source = this.sources.get(text) ?? `p${this.sources.size}`
    this.sources.set(text, source)
    const variable = this.variable('String', null)
    this.cursors.push({ variable: variable.slice(1), source, pick })
    return `${name}: ${variable}`
  }
}

function literal(value: Input): string {
  if (value instanceof EnumValue) return value.name
  if (isList(value)) return `[${value.map(literal).join(', ')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  return `{ ${Object.entries(value)
    .map(([name, each]) => `${name}: ${literal(each)}`)
    .join(', ')} }`
}

/** As JSON variables have it. */
function plain(value: Input): Input {
  if (value instanceof EnumValue) return value.name
  if (isList(value)) return value.map(plain)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, plain(each)]))
}

function isList(value: Input): value is readonly Input[] {
  return Array.isArray(value)
}
