import type { SettingValue } from '../copy/copy-statement.js'
import { Emission, type Parameter } from '../../records/query/sql/emission.js'

/**
 * COPY takes no parameters. So the values travel as settings of the transaction, set by a statement that does take
 * parameters, and the COPY reads them: what came with a request is never part of SQL text here either.
 */
export class SettingEmission extends Emission {
  readonly settings: SettingValue[] = []

  override value(value: Parameter, type: string): string {
    if (value === null) return `null::${type}`
    const name = `download.p${this.settings.length + 1}`
    this.settings.push({ name, text: textOf(value) })
    return `current_setting('${name}')::${type}`
  }
}

function textOf(value: Exclude<Parameter, null>): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value)
  return `{${value.map((each) => (each === null ? 'NULL' : elementOf(String(each)))).join(',')}}`
}

function elementOf(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
