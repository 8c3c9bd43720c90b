import type { SelectionSetNode } from 'graphql'
import { GatewayError } from '../../../errors/gateway-error.js'
import type { RecordType } from '../../schema/record-type.js'
import type { ResourceInfo } from '../../sources.js'
import { collectFields, subselections, type CollectedField } from './operation.js'
import { findRelation, relationScope, requestDatasets, type Planning } from './planning.js'
import type { PastTime, RecordEntry } from './plan.js'

export interface RecordContext {
  /** Where the record can come from. */
  readonly scope: readonly ResourceInfo[]
  readonly asOf: PastTime | undefined
}

export function planRecord(
  planning: Planning,
  type: RecordType,
  sets: readonly (SelectionSetNode | undefined)[],
  context: RecordContext,
): RecordEntry[] {
  return collectFields(planning.operation, type.code, sets).map((child) => planEntry(planning, type, child, context))
}

function planEntry(planning: Planning, type: RecordType, child: CollectedField, context: RecordContext): RecordEntry {
  const { as, name } = child
  switch (name) {
    case '__typename':
      return { as, kind: 'typename', name: type.code }
    case 'id':
    case 'key':
    case 'updatedAt':
      return { as, kind: name }
    case 'dataset':
      return { as, kind: 'dataset', selection: requestDatasets(planning, child.nodes, context.scope) }
  }
  const relation = findRelation(planning, type, name)
  if (relation?.to === 'one') {
    const { target } = relation.relation
    const scope = relationScope(planning, relation.relation, context.scope)
    const selection = planRecord(planning, target, subselections(child), { scope, asOf: context.asOf })
    // What is read at a past time is not looked up now.
    const lookups = context.asOf === undefined ? scope.filter((resource) => resource.mode === 'LOOKUP') : []
    return { as, kind: 'toOne', relation: relation.relation, selection, lookups }
  }
  if (relation?.to === 'many') {
    const connection = planning.planConnection(planning, child, {
      parentType: type.code,
      type: relation.relation.target,
      scope: relationScope(planning, relation.relation, context.scope),
      asOf: context.asOf,
    })
    return { as, kind: 'toMany', relation: relation.relation, connection }
  }
  const field = type.fields.find((each) => each.name === name)
  if (field === undefined) {
    throw new GatewayError('GRAPHQL_VALIDATION_FAILED', `Cannot query field "${name}" on type "${type.code}".`)
  }
  return { as, kind: 'field', field }
}
