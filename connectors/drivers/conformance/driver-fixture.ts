import type { SourceRow } from '../driver.js'

/**
 * What a driver's folder gives to the conformance suite, in its `fixture-server.ts`, as `export const fixture`: a real server on
 * loopback that speaks the driver's protocol and serves the rows that the suite makes up. Build it on `serveScenario`
 * (fixture-http.ts), which plays the faults, counts requests and closes sockets; a protocol only writes its answers.
 */
export interface DriverFixture<Options, Selection> {
  /** What the suite's rows are made of. Formats with fixed fields name theirs; others may name anything. */
  readonly columns: FixtureColumns
  /** The source answers in several pages when `scenario.pageSize` is set. */
  readonly paged: boolean
  /** The format itself shows that a document is only half there (JSON, XML, zip), even when HTTP does not. */
  readonly showsItsEnd: boolean
  serve(scenario: Scenario): Promise<FixtureServer<Options, Selection>>
  /** The row as the suite made it, out of what the driver yields; left out when the driver's columns are the suite's. */
  readRow?(row: SourceRow): Readonly<Record<string, unknown>>
  /** A protocol's own way to say "error" with HTTP status 200, when it has one. */
  readonly errorWith200?: FixtureAnswer
  /** The format can begin with a document type, in which entities are declared: `scenario.documentType` is written into it. */
  readonly hasDocumentType?: boolean
  /** Cases that cannot apply to this protocol, each with the reason. */
  readonly leftOut?: Readonly<Partial<Record<ConformanceCase, string>>>
}

export interface FixtureColumns {
  /** Unique; lookups ask by it. Values look like `k-1`. */
  readonly key: string
  /** Free text with Vietnamese letters, commas, quotes and spaces inside. */
  readonly text: string
  /** Digits with leading zeros: must stay text. Undefined when the format has no such text field. */
  readonly digits: string | undefined
  /** A number as its format writes it, with all the precision that the format carries: must come out in just this text. */
  readonly number: { readonly column: string; readonly text: string } | undefined
}

export interface Scenario {
  /** Columns in order; also when there is no row. */
  readonly columns: readonly string[]
  /** All have the same columns. Values of `columns.number` are to be written as numbers where the format has them. */
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** At most so many rows an answer (only when the fixture is `paged`). */
  readonly pageSize?: number
  readonly fault?: ScenarioFault
  /** Answers carry an ETag and a conditional request is answered with 304. */
  readonly conditional?: boolean
  /**
   * When each row was changed last, as RFC 3339, in the order of the rows: to be told with the rows, and only what changed later to be
   * answered when the driver asks so. Undefined: the same long ago for all.
   */
  readonly changedAt?: readonly string[]
  /** To be written before the document, and `reference` in place of the first row's text. */
  readonly documentType?: { readonly declaration: string; readonly reference: string }
  /** Lookups are to be answered in the reverse order of the keys. */
  readonly reversed?: boolean
}

/**
 * `truncated`: the connection is cut within the body; `half`: a whole HTTP answer that holds the first half of the document;
 * `html`: an HTML page with status 200; `error-with-200`: the fixture's `errorWith200`; `error-status`: status 500;
 * `unauthorised`: status 401; `stall`: headers and a first part of the body, then nothing.
 */
export type FaultKind = 'truncated' | 'half' | 'html' | 'error-with-200' | 'error-status' | 'unauthorised' | 'stall'

export interface ScenarioFault {
  readonly kind: FaultKind
  /** So many answers are good before the fault; 0: the first is already faulty. */
  readonly after: number
}

export interface FixtureServer<Options, Selection> {
  readonly options: Options
  readonly selection: Selection
  /** What was asked so far. */
  readonly requests: readonly SeenRequest[]
  /** Connections that are open now. */
  readonly openConnections: number
  close(): Promise<void>
}

export interface SeenRequest {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface FixtureAnswer {
  /** 200 when left out. */
  readonly status?: number
  readonly contentType: string
  readonly body: string | Uint8Array
}

export type ConformanceCase =
  | 'every row once and in order'
  | 'pages'
  | 'text is kept'
  | 'numbers are kept'
  | 'rows are numbered'
  | 'no rows'
  | 'cut off'
  | 'half a document'
  | 'a page in place of data'
  | 'an error with status 200'
  | 'an error status'
  | 'entity expansion'
  | 'external entities'
  | 'refused credentials'
  | 'credentials are sent'
  | 'an abort'
  | 'not modified'
  | 'only what changed'
  | 'nothing changed'
  | 'changes in pages'
  | 'faults among changes'
  | 'describe'
  | 'check'
  | 'lookup'
  | 'lookup fault'
