import { requireRole, type Viewer } from '../access/viewer.js'
import { GatewayError } from '../errors/gateway-error.js'
import { presentReport } from './present-report.js'
import { probeConnector } from './probe-connector.js'
import { parseProbeInput } from './probe-input.js'
import type { ProbePorts, ProbeRequest } from './probe-ports.js'
import type { ProbeReport } from './report-objects.js'

/** Probes at a time: each parses an agency's file in this process. */
const mostAtOnce = 2

/** Probes for agencies' keys, a few at a time. */
export class Probes {
  readonly #ports: ProbePorts
  #running = 0

  constructor(ports: ProbePorts) {
    this.#ports = ports
  }

  /** Throws UNAUTHENTICATED, FORBIDDEN, BAD_USER_INPUT or RATE_LIMITED; what fails at the source is in the report. */
  async probe(input: unknown, viewer: Viewer, file?: ProbeRequest['file']): Promise<ProbeReport> {
    requireRole(viewer, 'AGENCY', 'COORDINATOR', 'ADMIN')
    const parsed = parseProbeInput(file === undefined ? input : { ...objectOf(input), driver: 'push' })
    if (mentionsBundled(parsed)) {
      throw new GatewayError('BAD_USER_INPUT', 'bundled: reads the gateway’s own files; give a URL.')
    }
    if (this.#running >= mostAtOnce) {
      throw new GatewayError('RATE_LIMITED', 'Other sources are being probed now; try again in a few seconds.')
    }
    this.#running++
    try {
      return presentReport(await probeConnector(this.#ports, parsed, { agency: viewer.agencyCode, file }))
    } finally {
      this.#running--
    }
  }
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

function mentionsBundled(value: unknown): boolean {
  if (typeof value === 'string') return value.trimStart().toLowerCase().startsWith('bundled:')
  return typeof value === 'object' && value !== null && Object.values(value).some(mentionsBundled)
}
