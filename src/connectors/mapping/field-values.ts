import type { SourceRow, SourceValue } from '../../../connectors/drivers/driver.js'
import { SourceFault } from '../../errors/source-fault.js'
import { asWritten, worded } from '../../errors/wording.js'
import type { FieldMapping, Resolve } from '../manifest/field-mapping.js'
import { isSourceList } from '../outbound/source-json.js'
import { compileConverter, convertAll, type Convert } from './converters.js'
import type { MappingProblem } from './mapped-row.js'
import { unconvertible, Unconvertible } from './problem-reason.js'
import { compilePath } from './row-path.js'
import { shownText, textOf } from './value-text.js'

/** A field's mapping, ready to be applied to rows. */
export interface CompiledField {
  readonly name: string
  /** The columns that it reads: none for a constant or an expression. */
  readonly columns: readonly string[]
  /** What the source has for it, before it is converted. */
  sourceValue(row: SourceRow): SourceValue
  /** The value; throws Unconvertible for one that cannot be used. `on` gives the row's reference date. */
  valueOf(row: SourceRow, on: () => string): Promise<SourceValue> | SourceValue
}

/** The key of the record that a code or name stands for on that day; undefined when there is none, or more than one. */
export type ResolveKey = (rule: Resolve, value: string, on: string) => Promise<string | undefined>

/** Throws MAPPING when the mapping itself cannot be applied. Its expressions and date formats can be read: a manifest's were. */
export function compileField(
  name: string,
  mapping: FieldMapping,
  timeOffset: string,
  resolve: ResolveKey | undefined,
): CompiledField {
  const read = compileRead(name, mapping)
  const converters = mapping.convert.map((converter): Convert => compileConverter(converter, timeOffset))
  const rule = mapping.resolve
  if (rule !== undefined && resolve === undefined) {
    throw new SourceFault('MAPPING', {
      detail: worded(
        `field ${name} refers to no other record, so there is nothing to resolve`,
        `trường ${name} không tham chiếu bản ghi nào nên không dùng được resolve`,
      ),
    })
  }
  return {
    name,
    columns: columnsOf(mapping),
    sourceValue: read,
    valueOf(row, on) {
      const value = convertAll(read(row), converters, row.values)
      return rule === undefined || resolve === undefined || value === null
        ? value
        : resolveAll(value, rule, on(), resolve)
    },
  }
}

/** What a row's problem with a field is, out of what was thrown; anything but Unconvertible is not the row's and is thrown on. */
export function problemOf(error: unknown, field: CompiledField, row: SourceRow): MappingProblem {
  if (!(error instanceof Unconvertible)) throw error
  return { field: field.name, value: shownText(field.sourceValue(row)), reason: error.reason }
}

function columnsOf(mapping: FieldMapping): string[] {
  const others = mapping.convert.flatMap((converter) => {
    if (typeof converter === 'string' || !('vn2000' in converter)) return []
    const other = converter.vn2000.easting ?? converter.vn2000.northing
    return other === undefined ? [] : [other]
  })
  return 'column' in mapping ? [mapping.column, ...others] : others
}

function compileRead(name: string, mapping: FieldMapping): (row: SourceRow) => SourceValue {
  if ('column' in mapping) {
    const { column } = mapping
    return (row) => row.values[column] ?? null
  }
  if ('constant' in mapping) {
    const { constant } = mapping
    return () => constant
  }
  const find = compilePath(mapping.path)
  return (row) => {
    try {
      return find(row.values)
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error
      const reason = error.details.detail ?? asWritten(error.message)
      const detail = worded(
        `field ${name}, expression ${mapping.path}, row ${row.number}: ${reason.en}`,
        `trường ${name}, biểu thức ${mapping.path}, dòng ${row.number}: ${reason.vi}`,
      )
      throw new SourceFault('MAPPING', { detail }, error)
    }
  }
}

async function resolveAll(value: SourceValue, rule: Resolve, on: string, resolve: ResolveKey): Promise<SourceValue> {
  if (isSourceList(value)) return Promise.all(value.map((item) => resolveOne(item, rule, on, resolve)))
  return resolveOne(value, rule, on, resolve)
}

async function resolveOne(value: SourceValue, rule: Resolve, on: string, resolve: ResolveKey): Promise<string> {
  const text = textOf(value)
  const key = await resolve(rule, text, on)
  if (key !== undefined) return key
  throw rule.by === 'code'
    ? unconvertible(`no unit with code ${text} valid on ${on}`, `không có đơn vị mã ${text} còn hiệu lực ngày ${on}`)
    : unconvertible(
        `no single unit named "${text}" valid on ${on}; where several have the name, write what it is before it, such as Huyện or Thị trấn`,
        `không xác định được đơn vị tên "${text}" còn hiệu lực ngày ${on}; nếu trùng tên, hãy ghi rõ cấp đứng trước, như Huyện hoặc Thị trấn`,
      )
}
