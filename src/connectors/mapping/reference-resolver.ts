/** Turns codes and names of referred records (places above all) into keys. The harvest gives one that reads the database. */
export interface ReferenceResolver {
  /**
   * The key of the one record of the field's target whose code or name (without regard to case and diacritics) is `value`
   * and that is valid on that day; undefined when there is none or more than one.
   */
  resolve(question: ReferenceQuestion): Promise<string | undefined>
}

export interface ReferenceQuestion {
  /** The field of the record type that is being filled: its reference says the target type and dataset. */
  readonly field: string
  readonly by: 'code' | 'name'
  readonly value: string
  /** YYYY-MM-DD. */
  readonly on: string
}
