import { isWholeKey, problemsOfType } from './check-record-type.js'
import { claimNames } from './claim-names.js'
import { fieldOf } from './field-kind.js'
import { contractNames, isReservedFieldName, type TakenNames } from './names.js'
import type { CodeList, RecordType, RecordTypes, ReverseField } from './record-type.js'
import type { Checked, SchemaProblem } from './schema-problem.js'

export interface BuildOptions {
  /** Names of the rest of the public schema; those of the contract are taken in any case. */
  readonly taken?: TakenNames
  /** Where a type or code list was read, for the problems; its code when not given. */
  readonly fileOf?: (code: string) => string
}

/** All types checked against each other and closed. Every problem of every type is told at once. */
export function buildRecordTypes(
  types: readonly RecordType[],
  codeLists: readonly CodeList[],
  revision: number,
  options: BuildOptions = {},
): Checked<RecordTypes> {
  const fileOf = options.fileOf ?? ((code: string) => code)
  const byCode = new Map(types.map((type) => [type.code, type]))
  const problems: SchemaProblem[] = [
    ...claimNames(types, codeLists, [contractNames, ...(options.taken === undefined ? [] : [options.taken])]),
    ...types.flatMap((type) => problemsOfType(type).map((problem) => ({ file: type.code, ...problem }))),
    ...types.flatMap((type) => referenceProblems(type, byCode)),
    ...codeListProblems(types, codeLists),
  ].map((problem) => ({ ...problem, file: fileOf(problem.file) }))
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, value: closed(byCode, new Map(codeLists.map((list) => [list.code, list])), revision) }
}

function closed(
  types: ReadonlyMap<string, RecordType>,
  codeLists: ReadonlyMap<string, CodeList>,
  revision: number,
): RecordTypes {
  const reverse = new Map<string, ReverseField[]>()
  for (const type of types.values()) {
    for (const field of type.fields) {
      if (field.reference?.reverse === undefined) continue
      const fields = reverse.get(field.reference.target) ?? []
      fields.push({ name: field.reference.reverse, type, field, single: isWholeKey(type, field) })
      reverse.set(field.reference.target, fields)
    }
  }
  return { revision, types, codeLists, reverseOf: (target) => reverse.get(target) ?? [] }
}

function referenceProblems(type: RecordType, types: ReadonlyMap<string, RecordType>): SchemaProblem[] {
  return type.fields.flatMap((field, index): SchemaProblem[] => {
    const { reference } = field
    if (reference === undefined) return []
    const at = { file: type.code, path: `fields[${index}]` }
    const target = types.get(reference.target)
    if (target === undefined)
      return [
        { ...at, message: `The foreign key ${field.name} refers to ${reference.target}, which is no record type.` },
      ]
    const { reverse } = reference
    if (reverse === undefined) return []
    if (isReservedFieldName(reverse)) return [{ ...at, message: `The reverse field name ${reverse} is reserved.` }]
    if (fieldOf(target, reverse) !== undefined) {
      return [{ ...at, message: `The reverse field ${reverse} of ${field.name} is already a field of ${target.code}.` }]
    }
    const other = otherWithReverse(types, type.code, field.name, target.code, reverse)
    if (other === undefined) return []
    return [
      { ...at, message: `The reverse field ${reverse} of ${field.name} on ${target.code} is also that of ${other}.` },
    ]
  })
}

/** `Type.field` of another reference that wants the same field on the same target. */
function otherWithReverse(
  types: ReadonlyMap<string, RecordType>,
  typeCode: string,
  fieldName: string,
  target: string,
  reverse: string,
): string | undefined {
  for (const type of types.values()) {
    for (const field of type.fields) {
      if (type.code === typeCode && field.name === fieldName) continue
      if (field.reference?.target === target && field.reference.reverse === reverse) return `${type.code}.${field.name}`
    }
  }
  return undefined
}

function codeListProblems(types: readonly RecordType[], codeLists: readonly CodeList[]): SchemaProblem[] {
  const known = new Set(codeLists.map((list) => list.code))
  return types.flatMap((type) =>
    type.fields.flatMap(({ codeList }, index) =>
      codeList === undefined || known.has(codeList.code)
        ? []
        : [{ file: type.code, path: `fields[${index}].codeList`, message: `There is no code list ${codeList.code}.` }],
    ),
  )
}
