import type { CopyStatement } from '../copy/copy-statement.js'
import type { FileContext } from '../formats/file-context.js'
import type { JsonShape } from '../formats/json-rows.js'

/** All that it takes to make a file, as plain data: which rows, and what becomes of them. */
export interface FileRecipe {
  readonly statement: CopyStatement
  readonly writing: Writing
  readonly context: FileContext
}

export type Writing =
  | { readonly format: 'csv'; readonly bom: boolean }
  | { readonly format: 'json' | 'ndjson' | 'geojson'; readonly shape: JsonShape }
  | { readonly format: 'xml'; readonly schemaAddress: string }
  | { readonly format: 'xlsx' }
