import type { Manifest } from '../../connectors/manifest/manifest.js'
import type { ResourceInfo } from '../../records/sources.js'

/** A connector as it is registered now, with its active resources in the order of its manifest. */
export interface Connector {
  readonly id: number
  readonly code: string
  readonly version: number
  readonly digest: string
  readonly datasetId: number
  readonly datasetCode: string
  readonly agencyId: number | undefined
  readonly status: 'ACTIVE' | 'PAUSED'
  readonly manifest: Manifest
  /** Largest share of rows that may be set aside, and by which their number may fall. */
  readonly guards: { readonly setAside: number; readonly drop: number; readonly growth: number }
  readonly resources: readonly ConnectorResource[]
}

export interface ConnectorResource extends ResourceInfo {
  readonly connectorId: number
  readonly position: number
}
