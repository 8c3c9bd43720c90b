import type { Field, RecordType, RecordTypes, ReverseField } from '../schema/record-type.js'
import { filterOfKind, scalarOfKind } from './shared-definitions.js'

/** A type with the others that its definitions mention. */
export interface TypeInContext {
  readonly type: RecordType
  readonly reverse: readonly ReverseField[]
  /** The target of one of its references. */
  target(field: Field): RecordType
}

export function inContext(types: RecordTypes, type: RecordType): TypeInContext {
  return {
    type,
    reverse: types.reverseOf(type.code),
    target(field) {
      const target = types.types.get(field.reference?.target ?? '')
      // RecordTypes are closed, so only a mixture of two revisions gets here.
      if (target === undefined) throw new Error(`${type.code}.${field.name} refers to no record type.`)
      return target
    },
  }
}

/** The output type of one value of a plain field: `Int`, `SchoolLevel`. */
export function scalarOf(field: Field): string {
  return field.kind === 'code' ? (field.codeList?.code ?? 'String') : scalarOfKind[field.kind]
}

/** The filter of a plain field: `IntFilter`, `SchoolLevelFilter`, `StringListFilter`. */
export function filterOf(field: Field): string {
  if (field.list) return field.kind === 'json' ? filterOfKind.json : `${scalarOf(field)}ListFilter`
  return field.kind === 'code' ? `${scalarOf(field)}Filter` : filterOfKind[field.kind]
}

/** The type of a sum of a numeric field: as exact as the field, and wide enough. */
export function sumOf(field: Field): string {
  return field.kind === 'integer' ? 'BigInt' : scalarOf(field)
}

/** The arguments of a connection of records of this type; the root's has `asOf` besides. */
export function connectionArguments({ code, location }: RecordType): string {
  const near = location === undefined ? '' : 'near: Near, '
  return `dataset: [ID!], where: ${code}Where, search: String, ${near}orderBy: [${code}Order!], first: Int, last: Int, after: String, before: String`
}
