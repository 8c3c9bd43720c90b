import { z } from 'zod'
import { GatewayError } from '../../errors/gateway-error.js'
import { isValueOf, type KeyValue, type SortKey } from './sort-key.js'

const content = z.tuple([z.string()]).rest(z.string().nullable())

/** What a cursor is good for: two orders with equal signatures sort by the same keys. */
export function signatureOf(kind: string, keys: readonly SortKey[]): string {
  return [kind, ...keys.map(({ name, direction }) => `${name} ${direction}`)].join(',')
}

/** A place between rows: the order and the values by which the row before it is sorted. */
export function encodeCursor(signature: string, values: readonly KeyValue[]): string {
  return Buffer.from(JSON.stringify([signature, ...values])).toString('base64url')
}

/** The values of a cursor. Throws CURSOR_INVALID for one that was not made by this gateway, or for another order. */
export function decodeCursor(cursor: string, signature: string, keys: readonly SortKey[]): readonly KeyValue[] {
  const parsed = content.safeParse(parse(cursor))
  const [made, ...values] = parsed.data ?? ['']
  if (!parsed.success || made === '') {
    throw new GatewayError('CURSOR_INVALID', 'The cursor is not one of this gateway: take it from an answer.')
  }
  if (made !== signature) {
    throw new GatewayError('CURSOR_INVALID', 'The cursor belongs to another list or order: begin again without it.')
  }
  if (values.length !== keys.length || keys.some((key, index) => !isValueOf(key, values[index] ?? null))) {
    throw new GatewayError('CURSOR_INVALID', 'The cursor was changed: take it from an answer as it is.')
  }
  return values
}

function parse(cursor: string): unknown {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return value
  } catch (error) {
    // Only text that is not JSON throws here, and that is a foreign cursor.
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}
