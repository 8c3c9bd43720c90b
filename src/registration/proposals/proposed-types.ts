import { GatewayError } from '../../errors/gateway-error.js'
import { buildRecordTypes } from '../../records/schema/build-record-types.js'
import { parseCodeList } from '../../records/schema/code-list-file.js'
import { compareCodeList, compareRecordType, type SchemaChange } from '../../records/schema/compare-record-types.js'
import type { TakenNames } from '../../records/schema/names.js'
import { parseRecordType } from '../../records/schema/parse-record-type.js'
import type { CodeList, RecordType, RecordTypes } from '../../records/schema/record-type.js'
import type { Checked, SchemaProblem } from '../../records/schema/schema-problem.js'
import { relinked } from '../../records/storage/stored-schemas.js'

/** A record type with the code lists that it brings, as they were sent. */
export interface Proposed {
  readonly schema: unknown
  readonly codeLists: readonly unknown[]
}

export interface Merged {
  readonly type: RecordType
  /** All that there is now, with what was proposed. */
  readonly types: RecordTypes
  /** What differs from what there is now; empty when nothing does. */
  readonly changes: readonly SchemaChange[]
}

/** Throws BAD_USER_INPUT with everything that is wrong with the proposal, by itself or beside the types that there are. */
export function mergeProposed(current: RecordTypes, { schema, codeLists }: Proposed, taken: TakenNames): Merged {
  const lists = new Map(current.codeLists)
  const ownLists: CodeList[] = codeLists.map((content, index) =>
    valueOrRefusal(parseCodeList(`codeLists[${index}]`, content)),
  )
  for (const list of ownLists) lists.set(list.code, list)
  const type = valueOrRefusal(parseRecordType({ file: 'schema', theme: undefined, content: schema }, lists))
  const others = [...current.types.values()].filter(({ code }) => code !== type.code)
  const all = [...others.map((other) => relinked(other, lists)), type]
  const types = valueOrRefusal(buildRecordTypes(all, [...lists.values()], current.revision, { taken }))
  const before = current.types.get(type.code)
  const changes = [
    ...ownLists.flatMap((list) => listChanges(current.codeLists.get(list.code), list)),
    ...(before === undefined
      ? [added(`The record type ${type.code} is new.`)]
      : compareRecordType(before, type).changes),
  ]
  return { type, types, changes }
}

function listChanges(before: CodeList | undefined, after: CodeList): readonly SchemaChange[] {
  return before === undefined ? [added(`The code list ${after.code} is new.`)] : compareCodeList(before, after).changes
}

function added(message: string): SchemaChange {
  return { breaking: false, message }
}

function valueOrRefusal<T>(checked: Checked<T>): T {
  if (checked.ok) return checked.value
  throw new GatewayError('BAD_USER_INPUT', `The record type cannot be used. ${textOf(checked.problems)}`, {
    extensions: { problems: checked.problems },
  })
}

function textOf(problems: readonly SchemaProblem[]): string {
  return problems
    .map(({ file, path, message }) => (path === '' ? `${file}: ${message}` : `${file} ${path}: ${message}`))
    .join(' ')
}
