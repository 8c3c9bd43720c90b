// Writes schema/schema.graphql: the control schema and the record types of the files, in a stable order. With --check it only
// compares, and fails when the file has drifted. Run `npm run build` before, since it reads the compiled program.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildWholeControlSchema } from '../dist/src/control-resolvers.js'
import { mergeSchemas, stableSdl, takenNamesOf } from '../dist/src/records/graphql/merge-schemas.js'
import { loadRecordTypes } from '../dist/src/records/schema/load-record-types.js'

const root = join(import.meta.dirname, '..')
const file = join(root, 'schema', 'schema.graphql')
const control = buildWholeControlSchema()
const types = await loadRecordTypes(join(root, 'schema'), { taken: takenNamesOf(control) })
const text = `# Made by scripts/generate-schema.mjs from schema/records, schema/code-lists and the control plane.\n\n${stableSdl(mergeSchemas(control, types))}`

if (process.argv.includes('--check')) {
  const written = await readFile(file, 'utf8').catch((error) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  if (written !== text) {
    console.error('schema/schema.graphql is not what the schema files say. Run: node scripts/generate-schema.mjs')
    process.exitCode = 1
  }
} else {
  await writeFile(file, text)
}
