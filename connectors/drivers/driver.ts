import type { z } from 'zod'

/**
 * Everything that a driver is. A driver turns one protocol into source rows and knows nothing of records, datasets or
 * the database. What differs between drivers is said by `capabilities` and by leaving optional verbs out; nobody outside a
 * driver's folder asks for its name.
 */
export interface Driver<Options, Selection> {
  /** As manifests write it: `csv`, `rest-json`, `gtfs`. */
  readonly name: string
  readonly title: { readonly vi: string; readonly en: string }
  /** The connector's own settings (endpoint, encoding, paging …). Validates a manifest; also makes the registration form. */
  readonly options: z.ZodType<Options>
  /** What picks one resource out of the source (a sheet, a path, a file of the feed). */
  readonly selection: z.ZodType<Selection>
  readonly capabilities: Capabilities
  /** Is the source there and are we let in? Throws a SourceFault when not. */
  check(source: Source<Options>): Promise<void>
  /** What is there: each resource with its columns and the first rows, at most `sampleRows` of them. */
  describe(source: Source<Options>, sampleRows: number): Promise<ResourceDescription<Selection>[]>
  /**
   * Every row of one resource, streamed, never all in memory. Throws a SourceFault; never ends early in silence.
   * `since`: a mark that an earlier reading of the same resource left by `source.mark`. Then only the rows that were added or changed
   * after it, none of them left out; rows of before may come too. Never given to a driver that cannot (`capabilities.since`).
   */
  scan(source: Source<Options>, selection: Selection, since?: string): AsyncIterable<SourceRow>
  /** Only the rows of these keys, in as few requests as possible; a key that the source does not know is left out. */
  lookup?(
    source: Source<Options>,
    selection: Selection,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, SourceRow>>
}

export interface Capabilities {
  /** Can list all its rows (`scan`). A source that only answers by key cannot. */
  readonly scan: boolean
  /** Keys a lookup request can carry; undefined when there is no lookup. */
  readonly lookupBatch: number | undefined
  /** Tells an unchanged source from a changed one without reading it (ETag, Last-Modified, a mark of its own). */
  readonly conditional: boolean
  /** Can read only what was added or changed since an earlier reading. What was removed it does not tell. */
  readonly since: boolean
}

/**
 * A number as the source wrote it, in canonical notation (`-9.5e3`): no precision is lost and no locale is guessed. Sources
 * with typed cells (JSON, workbooks) yield these; text stays a string, whatever it looks like, so no leading zero is lost.
 */
export class SourceNumber {
  constructor(readonly text: string) {}
  toString(): string {
    return this.text
  }
}

export type SourceValue = string | SourceNumber | boolean | null | readonly SourceValue[] | SourceObject
export interface SourceObject {
  readonly [name: string]: SourceValue
}

export interface SourceRow {
  /** Where the agency finds the row: the line of the file, the row of the sheet, the position in the answer; from 1. */
  readonly number: number
  /** The file, sheet or page when the resource has several. */
  readonly part?: string
  /** A null-prototype object: names come from outside. */
  readonly values: SourceObject
}

export interface ResourceDescription<Selection> {
  readonly name: string
  readonly selection: Selection
  readonly columns: readonly string[]
  readonly sample: readonly SourceRow[]
  /** Programs wrote the rows, one element each: none of them is a title or a total, and no value stands for the rows below it. */
  readonly isStructured?: boolean
}

/** What a driver is given for one run: the only way out to the network, its settings, and what the last run remembered. */
export interface Source<Options> {
  readonly options: Options
  /** Aborted when the run's deadline passes or nobody waits any more. */
  readonly signal: AbortSignal
  /** Guarded fetch: address checks at connect time, redirects, size, time, throughput and decompression limits, credentials. */
  request(url: string | URL, options?: RequestOptions): Promise<Answer>
  /** The same, into a file that lives as long as the run; asked twice for a URL it downloads once. For zip formats. */
  download(url: string | URL, options?: RequestOptions): Promise<Download>
  /** What an earlier successful run remembered under this name (a cursor, a date). */
  recall(name: string): string | undefined
  /** Kept only if the run succeeds. */
  remember(name: string, value: string): void
  /** How far this reading came: a later one may be given it as `since`. Kept only if the run succeeds. */
  mark(position: string): void
  /** The source itself says that its data are of this moment: one that stands still is then not taken for a fresh one. */
  asOf(moment: Date): void
  /**
   * Before a part of a source without ETags is read that tells by other means when it changed. Throws NotModified when all parts
   * that the last successful run read are as they were; `stateOf` is asked for each of them (undefined: not known).
   */
  compare(part: string, stateOf: (part: string) => Promise<string | undefined>): Promise<void>
}

export interface RequestOptions {
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** A status that is an answer and not a fault (say 404 for an unknown key). 2xx always is; others throw a SourceFault. */
  readonly accept?: readonly number[]
  /** Largest body in bytes after decompression; the default is the connector's limit. */
  readonly maxBytes?: number
}

export interface Answer {
  readonly status: number
  /** After redirects. */
  readonly url: string
  header(name: string): string | undefined
  /** The decoded body, once. Throws a SourceFault when it is cut off, too slow or too large. */
  readonly body: AsyncIterable<Uint8Array>
  /** The whole body as bytes, text (UTF-8, refused when invalid) or JSON with numbers as SourceNumber. */
  bytes(): Promise<Uint8Array>
  text(): Promise<string>
  json(): Promise<SourceValue>
}

export interface Download {
  readonly path: string
  readonly size: number
  readonly url: string
  header(name: string): string | undefined
}

/** Thrown by `request`, `download` and `compare` when everything that the resource is made of is the same as at the last successful run. */
export class NotModified extends Error {
  constructor() {
    super('The source has not changed since the last run.')
    this.name = 'NotModified'
  }
}
