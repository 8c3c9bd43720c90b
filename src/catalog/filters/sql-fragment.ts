/** What a parameter of a statement may be. */
export type SqlValue = string | number | boolean | null | readonly string[] | readonly number[]

/** A piece of SQL whose values are kept apart from its text until the whole statement is rendered. */
export class SqlFragment {
  constructor(
    readonly texts: readonly string[],
    readonly values: readonly (SqlValue | SqlFragment)[],
  ) {}

  /** The text with `$1`, `$2` … in reading order, and the values for them. */
  render(): { text: string; values: SqlValue[] } {
    const values: SqlValue[] = []
    return { text: this.write(values), values }
  }

  private write(values: SqlValue[]): string {
    return this.texts.reduce((text, next, index) => {
      const value = this.values[index - 1]
      if (value === undefined) return text + next
      if (value instanceof SqlFragment) return text + value.write(values) + next
      return `${text}$${values.push(value)}${next}`
    })
  }
}

/** Text that is written in this program is SQL; everything that is put into it is a parameter or another fragment. */
export function sql(texts: TemplateStringsArray, ...values: (SqlValue | SqlFragment)[]): SqlFragment {
  return new SqlFragment(texts, values)
}

export function join(fragments: readonly SqlFragment[], separator: ', ' | ' and ' | ' or '): SqlFragment {
  if (fragments.length === 0) return sql``
  return new SqlFragment(['', ...fragments.slice(1).map(() => separator), ''], fragments)
}

/** True when all are; with none, true. */
export function all(conditions: readonly SqlFragment[]): SqlFragment {
  return combine(conditions, ' and ', sql`true`)
}

/** True when one is; with none, false. */
export function some(conditions: readonly SqlFragment[]): SqlFragment {
  return combine(conditions, ' or ', sql`false`)
}

function combine(conditions: readonly SqlFragment[], word: ' and ' | ' or ', none: SqlFragment): SqlFragment {
  const [first] = conditions
  if (first === undefined) return none
  return conditions.length === 1 ? first : sql`(${join(conditions, word)})`
}
