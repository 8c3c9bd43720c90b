import { literal, Row } from '../../records/query/sql/emission.js'
import { Availability } from '../../records/query/sql/availability.js'
import { emitConnection, emitMatch } from '../../records/query/sql/emit-connection.js'
import type { EmissionContext } from '../../records/query/sql/emission-context.js'
import { emitOrder, orderBySql } from '../../records/query/sql/emit-order.js'
import { emitRows, joinCondition } from '../../records/query/sql/emit-rows.js'
import type { ConnectionPlan } from '../../records/query/plan/plan.js'
import type { ResourceInfo } from '../../records/sources.js'
import { nestedPath, shapeOf, type DownloadColumn, type Labels } from '../columns/column.js'
import { SettingEmission, type SettingValue } from './setting-emission.js'
import { csvSql, jsonSql, textSql } from './value-sql.js'

/** A COPY and the settings that hold its values. */
export interface CopyStatement {
  readonly text: string
  readonly settings: readonly SettingValue[]
}

export interface DownloadRows {
  readonly plan: ConnectionPlan
  readonly resource: ResourceInfo
  readonly columns: readonly DownloadColumn[]
  readonly labels: Labels
  readonly timeZone: string
}

/** The rows in CSV lines that end in a line feed. */
export function csvStatement(rows: DownloadRows): CopyStatement {
  return copy(rows, 'csv', (source) =>
    rows.columns.map((column) => csvSql(source.value(column), shapeOf(column), rows.labels)).join(', '),
  )
}

/** One text column: each row as a JSON object, with nested objects for relations. */
export function jsonStatement(rows: DownloadRows): CopyStatement {
  return copy(rows, 'binary', (source) => concat(objectParts(tree(rows.columns), source, rows.labels)))
}

/** One text column: each row as a GeoJSON feature. */
export function featureStatement(rows: DownloadRows): CopyStatement {
  const { location } = rows.plan.type
  return copy(rows, 'binary', (source) => {
    const properties = objectParts(tree(rows.columns), source, rows.labels)
    const id = jsonSql(source.row.column('_key'), { kind: 'text', list: false, codeList: undefined }, 'codes')
    const geometry =
      location === undefined
        ? `'null'`
        : geometrySql(source.row.column(location.longitude), source.row.column(location.latitude))
    return concat([
      literal('{"type":"Feature","id":'),
      id,
      literal(',"geometry":'),
      geometry,
      literal(',"properties":'),
      ...properties,
      literal('}'),
    ])
  })
}

/** Text columns, for formats whose cells are made here. */
export function columnsStatement(rows: DownloadRows): CopyStatement {
  return copy(rows, 'binary', (source) =>
    rows.columns.map((column) => textSql(source.value(column), shapeOf(column), rows.labels)).join(', '),
  )
}

function geometrySql(longitude: string, latitude: string): string {
  const point = `concat('{"type":"Point","coordinates":[', ${longitude}, ',', ${latitude}, ']}')`
  return `case when ${longitude} is null or ${latitude} is null then 'null' else ${point} end`
}

/** The joined rows that the columns read. */
class ColumnSource {
  readonly joins: string[] = []
  private readonly targets = new Map<string, Row>()

  constructor(
    private readonly emission: SettingEmission,
    private readonly plan: ConnectionPlan,
    readonly row: Row,
  ) {}

  value(column: DownloadColumn): string {
    const row = this.at(column)
    switch (column.value.kind) {
      case 'key':
        return row.column('_key')
      case 'updatedAt':
        return row.column('_updated_at')
      case 'field':
        return row.column(column.value.field.name)
    }
  }

  /** What is not null when there is something to show of a relation: the key that refers, or the record itself. */
  presence(column: DownloadColumn, steps: number): string {
    const { path } = column
    const last = path[steps - 1]
    const before = this.joined(path.slice(0, steps - 1))
    if (last === undefined) return before.column('_key')
    if (last.relation.kind === 'foreignKey') return before.column(last.relation.field.name)
    return this.joined(path.slice(0, steps)).column('_key')
  }

  private at(column: DownloadColumn): Row {
    return this.joined(column.path)
  }

