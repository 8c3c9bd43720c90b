import {
  GraphQLError,
  Kind,
  Lexer,
  Source,
  TokenKind,
  visit,
  type DocumentNode,
  type FragmentDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { GatewayError, type ErrorCode } from '../../errors/gateway-error.js'
import { toGraphQLError } from './client-errors.js'

/** What any document may be at most; the cost of an operation, which depends on its variables, is the executor's to count. */
const documentLimits = {
  /** Length of the text, in UTF-16 units. */
  characters: 32_768,
  tokens: 2_000,
  /**
   * Levels of fields, fragments expanded. Relay's way to a list takes three (`stops { edges { node`), so this is six lists within
   * each other; the usual introspection query of tools has 15. What depth costs is the executor's to count.
   */
  depth: 20,
  /**
   * Aliases of one field beside each other, which is how one thing is asked many times. To give fields other names, or to ask a
   * few figures under each of a dozen districts, is no flood: tokens, root fields and cost bound that.
   */
  aliases: 30,
  rootFields: 20,
  directives: 50,
  /** Fields in all, fragments expanded. */
  selections: 5_000,
  /** A filter may be nested 20 deep, of which each takes two. */
  variableLevels: 100,
} as const

/** For graphql-js' parser. */
export const parseOptions = { maxTokens: documentLimits.tokens }

interface Size {
  readonly depth: number
  readonly selections: number
}

const judged = new WeakMap<DocumentNode, GraphQLError | undefined>()

/** The first limit that a parsed document breaks; undefined: none. Judged once for a document. */
export function brokenLimit(document: DocumentNode): GraphQLError | undefined {
  if (!judged.has(document)) judged.set(document, judge(document))
  return judged.get(document)
}

/** The limit that a text breaks, before it is parsed. */
export function tooLong(text: string): GraphQLError | undefined {
  if (text.length <= documentLimits.characters) return undefined
  return refusal('QUERY_TOO_COMPLEX', 'characters', text.length, documentLimits.characters)
}

/** Whether it was for its length that a text could not be parsed. Only asked of those that could not. */
export function tooManyTokens(text: string): GraphQLError | undefined {
  const lexer = new Lexer(new Source(text))
  try {
    for (let count = 1; lexer.advance().kind !== TokenKind.EOF; count += 1) {
      if (count > documentLimits.tokens) {
        return refusal('QUERY_TOO_COMPLEX', 'tokens', count, documentLimits.tokens)
      }
    }
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
  }
  return undefined
}

function judge(document: DocumentNode): GraphQLError | undefined {
  const { aliases, directives, texts } = countNodes(document)
  if (!texts.every(isStorable)) return toGraphQLError(notStorable())
  if (aliases > documentLimits.aliases) {
    return refusal('QUERY_TOO_COMPLEX', 'aliases of one field', aliases, documentLimits.aliases)
  }
  if (directives > documentLimits.directives) {
    return refusal('QUERY_TOO_COMPLEX', 'directives', directives, documentLimits.directives)
  }
  return judgeExpanded(document)
}

/** How many fields a document within the limits has in all, fragments expanded. */
export function selectionsOf(document: DocumentNode): number {
  const measure = new Measure(document)
  const sizes = document.definitions.map((node) =>
    node.kind === Kind.OPERATION_DEFINITION ? measure.of(node.selectionSet).selections : 0,
  )
  return Math.max(0, ...sizes)
}

function countNodes(document: DocumentNode): { aliases: number; directives: number; texts: readonly string[] } {
  let aliases = 0
  let directives = 0
  const texts: string[] = []
  visit(document, {
    SelectionSet: (set) => {
      aliases = Math.max(aliases, mostAliases(set))
    },
    Directive: () => {
      directives += 1
    },
    StringValue: (node) => {
      texts.push(node.value)
    },
  })
  return { aliases, directives, texts }
}

/** How many aliases the field has that has the most of them in a selection set; one alone is only another name. */
function mostAliases({ selections }: SelectionSetNode): number {
  const perField = new Map<string, number>()
  for (const selection of selections) {
    if (selection.kind !== Kind.FIELD || selection.alias === undefined) continue
    perField.set(selection.name.value, (perField.get(selection.name.value) ?? 0) + 1)
  }
  return Math.max(0, ...perField.values())
}

function judgeExpanded(document: DocumentNode): GraphQLError | undefined {
  const measure = new Measure(document)
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue
    const rootFields = measure.fieldsOf(definition.selectionSet)
    if (rootFields > documentLimits.rootFields) {
      return refusal('QUERY_TOO_COMPLEX', 'root fields', rootFields, documentLimits.rootFields)
    }
    const { depth, selections } = measure.of(definition.selectionSet)
    if (depth > documentLimits.depth) {
      return refusal('QUERY_TOO_DEEP', 'levels of fields', depth, documentLimits.depth)
    }
    if (selections > documentLimits.selections) {
      return refusal('QUERY_TOO_COMPLEX', 'fields with fragments expanded', selections, documentLimits.selections)
    }
  }
  return undefined
}

