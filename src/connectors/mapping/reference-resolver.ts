/** Turns codes and names of referred records (places above all) into keys. The harvest gives one that reads the database. */
export interface ReferenceResolver {
  /** The key of the one record that fits; undefined when there is none, or more than one. */
  resolve(question: ReferenceQuestion): Promise<string | undefined>
}

export interface ReferenceQuestion {
  /** Record type that is referred to, and the code of its dataset. */
  readonly target: string
  readonly dataset: string
  /**
   * Names are compared without regard to case and diacritics when that leaves one, and with what is written before them: `Huyện Tuy
   * Phước`, `TP. Quy Nhơn`.
   */
  readonly by: 'code' | 'name'
  readonly value: string
  /** Only records whose field `kind` is one of these codes; undefined: of any. */
  readonly kinds?: readonly string[] | undefined
  /** The day on which the record must be valid, YYYY-MM-DD. */
  readonly on: string
}
