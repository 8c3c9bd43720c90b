import type { FileColumn, Labels } from '../columns/column.js'
import type { DatasetFacts, ResourceFacts, VersionFacts } from '../describe/dataset-facts.js'
import type { RecordType } from '../../records/schema/record-type.js'

/** What stands above the columns: field names, or titles in a language. */
export type Header = 'name' | 'vi' | 'en'

/** All that a file says beside its rows, as plain data: it goes to the thread that writes the file. */
export interface FileContext {
  readonly dataset: DatasetFacts
  readonly resource: ResourceFacts
  /** The version that the rows are of; undefined: at that past time there was none. */
  readonly version: VersionFacts | undefined
  readonly type: Pick<RecordType, 'code' | 'title'>
  readonly columns: readonly FileColumn[]
  readonly labels: Labels
  readonly header: Header
  /** Where the file can be had: path and query. */
  readonly address: string
  /** IANA name of the province's time zone. */
  readonly timeZone: string
  /** The past time that was asked for, as it stands in the address. */
  readonly asOf: string | undefined
}

export function headerOf(column: FileColumn, header: Header): string {
  return header === 'name' ? column.name : column.title[header]
}

/** When the rows were read from their source. */
export function fetchedAtOf({ version, resource, asOf }: FileContext): Date | null {
  return asOf === undefined ? (resource.fetchedAt ?? version?.fetchedAt ?? null) : (version?.fetchedAt ?? null)
}
