import { all, some, sql, type SqlFragment } from '../filters/sql-fragment.js'
import {
  intConditions,
  textConditions,
  wordConditions,
  type Comparison,
  type Equality,
  type TextComparison,
} from '../filters/value-conditions.js'
import { statusExpression } from './dataset-tables.js'

/** A filter as it came; an absent or null operand is left out. */
export interface DatasetFilter {
  readonly and?: readonly DatasetFilter[] | null | undefined
  readonly or?: readonly DatasetFilter[] | null | undefined
  readonly not?: DatasetFilter | null | undefined
  readonly code?: TextComparison | null | undefined
  readonly planRow?: Comparison<number> | null | undefined
  /** By code. */
  readonly theme?: TextComparison | null | undefined
  /** By the code of the lead agency. */
  readonly agency?: TextComparison | null | undefined
  readonly status?: Equality<string> | null | undefined
}

/** The condition on `datasetTables` that a filter stands for. */
export function datasetCondition(where: DatasetFilter): SqlFragment {
  return all([
    ...given(where.and, (operands) => [all(operands.map(datasetCondition))]),
    ...given(where.or, (operands) => [some(operands.map(datasetCondition))]),
    // Not "not": what a missing value leaves undecided is not matched, so its complement is.
    ...given(where.not, (operand) => [sql`(${datasetCondition(operand)}) is not true`]),
    ...given(where.code, (filter) => textConditions(sql`d.code`, filter)),
    ...given(where.planRow, (filter) => intConditions(sql`d.plan_row`, filter)),
    ...given(where.theme, (filter) => textConditions(sql`theme.code`, filter)),
    ...given(where.agency, (filter) => textConditions(sql`agency.code`, filter)),
    ...given(where.status, (filter) => wordConditions(statusExpression, filter)),
  ])
}

function given<T>(operand: T | null | undefined, conditions: (operand: T) => SqlFragment[]): SqlFragment[] {
  return operand === null || operand === undefined ? [] : conditions(operand)
}
