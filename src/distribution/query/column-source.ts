import type { PastTime } from '../../records/query/plan/plan.js'
import { Row, type Emission } from '../../records/query/sql/emission.js'
import { emitRows, joinCondition } from '../../records/query/sql/emit-rows.js'
import type { DownloadColumn, RelationStep } from '../columns/column.js'

/** The rows that columns read: the record's own, and those of its relations, each joined once. */
export class ColumnSource {
  readonly joins: string[] = []
  private readonly targets = new Map<string, Row>()

  constructor(
    private readonly emission: Emission,
    private readonly asOf: PastTime | undefined,
    readonly row: Row,
  ) {}

  value({ path, value }: DownloadColumn): string {
    const row = this.at(path)
    switch (value.kind) {
      case 'key':
        return row.column('_key')
      case 'updatedAt':
        return row.column('_updated_at')
      case 'field':
        return value.field.reference?.cardinality === 'many'
          ? keyList(row, value.field.name)
          : row.column(value.field.name)
    }
  }

  /**
   * What is not null when a relation has something to show, the one that is so many steps along the column's way: the key
   * that refers, whether or not its record is there, or the record itself.
   */
  presence(column: DownloadColumn, steps: number): string {
    const step = column.path[steps - 1]
    // A foreign key that is itself the column stands in an object of its own.
    if (step === undefined) return this.value(column)
    const before = this.at(column.path.slice(0, steps - 1))
    if (step.relation.kind === 'foreignKey') return before.column(step.relation.field.name)
    return this.at(column.path.slice(0, steps)).column('_key')
  }

  private at(path: readonly RelationStep[]): Row {
    const step = path.at(-1)
    if (step === undefined) return this.row
    const name = path.map((each) => each.name).join('.')
    const known = this.targets.get(name)
    if (known !== undefined) return known
    const before = this.at(path.slice(0, -1))
    const target = new Row(this.emission.alias())
    const rows = emitRows(this.emission, step.relation.target, target.alias, this.asOf)
    this.joins.push(`left join ${rows} on ${joinCondition(step.relation, before, target)}`)
    this.targets.set(name, target)
    return target
  }
}

/** A record refers to no others, or to some: as in GraphQL, where that is a connection, it is not unknown to which. */
function keyList(row: Row, name: string): string {
  return `case when ${row.column('_key')} is not null then coalesce(${row.column(name)}, '{}') end`
}
