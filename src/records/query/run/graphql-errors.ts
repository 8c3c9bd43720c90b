import { GraphQLError } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'

type Path = readonly (string | number)[]

/** The error as a client may see it: a gateway error with its code, anything else as INTERNAL without a word of what it was. */
export function toGraphQLError(error: unknown, path: Path): GraphQLError {
  const gatewayError = gatewayErrorOf(error)
  return new GraphQLError(gatewayError.message, {
    path,
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
  return new GatewayError(
    'INTERNAL',
    'The gateway could not answer this field; try again, and report it if it stays.',
    {
      cause: error,
    },
  )
}

/** Whether the operator must hear of it: what a client cannot have caused. */
export function isInternal(error: GraphQLError): boolean {
  return error.extensions['code'] === 'INTERNAL'
}

/** Errors of graphql-js' own execution, with codes. */
export function coded(errors: readonly GraphQLError[] | undefined): GraphQLError[] {
  return (errors ?? []).map((error) =>
    typeof error.extensions['code'] === 'string' ? error : toGraphQLError(error, error.path ?? []),
  )
}
