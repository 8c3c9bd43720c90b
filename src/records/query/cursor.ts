import { createHash } from 'node:crypto'
import { z } from 'zod'
import { GatewayError } from '../../errors/gateway-error.js'
import type { Cursor, OrderTerm } from './plan/plan.js'

/**
 * A cursor is the base64url of `[order, value…, dataset, key]` as JSON. `order` names the order that it was made for, so that
 * one of another order is refused rather than giving wrong pages. Postgres writes cursors, see `cursorSql`.
 */
const cursorShape = z.tuple([z.string()], z.union([z.string(), z.number(), z.null()]))

export function decodeCursor(text: string, order: readonly OrderTerm[]): Cursor {
  const values = parse(text)
  const fingerprint = values[0]
  if (fingerprint !== orderFingerprint(order)) {
    throw new GatewayError(
      'CURSOR_INVALID',
      'This cursor belongs to another order; page on with the orderBy that gave it.',
    )
  }
  const rest = values.slice(1)
  const key = rest.pop()
  const datasetId = rest.pop()
  if (typeof key !== 'string' || typeof datasetId !== 'number' || rest.length !== order.length) throw invalid()
  return { values: rest.map((value) => (value === null ? null : String(value))), datasetId, key }
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

/** The same for the same order terms, whatever values they have. */
export function orderFingerprint(order: readonly OrderTerm[]): string {
  const text = order
    .map((term) => `${termName(term)} ${term.descending ? 'desc' : 'asc'} ${term.nullsFirst ? 'first' : 'last'}`)
    .join(',')
  return createHash('sha256').update(text).digest('base64url').slice(0, 8)
}

function termName({ by }: OrderTerm): string {
  if (!('path' in by)) return by.kind
  const path = by.path.map((step) => `${step.field.name}.`).join('')
  return path + (by.kind === 'field' ? by.field.name : by.kind)
}
