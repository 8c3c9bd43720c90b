import { GraphQLError, type ExecutionResult } from 'graphql'
import { asGatewayError, isOurFault } from '../../../errors/as-gateway-error.js'
import { GatewayError } from '../../../errors/gateway-error.js'

type Path = readonly (string | number)[]

/**
 * The error as a client may see it: a gateway error with its code, anything else as INTERNAL without a word of what it was.
 * Without a path it is about the whole request (GraphQL, "Errors": a path is only given for one of a field).
 */
export function toGraphQLError(error: unknown, path?: Path): GraphQLError {
  const gatewayError = gatewayErrorOf(error)
  return new GraphQLError(gatewayError.message, {
    path: path ?? null,
    originalError: error instanceof Error ? error : gatewayError,
    extensions: { code: gatewayError.code, ...gatewayError.extensions },
  })
}

function gatewayErrorOf(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error
  if (error instanceof GraphQLError) {
    if (error.originalError instanceof GatewayError) return error.originalError
    // A refusal of graphql-js itself: a value that does not fit its type.
    if (error.originalError === undefined) {
      return new GatewayError('BAD_USER_INPUT', error.message, { cause: error })
    }
  }
  // What a resolver threw counts, not that graphql-js put it into an error of its own.
  const cause = error instanceof GraphQLError ? error.originalError : error
  return asGatewayError(cause, 'The gateway could not answer this field; try again, and report it if it stays.')
}

/** Whether the operator must hear of it: what a client cannot have caused. */
export function isInternal(error: GraphQLError): boolean {
  return isOurFault(error.extensions['code'])
}

/** Errors of graphql-js' own execution, with codes. */
export function coded(errors: readonly GraphQLError[] | undefined): GraphQLError[] {
  return (errors ?? []).map((error) =>
    typeof error.extensions['code'] === 'string' ? error : toGraphQLError(error, error.path),
  )
}

/** An answer of which nothing is left because the database is away: none, rather than nulls, so that its status says so. */
export function wholeWhenAway(result: ExecutionResult): ExecutionResult {
  const away = result.errors?.find((error) => error.extensions['code'] === 'UNAVAILABLE')
  const nothing = Object.values(result.data ?? {}).every((value) => value === null)
  return away === undefined || !nothing ? result : { errors: [away] }
}
