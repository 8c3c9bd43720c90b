import type { ConnectionPlan } from '../../records/query/plan/plan.js'
import { Availability } from '../../records/query/sql/availability.js'
import { Row } from '../../records/query/sql/emission.js'
import type { EmissionContext } from '../../records/query/sql/emission-context.js'
import { emitConnection, emitMatch } from '../../records/query/sql/emit-connection.js'
import { emitOrder, orderBySql } from '../../records/query/sql/emit-order.js'
import { emitFoundRows, emitRows } from '../../records/query/sql/emit-rows.js'
import type { ResourceInfo } from '../../records/sources.js'
import { anyColumn, columnTree, type ColumnNode } from '../columns/column-tree.js'
import { nestedPath, shapeOf, type DownloadColumn, type Labels } from '../columns/column.js'
import type { CopyStatement } from '../copy/copy-statement.js'
import type { JsonNode, JsonShape } from '../formats/json-rows.js'
import { ColumnSource } from './column-source.js'
import { SelectList } from './select-list.js'
import { SettingEmission } from './setting-emission.js'
import { cellSql, csvSql, jsonForm } from './value-sql.js'

export interface DownloadRows {
  readonly plan: ConnectionPlan
  readonly resource: ResourceInfo
  readonly columns: readonly DownloadColumn[]
  readonly labels: Labels
  readonly timeZone: string
}

/** A COPY in text format whose rows become JSON by the node. */
export interface JsonStatement extends CopyStatement, JsonShape {}

/** The rows in CSV lines that end in a line feed. */
export function csvStatement(rows: DownloadRows): CopyStatement {
  return copy(rows, 'csv', (source) =>
    rows.columns.map((column) => csvSql(source.value(column), shapeOf(column), rows.labels)).join(', '),
  )
}

/** The columns in their order, in text format. */
export function cellsStatement(rows: DownloadRows): CopyStatement {
  return copy(rows, 'text', (source) =>
    rows.columns.map((column) => cellSql(source.value(column), shapeOf(column), rows.labels)).join(', '),
  )
}

/** Each row as a JSON object, with nested objects for relations. */
export function jsonStatement(rows: DownloadRows): JsonStatement {
  return withNode(rows, (source, list) => recordNode(rows, source, list))
}

/** Each row as a GeoJSON feature. */
export function featureStatement(rows: DownloadRows): JsonStatement {
  const { location } = rows.plan.type
  return withNode(rows, (source, list) => {
    const geometry: JsonNode =
      location === undefined
        ? { kind: 'constant', json: 'null' }
        : {
            kind: 'point',
            longitude: list.cell(source.row.column(location.longitude)),
            latitude: list.cell(source.row.column(location.latitude)),
          }
    return {
      kind: 'object',
      presence: undefined,
      members: [
        { name: 'type', node: { kind: 'constant', json: '"Feature"' } },
        { name: 'id', node: { kind: 'value', cell: list.cell(source.row.column('_key')), form: 'string' } },
        { name: 'geometry', node: geometry },
        { name: 'properties', node: recordNode(rows, source, list) },
      ],
    }
  })
}

function withNode(rows: DownloadRows, make: (source: ColumnSource, list: SelectList) => JsonNode): JsonStatement {
  const list = new SelectList()
  let node: JsonNode = { kind: 'constant', json: 'null' }
  const statement = copy(rows, 'text', (source) => {
    node = make(source, list)
    return list.sql
  })
  return { ...statement, node, cells: list.size }
}

function recordNode(rows: DownloadRows, source: ColumnSource, list: SelectList): JsonNode {
  const nodeOf = (node: ColumnNode<DownloadColumn>): JsonNode => {
    if (node.kind === 'column') {
      const shape = shapeOf(node.column)
      const cell = list.cell(cellSql(source.value(node.column), shape, rows.labels))
      return { kind: 'value', cell, form: jsonForm(shape) }
    }
    const column = anyColumn(node)
    const presence = column === undefined ? undefined : list.cell(source.presence(column, node.depth))
    return { kind: 'object', presence, members: node.nodes.map((each) => ({ name: each.name, node: nodeOf(each) })) }
  }
  const members = columnTree(rows.columns, nestedPath).map((node) => ({ name: node.name, node: nodeOf(node) }))
  return { kind: 'object', presence: undefined, members }
}

function copy(rows: DownloadRows, format: 'csv' | 'text', select: (source: ColumnSource) => string): CopyStatement {
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
  const from =
    plan.search === undefined
      ? emitRows(emission, plan.type, row.alias, plan.asOf)
      : emitFoundRows(emission, plan, plan.search, row.alias)
  const match = emitMatch(context, plan, row, undefined)
  const order = emitOrder(emission, plan.order, row, { type: plan.type, asOf: plan.asOf, fromTable: false, ...match })
  const source = new ColumnSource(emission, plan.asOf, row)
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