/** Measures as if fragments were written out, each fragment only once: doubling ones would take for ever. */
class Measure {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>
  private readonly sizes = new Map<SelectionSetNode, Size>()
  private readonly fields = new Map<SelectionSetNode, number>()

  constructor(document: DocumentNode) {
    this.fragments = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
      ),
    )
  }

  of(set: SelectionSetNode): Size {
    const known = this.sizes.get(set)
    if (known !== undefined) return known
    // A fragment within itself is refused by validation; here it must only not recurse.
    this.sizes.set(set, { depth: 0, selections: 0 })
    let depth = 0
    let selections = 0
    for (const selection of set.selections) {
      const inner = this.inner(selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : selection.selectionSet)
      const own = selection.kind === Kind.FIELD ? 1 : 0
      selections += own + inner.selections
      depth = Math.max(depth, own + inner.depth)
    }
    const size = { depth, selections }
    this.sizes.set(set, size)
    return size
  }

  fieldsOf(set: SelectionSetNode): number {
    const known = this.fields.get(set)
    if (known !== undefined) return known
    this.fields.set(set, 0)
    let count = 0
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) count += 1
      else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT
            ? selection.selectionSet
            : this.fragments.get(selection.name.value)?.selectionSet
        count += inner === undefined ? 0 : this.fieldsOf(inner)
      }
    }
    this.fields.set(set, count)
    return count
  }

  private inner(inner: string | SelectionSetNode | undefined): Size {
    const set = typeof inner === 'string' ? this.fragments.get(inner)?.selectionSet : inner
    return set === undefined ? { depth: 0, selections: 0 } : this.of(set)
  }
}

/** Whether Postgres can hold a text: it has no NUL, and UTF-8 no half of a surrogate pair. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}

function notStorable(): GatewayError {
  return new GatewayError('BAD_USER_INPUT', 'A text holds a NUL character or half of a surrogate pair: leave it out.')
}

/** Refuses variables with texts that no record can hold, or that are nested as no argument is. Throws BAD_USER_INPUT. */
export function checkVariables(value: unknown, levels: number = documentLimits.variableLevels): void {
  if (typeof value === 'string') {
    if (!isStorable(value)) throw notStorable()
  } else if (typeof value === 'object' && value !== null) {
    if (levels === 0) {
      const message = `Variables may be nested ${documentLimits.variableLevels} levels deep.`
      throw new GatewayError('BAD_USER_INPUT', message)
    }
    for (const [name, item] of Object.entries(value)) {
      checkVariables(name)
      checkVariables(item, levels - 1)
    }
  }
}

function refusal(code: ErrorCode, what: string, actual: number, limit: number): GraphQLError {
  const message = `The query has ${actual} ${what}; at most ${limit} are allowed.`
  return toGraphQLError(new GatewayError(code, message, { extensions: { limit: { what, actual, most: limit } } }))
}
