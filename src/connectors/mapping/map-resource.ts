import type { Source, SourceRow, SourceValue } from '../../../connectors/drivers/driver.js'
import type { RecordType } from '../../records/schema/record-type.js'
import { SourceFault } from '../../errors/source-fault.js'
import { asWritten, worded } from '../../errors/wording.js'
import type { AnyDriver } from '../drivers.js'
import type { ManifestResource } from '../manifest/manifest.js'
import { withEndpoints, type EndpointResolver } from '../outbound/endpoint-resolver.js'
import { emptyObject } from '../outbound/source-json.js'
import { ColumnsSeen } from './columns-seen.js'
import { compileField, problemOf, type CompiledField, type ResolveKey } from './field-values.js'
import type { OtherRows } from './join-rows.js'
import type { MappedRow, MappingProblem } from './mapped-row.js'
import { compileReferenceDate } from './reference-date.js'
import type { ReferenceResolver } from './reference-resolver.js'
import { applyStep, objectOf } from './row-steps.js'

export interface MappingContext {
  readonly recordType: RecordType
  /** Code of the dataset that the rows belong to. */
  readonly dataset: string
  readonly references: ReferenceResolver
  readonly endpoints: EndpointResolver
  /** The day of the fetch in the province's time zone, YYYY-MM-DD. */
  readonly today: string
  /** The province's offset from UTC, for times without one: `+07:00`. */
  readonly timeOffset: string
  /** Of the resource itself only the rows that have changed since this mark are read. */
  readonly since?: string | undefined
}

/** A source of the run that can also read elsewhere, as parts of a resource may. */
export interface MappableSource extends Source<unknown> {
  withOptions(options: unknown): Source<unknown>
}

/**
 * Reads a resource of a manifest and maps it, row by row. Throws a SourceFault when the source cannot be read or the mapping
 * does not fit it as a whole; what is wrong with single values is in the rows. `connectorOptions`: the manifest's, unparsed.
 */
export function mapResource(
  resource: ManifestResource,
  connectorOptions: Readonly<Record<string, unknown>>,
  driver: AnyDriver,
  source: MappableSource,
  context: MappingContext,
): AsyncGenerator<MappedRow, void, undefined> {
  const other: OtherRows = ({ selection, options }) => {
    const parsed = parsedBy(driver.selection, selection ?? resource.selection ?? {}, context)
    if (options === undefined) return driver.scan(source, parsed)
    return driver.scan(
      source.withOptions(parsedBy(driver.options, { ...connectorOptions, ...options }, context)),
      parsed,
    )
  }
  let rows: AsyncIterable<SourceRow> = isPutTogether(resource)
    ? openParts(resource, other)
    : driver.scan(source, parsedBy(driver.selection, resource.selection ?? {}, context), context.since)
  for (const [index, step] of resource.steps.entries()) rows = applyStep(rows, step, index, other)
  return mapRows(rows, resource, context)
}

/** Maps rows that were already read, such as the answers of a lookup. */
export async function* mapRows(
  rows: AsyncIterable<SourceRow>,
  resource: ManifestResource,
  context: MappingContext,
): AsyncGenerator<MappedRow, void, undefined> {
  const fields = compileFields(resource, context)
  const referenceDate = compileReferenceDate(resource.referenceDate, context.today)
  const seen = new ColumnsSeen(
    fields.flatMap(({ name, columns }) => columns.map((column) => ({ column, at: `fields.${name}` }))),
  )
  for await (const row of rows) {
    seen.look(row)
    const mapped = mapRow(row, fields, referenceDate)
    // Nothing to wait for in most rows, and a wait a row costs more than the rest of it.
    yield mapped instanceof Promise ? await mapped : mapped
  }
  seen.demandAll()
}

function mapRow(
  row: SourceRow,
  fields: readonly CompiledField[],
  referenceDate: (row: SourceRow) => string,
): Promise<MappedRow> | MappedRow {
  const values: Record<string, SourceValue> = emptyObject()
  const problems: MappingProblem[] = []
  const waiting: Promise<void>[] = []
  const on = (): string => referenceDate(row)
  const refuse = (error: unknown, field: CompiledField): void => {
    problems.push(problemOf(error, field, row))
    values[field.name] = null
  }
  for (const field of fields) {
    try {
      const value = field.valueOf(row, on)
      if (value instanceof Promise) {
        waiting.push(
          value.then(
            (resolved) => {
              values[field.name] = resolved
            },
            (error: unknown) => {
              refuse(error, field)
            },
          ),
        )
      } else values[field.name] = value
    } catch (error) {
      refuse(error, field)
    }
  }
  const mapped = { number: row.number, part: row.part, values, problems }
  return waiting.length === 0 ? mapped : Promise.all(waiting).then(() => mapped)
}

function compileFields(resource: ManifestResource, context: MappingContext): CompiledField[] {
  return Object.entries(resource.fields).map(([name, mapping]) => {
    const field = context.recordType.fields.find((known) => known.name === name)
    if (field === undefined) {
      throw new SourceFault('MAPPING', {
        detail: worded(`${resource.recordType} has no field ${name}`, `${resource.recordType} không có trường ${name}`),
      })
    }
    const { reference } = field
    const resolve: ResolveKey | undefined =
      reference === undefined
        ? undefined
        : ({ by, kinds }, value, on) =>
            context.references.resolve({
              target: reference.target,
              dataset: reference.dataset === 'same' ? context.dataset : reference.dataset,
              by,
              kinds,
              value,
              on,
            })
    return compileField(name, mapping, context.timeOffset, resolve)
  })
}

function isPutTogether({ steps }: ManifestResource): boolean {
  return steps[0] !== undefined && 'concat' in steps[0]
}

/** The rows of the parts that the resource is put together from, each with its constants. */
async function* openParts(resource: ManifestResource, other: OtherRows): AsyncGenerator<SourceRow, void, undefined> {
  const first = resource.steps[0]
  if (first === undefined || !('concat' in first)) return
  for (const [at, part] of first.concat.entries()) {
    const constants = Object.entries(part.constants)
    const name = constants.map(([, value]) => value).join(', ') || `${at + 1}`
    for await (const row of other(part)) {
      yield {
        number: row.number,
        part: row.part === undefined ? name : `${name}: ${row.part}`,
        values: objectOf([...Object.entries(row.values), ...constants]),
      }
    }
  }
}

function parsedBy(schema: AnyDriver['options'], value: unknown, context: MappingContext): unknown {
  const parsed = schema.safeParse(withEndpoints(value, context.endpoints))
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  throw new SourceFault(
    'MAPPING',
    { detail: asWritten(`${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`) },
    parsed.error,
  )
}
