import { createEducationAgency } from './education/education-agency.js'
import { createHealthAgency } from './health/health-agency.js'
import type { SampleAgency } from './sample-agency.js'
import { createTransportAgency } from './transport/transport-agency.js'

/** The sample agencies by code, in the order of their ports. They are made when they are run, each in a process of its own. */
export const sampleAgencies: ReadonlyMap<string, () => SampleAgency> = new Map<string, () => SampleAgency>([
  ['education', createEducationAgency],
  ['transport', createTransportAgency],
  ['health', createHealthAgency],
])
