import type { SourceValue } from '../../../connectors/drivers/driver.js'

/** A source row as the manifest maps it: values by field name, still untyped; the record schema types and checks them. */
export interface MappedRow {
  /** Where the agency finds the row, from 1. */
  readonly number: number
  /** The file, sheet or page when the resource has several. */
  readonly part: string | undefined
  /** A null-prototype object. A field whose value could not be converted or resolved is null here and is in `problems`. */
  readonly values: Readonly<Record<string, SourceValue>>
  readonly problems: readonly MappingProblem[]
}

/** Why a value of a row cannot be used; the row is to be set aside. */
export interface MappingProblem {
  readonly field: string
  /** What the source has, as text. */
  readonly value: string
  readonly reason: { readonly vi: string; readonly en: string }
}
