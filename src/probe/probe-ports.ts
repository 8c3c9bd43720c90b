import type { Drivers } from '../connectors/drivers.js'
import type { EndpointResolver } from '../connectors/outbound/endpoint-resolver.js'
import type { Outbound } from '../connectors/outbound/outbound.js'
import type { TakenNames } from '../records/schema/names.js'
import type { RecordTypes } from '../records/schema/record-type.js'
import type { ReferencePorts } from './places.js'

/** What a probe needs of the rest of the gateway; all of it only reads. */
export interface ProbePorts {
  readonly drivers: Drivers
  readonly outbound: Outbound
  readonly endpoints: EndpointResolver
  readonly types: () => RecordTypes
  /** Names of the public schema that record types may not take. */
  readonly taken: TakenNames
  /** Codes and names of published records; made for one probe. */
  readonly references: () => ReferencePorts
  readonly knowsDataset: (code: string) => Promise<boolean>
  readonly knowsConnector: (code: string) => Promise<boolean>
  readonly timeZone: string
  /** Where what is downloaded is kept meanwhile; the system's folder for temporary files by default. */
  readonly downloadsFolder?: string
}

/** Who probes, and what is not part of the input. */
export interface ProbeRequest {
  /** The manifest's agency. */
  readonly agency: string | undefined
  /** The file behind `uploaded:`, and its name. */
  readonly file?: { readonly path: string; readonly name: string | undefined } | undefined
  readonly signal?: AbortSignal
}
