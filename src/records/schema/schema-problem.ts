/** One thing that is wrong with a schema file, for the person who wrote it. All problems are collected before any is told. */
export interface SchemaProblem {
  /** The file, or the code of the type or code list when it did not come from a file. */
  readonly file: string
  /** Where in it: `fields[2].codeList`; empty for the whole. */
  readonly path: string
  /** A sentence that says what to change. */
  readonly message: string
}

export type Checked<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problems: readonly SchemaProblem[] }

/** The schema files cannot be used; `problems` has every reason, the message too, a line each. */
export class InvalidSchemas extends Error {
  constructor(readonly problems: readonly SchemaProblem[]) {
    super(
      problems
        .map(({ file, path, message }) => (path === '' ? `${file}: ${message}` : `${file} ${path}: ${message}`))
        .join('\n'),
    )
    this.name = 'InvalidSchemas'
  }
}

/** The value, or an InvalidSchemas error with all problems. */
export function valueOrThrow<T>(checked: Checked<T>): T {
  if (!checked.ok) throw new InvalidSchemas(checked.problems)
  return checked.value
}

/** `['fields', 2, 'name']` as `fields[2].name`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`
    return text === '' ? String(part) : `${text}.${String(part)}`
  }, '')
}
