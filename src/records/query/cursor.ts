import { createHash } from 'node:crypto'
import { z } from 'zod'
import { GatewayError } from '../../errors/gateway-error.js'
import type { ConnectionPlan, Cursor, OrderTerm } from './plan/plan.js'

/** What a cursor is a place in: the records of a type, in an order, which a search or a point may decide. */
export type Ordered = Pick<ConnectionPlan, 'type' | 'order' | 'search' | 'near'>

/**
 * A cursor is the base64url of `[order, value…, dataset, key]` as JSON. `order` names what it was made for, so that one of
 * another type or order is refused rather than giving wrong pages. Postgres writes cursors, see `cursorSql`.
 */
const cursorShape = z.tuple([z.string()], z.union([z.string(), z.number(), z.null()]))

export function decodeCursor(text: string, ordered: Ordered): Cursor {
  const values = parse(text)
  const fingerprint = values[0]
  if (fingerprint !== orderFingerprint(ordered)) {
    throw new GatewayError(
      'CURSOR_INVALID',
      'This cursor belongs to another list or order; page on with the field, orderBy, search and near that gave it.',
    )
  }
  const rest = values.slice(1)
  const key = rest.pop()
  const datasetId = rest.pop()
  if (typeof key !== 'string' || !isInt4(datasetId) || rest.length !== ordered.order.length) throw invalid()
  return { values: rest.map((value) => (value === null ? null : String(value))), datasetId, key }
}

function isInt4(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 2 ** 31
}

function parse(text: string): readonly (string | number | null)[] {
  let json: unknown
  try {
    json = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'))
  } catch (cause) {
    throw invalid(cause)
  }
  const parsed = cursorShape.safeParse(json)
  if (!parsed.success) throw invalid(parsed.error)
  return parsed.data
}

function invalid(cause?: unknown): GatewayError {
  return new GatewayError(
    'CURSOR_INVALID',
    'This is not a cursor of this connection; take one from its edges or pageInfo.',
    {
      cause,
    },
  )
}

/** The same for the same type and order, whatever values its records have. */
export function orderFingerprint({ type, order, search, near }: Ordered): string {
  const terms = order.map((term) => {
    const of = decidedBy(term, search, near)
    return `${termName(term)}${of} ${term.descending ? 'desc' : 'asc'} ${term.nullsFirst ? 'first' : 'last'}`
  })
  return createHash('sha256')
    .update([type.code, ...terms].join(','))
    .digest('base64url')
    .slice(0, 8)
}

function decidedBy({ by }: OrderTerm, search: Ordered['search'], near: Ordered['near']): string {
  if (by.kind === 'relevance') return JSON.stringify(search)
  return by.kind === 'distance' ? JSON.stringify([near?.latitude, near?.longitude]) : ''
}

function termName({ by }: OrderTerm): string {
  if (!('path' in by)) return by.kind
  const path = by.path.map((step) => `${step.field.name}.`).join('')
  return path + (by.kind === 'field' ? by.field.name : by.kind)
}