  private joined(path: DownloadColumn['path']): Row {
    const step = path.at(-1)
    if (step === undefined) return this.row
    const name = path.map((each) => each.name).join('.')
    const known = this.targets.get(name)
    if (known !== undefined) return known
    const before = this.joined(path.slice(0, -1))
    const target = new Row(this.emission.alias())
    const rows = emitRows(this.emission, step.relation.target, target.alias, this.plan.asOf)
    this.joins.push(`left join ${rows} on ${joinCondition(step.relation, before, target)}`)
    this.targets.set(name, target)
    return target
  }
}

function copy(rows: DownloadRows, format: 'csv' | 'binary', select: (source: ColumnSource) => string): CopyStatement {
  const { plan, resource, timeZone } = rows
  const emission = new SettingEmission()
  const row = new Row(emission.alias())
  const context: EmissionContext = {
    emission,
    available: new Availability(),
    datasetJson: [],
    datasetCodes: [],
    timeZone,
    nestedConnection: emitConnection,
  }
  const from = emitRows(emission, plan.type, row.alias, plan.asOf)
  const match = emitMatch(context, plan, row, undefined)
  const order = emitOrder(emission, plan.order, row, { type: plan.type, asOf: plan.asOf, ...match })
  const source = new ColumnSource(emission, plan, row)
  const selected = select(source)
  const conditions = [
    // Both are said so that the order by dataset and key can be read from the index of either.
    `${row.column('_dataset')} = ${resource.datasetId}`,
    `${row.column('_resource')} = ${resource.id}`,
    ...match.conditions,
  ]
  const joins = [from, ...order.joins, ...source.joins].join(' ')
  const query = `select ${selected} from ${joins} where ${conditions.join(' and ')} order by ${orderBySql(order, row, false)}`
  return { text: `copy (${query}) to stdout (format ${format})`, settings: emission.settings }
}

interface ObjectNode {
  readonly members: Map<string, ObjectNode | DownloadColumn>
  /** A column below, and how many relations lead to this object. */
  readonly of: { readonly column: DownloadColumn; readonly steps: number } | undefined
}

function isObject(node: ObjectNode | DownloadColumn): node is ObjectNode {
  return 'members' in node
}

/** The columns as nested objects, members in the order in which they are first named. */
function tree(columns: readonly DownloadColumn[]): ObjectNode {
  const root: ObjectNode = { members: new Map(), of: undefined }
  for (const column of columns) {
    const path = nestedPath(column)
    let at = root
    path.slice(0, -1).forEach((name, index) => {
      const known = at.members.get(name)
      if (known !== undefined && isObject(known)) {
        at = known
        return
      }
      const made: ObjectNode = { members: new Map(), of: { column, steps: index + 1 } }
      at.members.set(name, made)
      at = made
    })
    at.members.set(path.at(-1) ?? column.name, column)
  }
  return root
}

function objectParts(node: ObjectNode, source: ColumnSource, labels: Labels): string[] {
  const parts: string[] = []
  let before = '{'
  for (const [name, member] of node.members) {
    parts.push(literal(`${before}${JSON.stringify(name)}:`))
    before = ','
    if (!isObject(member)) {
      parts.push(jsonSql(source.value(member), shapeOf(member), labels))
      continue
    }
    const inner = concat(objectParts(member, source, labels))
    const present = member.of === undefined ? 'true' : `${presenceOf(member.of, source)} is not null`
    parts.push(`case when ${present} then ${inner} else 'null' end`)
  }
  parts.push(literal(before === '{' ? '{}' : '}'))
  return parts
}

/** A foreign key that is a column itself (`district` → `district.key`) has no step for its object: the key says it. */
function presenceOf({ column, steps }: { column: DownloadColumn; steps: number }, source: ColumnSource): string {
  return steps > column.path.length ? source.value(column) : source.presence(column, steps)
}

// A function call takes at most 100 arguments.
const partsPerCall = 90

function concat(parts: readonly string[]): string {
  if (parts.length <= partsPerCall) return `concat(${parts.join(', ')})`
  const calls: string[] = []
  for (let start = 0; start < parts.length; start += partsPerCall) {
    calls.push(`concat(${parts.slice(start, start + partsPerCall).join(', ')})`)
  }
  return concat(calls)
}
