import type { CopyStatement } from '../copy/copy-statement.js'
import type { DownloadFormat } from '../formats.js'
import type { FileRecipe, Writing } from '../making/file-recipe.js'
import { cellsStatement, csvStatement, featureStatement, jsonStatement } from '../query/download-statement.js'
import type { PreparedFile } from './prepare-file.js'

/** How the file is made. */
export function recipeOf(
  { context, rows }: PreparedFile,
  format: DownloadFormat,
  { bom, schemaAddress }: { readonly bom: boolean; readonly schemaAddress: string },
): FileRecipe {
  const made = (statement: CopyStatement, writing: Writing): FileRecipe => ({ statement, writing, context })
  switch (format) {
    case 'csv':
      return made(csvStatement(rows), { format, bom })
    case 'json':
    case 'ndjson':
    case 'geojson': {
      const { text, settings, node, cells } = format === 'geojson' ? featureStatement(rows) : jsonStatement(rows)
      return made({ text, settings }, { format, shape: { node, cells } })
    }
    case 'xml':
      return made(cellsStatement(rows), { format, schemaAddress })
    case 'xlsx':
      return made(cellsStatement(rows), { format })
  }
}
