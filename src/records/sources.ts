/** What the record plane needs to know of the sources behind it, and what it asks of them. The harvest implements it. */
export interface Sources {
  /** All active resources, as of now; cheap, from memory, renewed when one is registered, changed or retired. */
  resources(): readonly ResourceInfo[]
  /** Record types of which there are rows that no active resource has: those of a retired connector stay stored. Known with `resources`. */
  typesWithRetiredRows(): ReadonlySet<string>
  /**
   * Brings live resources up to date before a query reads them: those whose copy is older than `maxAge` are read once for
   * all who wait, here and on other replicas. Settles when all are fresh, have failed (the failure is kept in the
   * resource's state), or when each one's patience is over. Never rejects because of a source.
   */
  bringUpToDate(resourceIds: readonly number[], signal: AbortSignal): Promise<void>
  /**
   * Looks up these keys at a source that answers only by key and stores the answers, in one SQL statement for each batch;
   * equal and concurrent calls share requests. Like `bringUpToDate` it never rejects because of a source.
   */
  lookUp(resourceId: number, keys: readonly string[], signal: AbortSignal): Promise<void>
}

export type SourceMode = 'SNAPSHOT' | 'LIVE' | 'LOOKUP' | 'PUSHED'

export interface ResourceInfo {
  readonly id: number
  readonly name: string
  readonly datasetId: number
  readonly datasetCode: string
  /** Codes of datasets that the plan names again: they answer through this one. */
  readonly duplicateCodes?: readonly string[]
  readonly recordType: string
  readonly mode: SourceMode
  readonly maxAgeMs: number
  readonly patienceMs: number
}
