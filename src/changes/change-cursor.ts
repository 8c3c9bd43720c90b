import { GatewayError } from '../errors/gateway-error.js'

/** A place in the feed: all events up to and with this one have been seen. Opaque to clients when encoded. */
export interface ChangeCursor {
  readonly position: bigint
  readonly seq: number
}

/** Higher than any event's: the cursor is behind the whole position. */
const wholePosition = 2_147_483_647
const pattern = /^c1\.(0|[1-9]\d{0,18})\.(0|[1-9]\d{0,9})$/

/** The cursor behind all events of a position, such as the one that an answer's snapshot saw. */
export function cursorAfterPosition(position: bigint): ChangeCursor {
  return { position, seq: wholePosition }
}

export function encodeCursor({ position, seq }: ChangeCursor): string {
  return Buffer.from(`c1.${position}.${seq}`).toString('base64url')
}

/** Throws CURSOR_INVALID for a text that is none of ours. */
export function decodeCursor(text: string): ChangeCursor {
  const match = pattern.exec(Buffer.from(text, 'base64url').toString('latin1'))
  const [, position, seq] = match ?? []
  if (position !== undefined && seq !== undefined) {
    const cursor = { position: BigInt(position), seq: Number(seq) }
    // One text a cursor, and no number that the database would refuse.
    if (encodeCursor(cursor) === text && cursor.position < 2n ** 63n && cursor.seq <= wholePosition) return cursor
  }
  throw new GatewayError('CURSOR_INVALID', 'The cursor is not valid. Use one that an answer or an event gave.')
}

/** All of the position has been seen, or only its first events. */
export function isWhole(cursor: ChangeCursor): boolean {
  return cursor.seq === wholePosition
}
