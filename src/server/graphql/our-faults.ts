import type { GraphQLError } from 'graphql'
import type { FastifyBaseLogger } from 'fastify'
import { isOurFault } from '../../errors/as-gateway-error.js'
import { GatewayError } from '../../errors/gateway-error.js'
import { codeOf } from './client-errors.js'

/** Logs what no client can have caused, with its cause. */
export function logOurFaults(errors: readonly GraphQLError[], log: FastifyBaseLogger): void {
  for (const error of errors) {
    const { originalError } = error
    const isClients = originalError instanceof GatewayError && !isOurFault(originalError.code)
    if (isClients || !isOurFault(codeOf(error))) continue
    log.error({ err: originalError ?? error, path: error.path }, 'An operation failed')
  }
}
