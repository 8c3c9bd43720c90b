/** Why a value cannot be used, for the person at the agency who can correct it. */
export interface Reason {
  readonly vi: string
  readonly en: string
}

/** Thrown by a converter for a value that it cannot convert; the row is then set aside. */
export class Unconvertible extends Error {
  constructor(readonly reason: Reason) {
    super(reason.en)
    this.name = 'Unconvertible'
  }
}

export function unconvertible(en: string, vi: string): Unconvertible {
  return new Unconvertible({ en, vi })
}
