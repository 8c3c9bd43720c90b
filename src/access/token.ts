import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { crc32 } from 'node:zlib'

export interface Token {
  /** `odg_<prefix>_<secret><checksum>`, shown once. */
  readonly token: string
  /** Finds the key; no secret. */
  readonly prefix: string
  readonly hash: string
}

/** Tokens made before they had a checksum are without it. */
const form = /^odg_([0-9a-f]{16})_[0-9a-f]{48}([0-9a-f]{8})?$/

/**
 * A new token with 192 random bits of secret and the CRC-32 of all before it: whoever looks for lost secrets in code and logs finds it by
 * its beginning, and knows by its end that it is one.
 */
export function makeToken(): Token {
  const prefix = randomBytes(8).toString('hex')
  const unchecked = `odg_${prefix}_${randomBytes(24).toString('hex')}`
  const token = unchecked + checksumOf(unchecked)
  return { token, prefix, hash: hashToken(token) }
}

/** The public part of a token; undefined when it has not the form of one, or was not copied whole. */
export function tokenPrefix(token: string): string | undefined {
  const [, prefix, checksum] = form.exec(token) ?? []
  return checksum === undefined || checksum === checksumOf(token.slice(0, -checksum.length)) ? prefix : undefined
}

function checksumOf(text: string): string {
  return crc32(text).toString(16).padStart(8, '0')
}

/**
 * SHA-256 without salt or key: 192 random bits cannot be guessed, however fast each guess is. Slow hashes are for passwords, which people
 * choose.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** Compares the hashes of secrets in a time that tells nothing. */
export function sameHash(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a, 'hex'), Buffer.from(b, 'hex')]
  return left.length === right.length && timingSafeEqual(left, right)
}
