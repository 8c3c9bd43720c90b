import type { ErrorCode } from '../errors/gateway-error.js'
import type { CodeList, RecordType } from '../records/schema/record-type.js'
import type { TakenNames } from '../records/schema/names.js'
import type { ProbeInput } from './probe-input.js'
import type { ProbeRequest } from './probe-ports.js'
import type { ProbeReport } from './report-objects.js'

/** Everything that one probe depends on. */
export interface ProbeTask {
  readonly databaseUrl: string
  readonly timeZone: string
  /** What may be reached besides the public internet, as OUTBOUND_ALLOW writes it. */
  readonly allowed: string
  /** Base URLs of the sample agencies that the input names. */
  readonly samples: ReadonlyMap<string, string>
  readonly types: readonly RecordType[]
  readonly codeLists: readonly CodeList[]
  readonly revision: number
  readonly taken: TakenNames
  readonly input: ProbeInput
  readonly request: Pick<ProbeRequest, 'agency' | 'file'>
  /** Where its downloads go; whoever started the process removes it. */
  readonly folder: string
}

export type FromProbe =
  | { readonly kind: 'report'; readonly report: ProbeReport }
  /** The input is wrong. */
  | {
      readonly kind: 'refused'
      readonly code: ErrorCode
      readonly message: string
      readonly extensions: Readonly<Record<string, unknown>>
    }
  /** Not the source's fault. */
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'alive' }
