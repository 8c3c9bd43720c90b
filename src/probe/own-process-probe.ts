import { presentReport } from './present-report.js'
import { probeConnector } from './probe-connector.js'
import type { ProbeInput } from './probe-input.js'
import type { ProbePorts, ProbeRequest } from './probe-ports.js'
import type { ProbeReport } from './report-objects.js'

/** Where probes read their sources: in this process, or in one of their own. */
export interface ProbePlace {
  /** Throws BAD_USER_INPUT for an input that is wrong by itself; what fails at the source is in the report. */
  probe(input: ProbeInput, request: ProbeRequest): Promise<ProbeReport>
}

/** Where the sources run as they are, and inside the process that was started for a probe. */
export function ownProcessProbe(ports: ProbePorts): ProbePlace {
  return { probe: async (input, request) => presentReport(await probeConnector(ports, input, request)) }
}
