import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export interface Token {
  /** `odg_<prefix>_<secret>`, shown once. */
  readonly token: string
  /** Finds the key; no secret. */
  readonly prefix: string
  readonly hash: string
}

const form = /^odg_([0-9a-f]{16})_[0-9a-f]{48}$/

/** A new token with 192 random bits of secret. */
export function makeToken(): Token {
  const prefix = randomBytes(8).toString('hex')
  const token = `odg_${prefix}_${randomBytes(24).toString('hex')}`
  return { token, prefix, hash: hashToken(token) }
}

/** The public part of a token; undefined when it has not the form of one. */
export function tokenPrefix(token: string): string | undefined {
  return form.exec(token)?.[1]
}

export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Compares the hashes of secrets in a time that tells nothing. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')]
  return left.length === right.length && timingSafeEqual(left, right)
}
