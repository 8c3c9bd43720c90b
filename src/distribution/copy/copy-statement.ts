/** A value of a statement, as the text of a setting of the transaction. */
export interface SettingValue {
  readonly name: string
  readonly text: string
}

/** A COPY and the settings that hold its values. */
export interface CopyStatement {
  readonly text: string
  readonly settings: readonly SettingValue[]
}

/** Sets the values of a statement, until the end of the transaction. */
export const applySettings = 'select set_config(name, text, true) from unnest($1::text[], $2::text[]) s(name, text)'
