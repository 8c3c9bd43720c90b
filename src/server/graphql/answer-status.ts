import type { GraphQLFormattedError } from 'graphql'
import { codeOf, statusOf } from './client-errors.js'

const ofTheRequest = new Set<string>(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT'])

/** The HTTP status of an answer that has errors and no data, for a client that accepts these media types. */
export function statusWithoutData(accept: string, errors: readonly GraphQLFormattedError[]): number {
  return isOldMediaType(accept, errors) ? 200 : statusOf(errors)
}

/**
 * GraphQL over HTTP: under `application/json` a well-formed request that cannot be run is answered with 200, since such a
 * client cannot tell a GraphQL answer from one of a proxy otherwise. Broken limits keep their own status.
 */
function isOldMediaType(accept: string, errors: readonly GraphQLFormattedError[]): boolean {
  if (!accept.includes('application/json') || accept.includes('application/graphql-response+json')) return false
  return errors.every((error) => ofTheRequest.has(codeOf(error)))
}
