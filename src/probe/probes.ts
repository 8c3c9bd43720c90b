import type { AuditedAction } from '../access/audit/append-audit.js'
import { requireRole, type Viewer } from '../access/viewer.js'
import { GatewayError } from '../errors/gateway-error.js'
import type { ProbePlace } from './own-process-probe.js'
import { parseProbeInput, type ProbeInput } from './probe-input.js'
import type { ProbeRequest } from './probe-ports.js'
import { probedHosts } from './probed-hosts.js'
import type { ProbeReport } from './report-objects.js'

/** Probes at a time: each is a process that parses an agency's file. */
const mostAtOnce = 2

export interface ProbesParts {
  readonly place: ProbePlace
  /** Writes the log of management actions. */
  readonly record: (viewer: Viewer, action: AuditedAction) => Promise<void>
}

/** Probes for agencies' keys, a few at a time. */
export class Probes {
  readonly #parts: ProbesParts
  #running = 0

  constructor(parts: ProbesParts) {
    this.#parts = parts
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
      await this.#parts.record(viewer, probing(parsed, file))
      return await this.#parts.place.probe(parsed, { agency: viewer.agencyCode, file })
    } finally {
      this.#running--
    }
  }
}

function probing({ credentials, ...input }: ProbeInput, file: ProbeRequest['file']): AuditedAction {
  const hosts = probedHosts(input)
  const subject = file !== undefined ? 'uploaded file' : hosts.length === 0 ? 'source' : `source ${hosts.join(', ')}`
  return {
    action: 'source.probed',
    subject,
    details: { driver: input.driver ?? null, withCredentials: credentials !== undefined },
  }
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}

function mentionsBundled(value: unknown): boolean {
  if (typeof value === 'string') return value.trimStart().toLowerCase().startsWith('bundled:')
  return typeof value === 'object' && value !== null && Object.values(value).some(mentionsBundled)
}
