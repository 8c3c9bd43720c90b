import { getIntrospectionQuery, Kind, parse, type DocumentNode, type SelectionSetNode } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'

/**
 * To how many things a field of the introspection types leads from one, in a schema like ours: what is written into the answer
 * depends on that, and to count it exactly would make every field of a schema that is made only where it is asked for.
 */
const leadsTo: ReadonlyMap<string, number> = new Map([
  ['fields', 4],
  ['args', 0.5],
  ['inputFields', 3],
  ['enumValues', 1],
  ['interfaces', 0.1],
  ['possibleTypes', 0.1],
  // All of `types` is the unit of everything here. A type that is named may be the root of queries, the largest.
  ['__type', 0.2],
  ['queryType', 0.1],
  ['mutationType', 0.1],
  ['subscriptionType', 0.1],
  ['directives', 0.01],
  ['ofType', 0.4],
])

/** The fields of a type that others refer to: those of records, which are more than most have, and referred to more often. */
const fieldsOfReferred = 40

/** How many times as much as the query by which tools learn the whole schema an introspection may ask for. */
const mostWholes = 2

const whole = weightOf(
  parse(
    getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true, schemaDescription: true, specifiedByUrl: true }),
  ),
)

/**
 * Refuses an introspection whose answer would be a multiple of the whole schema: aliases repeat it in a few bytes, and its levels
 * within each other do as well. Throws QUERY_TOO_COMPLEX.
 */
export function checkIntrospection(document: DocumentNode): void {
  const wholes = weightOf(document) / whole
  if (wholes <= mostWholes) return
  const message =
    `The introspection asks for about ${Math.ceil(wholes)} times as much as the query by which tools learn the whole schema; ` +
    `at most ${mostWholes} times are allowed.`
  throw new GatewayError('QUERY_TOO_COMPLEX', message, {
    extensions: { limit: { what: 'whole schemas', actual: Math.ceil(wholes), most: mostWholes } },
  })
}

function weightOf({ definitions }: DocumentNode): number {
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each.selectionSet] as const] : [],
    ),
  )
  const known = { outside: new Map<SelectionSetNode, number>(), inFields: new Map<SelectionSetNode, number>() }
  // Each set once, however often its fragment is spread.
  const weigh = (set: SelectionSetNode | undefined, place: 'outside' | 'inFields'): number => {
    if (set === undefined) return 0
    let weight = known[place].get(set)
    if (weight !== undefined) return weight
    weight = 0
    for (const selection of set.selections) {
      if (selection.kind === Kind.FIELD) {
        const { name, selectionSet } = selection
        const isFields = name.value === 'fields'
        const things = isFields && place === 'inFields' ? fieldsOfReferred : (leadsTo.get(name.value) ?? 1)
        weight += 1 + things * weigh(selectionSet, isFields ? 'inFields' : place)
      } else {
        const spread = selection.kind === Kind.FRAGMENT_SPREAD
        weight += weigh(spread ? fragments.get(selection.name.value) : selection.selectionSet, place)
      }
    }
    known[place].set(set, weight)
    return weight
  }
  return definitions.reduce(
    (sum, each) => sum + (each.kind === Kind.OPERATION_DEFINITION ? weigh(each.selectionSet, 'outside') : 0),
    0,
  )
}
