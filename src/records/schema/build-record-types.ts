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
  const claims = reverseClaims([...byCode.values()])
  const problems: SchemaProblem[] = [
    ...claimNames(types, codeLists, [contractNames, ...(options.taken === undefined ? [] : [options.taken])]),
    ...types.flatMap((type) => problemsOfType(type).map((problem) => ({ file: type.code, ...problem }))),
    ...types.flatMap((type) => referenceProblems(type, byCode, claims)),
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

function referenceProblems(type: RecordType, types: ReadonlyMap<string, RecordType>, claims: Claims): SchemaProblem[] {
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
    const own = `${type.code}.${field.name}`
    const other = claims.get(`${target.code}.${reverse}`)?.find((claim) => claim !== own)
    if (other === undefined) return []
    return [
      { ...at, message: `The reverse field ${reverse} of ${field.name} on ${target.code} is also that of ${other}.` },
    ]
  })
}

/** The references (`Type.field`) that want a field on a target (`Type.reverse`). */
type Claims = ReadonlyMap<string, readonly string[]>

function reverseClaims(types: readonly RecordType[]): Claims {
  const claims = new Map<string, string[]>()
  for (const type of types) {
    for (const { name, reference } of type.fields) {
      if (reference?.reverse === undefined) continue
      const wanted = `${reference.target}.${reference.reverse}`
      const those = claims.get(wanted)
      if (those === undefined) claims.set(wanted, [`${type.code}.${name}`])
      else those.push(`${type.code}.${name}`)
    }
  }
  return claims
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
