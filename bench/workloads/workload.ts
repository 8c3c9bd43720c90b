export type Variables = Readonly<Record<string, unknown>>

/** One question with its variations, asked of every contestant. */
export interface Workload {
  readonly name: string
  /** A line for the report. */
  readonly title: string
  /** Heavy questions are asked by few, so that a round has answers. */
  readonly connections: number
  /** In the words of our schema; those peers whose schema is written by hand answer the same text. */
  readonly document: string
  /** In the words of the schema that PostGraphile makes, aliased so that the answer has the same names. */
  readonly postgraphile: string
  /** `after` is the code of the school that the page follows: each contestant has cursors of its own. */
  readonly variations: readonly Variables[]
  /** Asked one at a time, each time after all that was looked up has been forgotten. */
  readonly cold?: true
  /** Names that PostGraphile gives to what has another shape there. */
  readonly fromPostgraphile?: (data: unknown) => unknown
}
