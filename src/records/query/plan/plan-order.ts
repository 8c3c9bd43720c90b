import { GatewayError } from '../../../errors/gateway-error.js'
import type { RecordType } from '../../schema/record-type.js'
import { entries, list } from './plan-condition.js'
import { findRelation, type Planning } from './planning.js'
import type { OrderTerm, ToOne } from './plan.js'

const maxTerms = 8
const maxPath = 4

export interface OrderContext {
  readonly hasNear: boolean
  readonly hasSearch: boolean
}

/** `orderBy` as terms. Without it: by relevance when there is a `search`, else by dataset and key alone. */
export function planOrder(planning: Planning, type: RecordType, orderBy: unknown, context: OrderContext): OrderTerm[] {
  const given = list(orderBy)
  if (given.length > maxTerms) {
    throw new GatewayError('BAD_USER_INPUT', `orderBy takes at most ${maxTerms} terms; this one has ${given.length}.`)
  }
  const terms = given.map((each) => planTerm(planning, type, each, context, []))
  if (terms.length === 0 && context.hasSearch) {
    return [{ by: { kind: 'relevance' }, descending: true, nullsFirst: false }]
  }
  return terms
}

export function planTerm(
  planning: Planning,
  type: RecordType,
  term: unknown,
  context: OrderContext,
  path: readonly ToOne[],
): OrderTerm {
  const [entry] = entries(term)
  if (entry === undefined)
    throw new GatewayError('BAD_USER_INPUT', 'A term of orderBy names one field and its direction.')
  const [name, value] = entry
  if (typeof value !== 'string') {
    const relation = findRelation(planning, type, name)
    if (relation?.to !== 'one') throw new GatewayError('BAD_USER_INPUT', `${type.code} cannot be ordered by ${name}.`)
    if (path.length >= maxPath) {
      throw new GatewayError('BAD_USER_INPUT', `orderBy goes through at most ${maxPath} relations.`)
    }
    return planTerm(planning, relation.relation.target, value, context, [...path, relation.relation])
  }
  const direction = orderDirection(value)
  switch (name) {
    case 'key':
    case 'updatedAt':
      return { by: { kind: name, path }, ...direction }
    case 'distance':
      if (!context.hasNear || path.length > 0) {
        throw new GatewayError('BAD_USER_INPUT', 'Ordering by distance needs the argument near of the same connection.')
      }
      return { by: { kind: 'distance' }, ...direction }
    case 'relevance':
      if (!context.hasSearch || path.length > 0) {
        throw new GatewayError(
          'BAD_USER_INPUT',
          'Ordering by relevance needs the argument search of the same connection.',
        )
      }
      return { by: { kind: 'relevance' }, ...direction }
  }
  const field = type.fields.find((each) => each.name === name)
  if (field === undefined) throw new GatewayError('BAD_USER_INPUT', `${type.code} cannot be ordered by ${name}.`)
  return { by: { kind: 'field', path, field }, ...direction }
}

export function orderDirection(direction: string): { descending: boolean; nullsFirst: boolean } {
  return { descending: direction.startsWith('DESC'), nullsFirst: direction.endsWith('NULLS_FIRST') }
}
