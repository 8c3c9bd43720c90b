import type { ToOne } from '../../records/query/plan/plan.js'
import type { Bilingual, Field } from '../../records/schema/record-type.js'

/** One column of a file: a value of the record, or of a record that it refers to. */
export interface DownloadColumn {
  /** `name`, `district`, `district.name`: what `fields` calls it and what stands above it. */
  readonly name: string
  readonly title: Bilingual
  /** The relations on the way to the record that has the value. */
  readonly path: readonly RelationStep[]
  readonly value: ColumnValue
}

export interface RelationStep {
  readonly name: string
  readonly relation: ToOne
}

export type ColumnValue =
  | { readonly kind: 'key' }
  | { readonly kind: 'updatedAt' }
  /** A field as it is; a foreign key is the key, or the list of keys, of what it refers to. */
  | { readonly kind: 'field'; readonly field: Field }

/** Codes as they are, or the words for them. */
export type Labels = 'codes' | 'vi' | 'en'

/** The scalar values that files tell apart. */
export type ValueShape = Pick<Field, 'kind' | 'list' | 'codeList'>

/** A column as the writers of files know it: plain data, without the records that it is read through. */
export interface FileColumn {
  readonly name: string
  readonly title: Bilingual
  /** Where it stands in nested formats. */
  readonly nested: readonly string[]
  readonly shape: CellShape
  readonly unit: string | undefined
}

export type CellShape = Pick<Field, 'kind' | 'list'>

export function fileColumn(column: DownloadColumn): FileColumn {
  const { name, title, value } = column
  const { kind, list } = shapeOf(column)
  const unit = value.kind === 'field' ? value.field.unit : undefined
  return { name, title, nested: nestedPath(column), shape: { kind, list }, unit }
}

export function shapeOf({ value }: DownloadColumn): ValueShape {
  switch (value.kind) {
    case 'key':
      return { kind: 'text', list: false, codeList: undefined }
    case 'updatedAt':
      return { kind: 'dateTime', list: false, codeList: undefined }
    case 'field':
      return value.field
  }
}

/**
 * Where the value stands in nested formats: a foreign key is an object with its `key`, so that `district` and
 * `district.name` are in one object, as in GraphQL.
 */
export function nestedPath(column: DownloadColumn): readonly string[] {
  const { name, value } = column
  const path = name.split('.')
  return value.kind === 'field' && value.field.reference?.cardinality === 'one' ? [...path, 'key'] : path
}
