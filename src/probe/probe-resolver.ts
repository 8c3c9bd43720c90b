import 'reflect-metadata'
import { GraphQLJSON } from 'graphql-scalars'
import { Arg, Ctx, Mutation, Resolver } from 'type-graphql'
import type { ControlContext } from '../catalog/control-context.js'
import type { Probes } from './probes.js'
import { ProbeReport } from './report-objects.js'

/** What the probe's resolver finds in its context beside the control plane's own. */
export interface ProbeContext extends ControlContext {
  readonly probes: Probes
}

@Resolver()
export class ProbeResolver {
  @Mutation(() => ProbeReport, {
    description:
      'Reads a source once and tells what it is, how it could be mapped and what would be wrong with it; stores nothing. The input is {url}, {driver, options, selection, recordType, …} or {manifest}. Needs the key of an agency. vi: Thử một nguồn dữ liệu, không lưu gì.',
  })
  probeConnector(
    @Arg('input', () => GraphQLJSON) input: unknown,
    @Ctx() { viewer, probes }: ProbeContext,
  ): Promise<ProbeReport> {
    return probes.probe(input, viewer)
  }
}
