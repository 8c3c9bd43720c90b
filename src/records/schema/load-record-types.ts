import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { buildRecordTypes, type BuildOptions } from './build-record-types.js'
import { parseCodeList } from './code-list-file.js'
import { parseRecordType } from './parse-record-type.js'
import type { CodeList, RecordType, RecordTypes } from './record-type.js'
import { InvalidSchemas, valueOrThrow, type Checked, type SchemaProblem } from './schema-problem.js'

interface JsonFile {
  /** From the folder, with `/`. */
  readonly file: string
  readonly content: unknown
}

/**
 * The record types of a folder: `records/<theme>/<type>.json` (a file straight in `records/` has no theme) and
 * `code-lists/<list>.json`. Throws InvalidSchemas with all that is wrong with all files.
 */
export async function loadRecordTypes(
  folder: string,
  options: Omit<BuildOptions, 'fileOf'> = {},
): Promise<RecordTypes> {
  const problems: SchemaProblem[] = []
  const files = new Map<string, string>()
  const keep = <T extends { readonly code: string }>(file: string, checked: Checked<T>): T[] => {
    if (!checked.ok) {
      problems.push(...checked.problems)
      return []
    }
    const other = files.get(checked.value.code)
    if (other !== undefined) {
      problems.push({ file, path: 'name', message: `${checked.value.code} is already in ${other}.` })
      return []
    }
    files.set(checked.value.code, file)
    return [checked.value]
  }
  const codeLists: CodeList[] = (await jsonFiles(folder, 'code-lists', problems)).flatMap(({ file, content }) =>
    keep(file, parseCodeList(file, content)),
  )
  const byCode = new Map(codeLists.map((list) => [list.code, list]))
  const types: RecordType[] = (await jsonFiles(folder, 'records', problems)).flatMap(({ file, content }) =>
    keep(file, parseRecordType({ file, theme: themeOf(file), content }, byCode)),
  )
  // A type that could not be read would make every reference to it look wrong too.
  if (problems.length > 0) throw new InvalidSchemas(problems)
  return valueOrThrow(buildRecordTypes(types, codeLists, 1, { ...options, fileOf: (code) => files.get(code) ?? code }))
}

/** `records/education/school.json` → `education`. */
function themeOf(file: string): string | undefined {
  const parts = file.split('/')
  return parts.length > 2 ? parts[1] : undefined
}

async function jsonFiles(folder: string, part: string, problems: SchemaProblem[]): Promise<JsonFile[]> {
  const entries = await readdir(join(folder, part), { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
  const read: JsonFile[] = []
  for (const file of paths) {
    const text = await readFile(join(folder, file), 'utf8')
    try {
      read.push({ file, content: JSON.parse(text) })
    } catch (error) {
      problems.push({ file, path: '', message: `The file is not JSON: ${error instanceof Error ? error.message : ''}` })
    }
  }
  return read
}
