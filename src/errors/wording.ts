/** Words that stand inside a sentence, for its readers of either language. */
export interface Wording {
  readonly en: string
  readonly vi: string
}

export function worded(en: string, vi: string): Wording {
  return { en, vi }
}

/** A name that both languages write in the same way: of a format, of a column, of what the source calls something. */
export function asWritten(name: string | number): Wording {
  return { en: String(name), vi: String(name) }
}
