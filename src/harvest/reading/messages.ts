import type { Credentials } from '../../connectors/outbound/credentials.js'
import type { Limits } from '../../connectors/outbound/limits.js'
import type { FaultDetails, SourceFaultCode } from '../../errors/source-fault.js'
import type { RecordType } from '../../records/schema/record-type.js'
import type { ReadTask } from '../run/checked-row.js'
import type { Staged } from '../run/stage-resource.js'

/** What a reading process is told once, before its first task. */
export interface ReadingSetUp {
  readonly kind: 'setUp'
  readonly databaseUrl: string
  readonly timeZone: string
  readonly limits: Partial<Limits> | undefined
  /** Where its downloads go; whoever started the process removes it. */
  readonly folder: string
}

/** Everything that staging one resource depends on. */
export interface StageTask {
  readonly kind: 'stage'
  readonly task: ReadTask
  readonly table: string
  /** The types in which codes and names of the rows are resolved. */
  readonly types: readonly RecordType[]
  /** What may be reached besides the public internet, as OUTBOUND_ALLOW writes it. */
  readonly allowed: string
  /** Base URLs of the sample agencies that the manifest names. */
  readonly samples: ReadonlyMap<string, string>
  readonly credentials: Credentials | undefined
}

export type ToReader =
  | ReadingSetUp
  | StageTask
  /** The run is over: what was downloaded for it is removed. */
  | { readonly kind: 'endRun' }
  /** The answer to a `whichFile`. */
  | { readonly kind: 'file'; readonly question: number; readonly path: string | undefined }

export type FromReader =
  | { readonly kind: 'staged'; readonly staged: Staged }
  | {
      readonly kind: 'fault'
      readonly code: SourceFaultCode
      readonly details: FaultDetails
      /** For the operator's log only. */
      readonly cause: string | undefined
    }
  /** Not the source's fault. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'runEnded' }
  /** Which file stands behind a `bundled:` or `uploaded:` URL? Only the gateway's own process knows. */
  | { readonly kind: 'whichFile'; readonly question: number; readonly url: string }
  | { readonly kind: 'alive' }
