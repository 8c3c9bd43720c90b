import type { GraphQLSchema } from 'graphql'
import { buildControlSchema } from './catalog/control-schema.js'
import { DownloadResolver } from './distribution/download-resolver.js'
import { ProbeResolver } from './probe/probe-resolver.js'
import { registrationResolvers } from './registration/resolvers.js'

/** The control plane with the resolvers of all features: what runs, and what `schema/schema.graphql` is generated from. */
export function buildWholeControlSchema(): GraphQLSchema {
  return buildControlSchema({ resolvers: [...registrationResolvers, DownloadResolver, ProbeResolver] })
}
