import { GraphQLError, type GraphQLFormattedError } from 'graphql'
import { asGatewayError } from '../../errors/as-gateway-error.js'
import { errorCodes, type ErrorCode } from '../../errors/gateway-error.js'

/** What Apollo and its plugins call errors that have another name in our contract. */
const otherNames: Readonly<Record<string, ErrorCode>> = {
  BAD_REQUEST: 'BAD_USER_INPUT',
  OPERATION_RESOLUTION_FAILURE: 'BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_SUPPORTED: 'BAD_USER_INPUT',
}

const internalMessage = 'The gateway could not answer; try again, and report it with the request id if it stays.'

function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === 'string' && Object.hasOwn(errorCodes, code)
}

interface Extended {
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
}

/** The code of an error as a client sees it; what has none is our own fault. */
export function codeOf(error: Extended): ErrorCode {
  const code = error.extensions?.['code']
  if (isErrorCode(code)) return code
  if (code === undefined && isRefusal(error)) return 'BAD_USER_INPUT'
  return (typeof code === 'string' ? otherNames[code] : undefined) ?? 'INTERNAL'
}

/** Some of what Apollo refuses has a status and no code, such as a persisted query that is not the text of its hash. */
function isRefusal({ extensions }: Extended): boolean {
  const http = extensions?.['http']
  return typeof http === 'object' && http !== null && 'status' in http && http.status === 400
}

/** As `clientError`, of an error that Apollo made: it gives those without a code the one of its own faults. */
export function apolloError(shown: GraphQLFormattedError, raw: unknown): GraphQLFormattedError {
  const code = raw instanceof GraphQLError ? codeOf(raw) : undefined
  return clientError(code === 'BAD_USER_INPUT' ? { ...shown, extensions: { ...shown.extensions, code } } : shown)
}

/** The only form in which an error leaves the gateway: coded, without a stack, and saying nothing of an internal cause. */
export function clientError(error: GraphQLFormattedError): GraphQLFormattedError {
  const code = codeOf(error)
  const extensions = Object.entries(error.extensions ?? {}).filter(([name]) => name !== 'stacktrace' && name !== 'http')
  const known = isErrorCode(error.extensions?.['code'])
  return {
    message: code === 'INTERNAL' && !known ? internalMessage : error.message,
    ...(error.locations === undefined ? {} : { locations: error.locations }),
    ...(error.path === undefined ? {} : { path: error.path }),
    extensions: { ...Object.fromEntries(extensions), code },
  }
}

/** Any failure as an error of GraphQL, the cause kept for the log. */
export function toGraphQLError(failure: unknown): GraphQLError {
  if (failure instanceof GraphQLError) return failure
  const error = asGatewayError(failure, internalMessage)
  return new GraphQLError(error.message, {
    originalError: error,
    extensions: { ...error.extensions, code: error.code },
  })
}

/** The HTTP status of an answer without data: its first error decides. */
export function statusOf(
  errors: readonly { readonly extensions?: Readonly<Record<string, unknown>> | undefined }[],
): number {
  const [first] = errors
  return first === undefined ? 500 : errorCodes[codeOf(first)].status
}
