import type { SourceFault } from '../errors/source-fault.js'
import type { Bilingual, ValueKind } from '../records/schema/record-type.js'

/** What a probe found out: of the source, of what could be published of it, and of what would be wrong with that. */
export interface ProbeReport {
  readonly driver: string | undefined
  /** Why the source cannot be read, or a whole run over it would fail; undefined: it would be published. */
  readonly fault: SourceFault | undefined
  readonly resources: readonly ProbedResource[]
  /** Existing record types that the columns resemble, best first. */
  readonly candidates: readonly TypeCandidate[]
  /** A record type that is not there yet, as a schema file; undefined: an existing one fits. */
  readonly newRecordType: Readonly<Record<string, unknown>> | undefined
  /** Complete: it can be registered as it is, after the new record type, if any, is accepted. */
  readonly manifest: Readonly<Record<string, unknown>> | undefined
  readonly trial: Trial
  readonly notes: readonly Note[]
}

export interface ProbedResource {
  readonly name: string
  readonly selection: unknown
  readonly columns: readonly ColumnProfile[]
}

export interface ColumnProfile {
  readonly name: string
  readonly kind: ValueKind
  readonly list: boolean
  /** What turns its texts into values of that kind, as a manifest writes it. */
  readonly convert: readonly unknown[]
  readonly filled: number
  readonly empty: number
  /** Each value of the sample is there once. */
  readonly isUnique: boolean
  /** A few values, hidden where they seem to be of persons. */
  readonly samples: readonly string[]
  /** All values of the sample, as texts. */
  readonly texts: readonly string[]
  readonly notes: readonly Bilingual[]
  readonly personal: string | undefined
}

export interface TypeCandidate {
  readonly recordType: string
  /** 0 to 1. */
  readonly score: number
  /** Column by field. */
  readonly columns: Readonly<Record<string, string>>
  /** Required fields without a column. */
  readonly missing: readonly string[]
}

/** The proposed or given manifest, tried on the source's rows. */
export interface Trial {
  readonly read: number
  readonly setAside: number
  /** Not all rows of the source were read. */
  readonly partly: boolean
  /** The first valid records, values as texts by field. */
  readonly records: readonly TriedRecord[]
  readonly problems: readonly TriedProblem[]
  readonly moreProblems: number
  readonly personalData: readonly PersonalColumn[]
}

export interface TriedRecord {
  readonly key: string
  readonly row: number
  readonly values: Readonly<Record<string, string | null>>
}

export interface TriedProblem {
  readonly resource: string
  readonly part: string | undefined
  readonly row: number
  readonly field: string | undefined
  readonly value: string | undefined
  readonly reason: Bilingual
}

export interface PersonalColumn {
  readonly column: string
  readonly field: string | undefined
  readonly kind: string
  /** A run would be refused for it. */
  readonly refuses: boolean
}

export interface Note extends Bilingual {
  readonly column: string | undefined
}

const nothingTried: Trial = {
  read: 0,
  setAside: 0,
  partly: false,
  records: [],
  problems: [],
  moreProblems: 0,
  personalData: [],
}

/** What is known of a source before anything is. */
export const nothingFound: ProbeReport = {
  driver: undefined,
  fault: undefined,
  resources: [],
  candidates: [],
  newRecordType: undefined,
  manifest: undefined,
  trial: nothingTried,
  notes: [],
}
