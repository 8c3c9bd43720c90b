import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto'
import { StartFailure } from '../settings/start-failure.js'

/** What a sealed text belongs to. It is authenticated with the text: a sealed text moved elsewhere cannot be opened. */
export interface SecretPlace {
  readonly owner: 'connector' | 'agency'
  readonly ownerId: number
  readonly field: string
}

export interface SealedText {
  /** Tells which key sealed it, and nothing about the key. */
  readonly keyId: string
  readonly sealed: Buffer
}

/** Encrypts what must not be readable in the database or its backups: AES-256-GCM, with a nonce of its own each time. */
export interface Secrets {
  readonly keyId: string
  seal(place: SecretPlace, text: string): SealedText
  /** Throws SecretUnreadable: another key, another place, or a changed text. */
  open(place: SecretPlace, sealed: SealedText): string
}

/** The message names the place, never the text. */
export class SecretUnreadable extends Error {
  constructor(place: SecretPlace, why: string) {
    super(`The ${place.field} of ${place.owner} ${place.ownerId} cannot be decrypted: ${why}`)
    this.name = 'SecretUnreadable'
  }
}

const format = 1
const nonceBytes = 12
const tagBytes = 16

/** `key`: 32 bytes. Texts sealed with one of the `earlier` keys can still be opened, while a rotation is under way. */
export function createSecrets(key: Buffer, earlier: readonly Buffer[] = []): Secrets {
  const keys = new Map([key, ...earlier].map((one) => [idOf(one), one]))
  return {
    keyId: idOf(key),
    seal(place, text) {
      const nonce = randomBytes(nonceBytes)
      const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes })
      cipher.setAAD(placeText(place))
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return { keyId: idOf(key), sealed: Buffer.concat([Buffer.of(format), nonce, cipher.getAuthTag(), body]) }
    },
    open(place, { keyId, sealed }) {
      const used = keys.get(keyId)
      if (used === undefined) throw new SecretUnreadable(place, 'it was encrypted with another SECRETS_KEY.')
      const start = 1 + nonceBytes + tagBytes
      if (sealed[0] !== format || sealed.length < start) throw new SecretUnreadable(place, 'it is no encrypted text.')
      try {
        const nonce = sealed.subarray(1, 1 + nonceBytes)
        const decipher = createDecipheriv('aes-256-gcm', used, nonce, { authTagLength: tagBytes })
        decipher.setAAD(placeText(place))
        decipher.setAuthTag(sealed.subarray(1 + nonceBytes, start))
        return Buffer.concat([decipher.update(sealed.subarray(start)), decipher.final()]).toString('utf8')
      } catch {
        // What the cipher says adds nothing: its tag does not fit.
        throw new SecretUnreadable(place, 'the stored text was changed.')
      }
    },
  }
}

/** SECRETS_KEY as 32 bytes: 64 hexadecimal digits or base64. Throws StartFailure, which does not show it. */
export function parseSecretsKey(text: string, name = 'SECRETS_KEY'): Buffer {
  const hex = /^[0-9a-f]{64}$/i.test(text)
  const base64 = /^[A-Za-z0-9+/_-]{43}=?$/.test(text)
  const key = hex ? Buffer.from(text, 'hex') : Buffer.from(text, 'base64')
  if ((hex || base64) && key.length === 32) return key
  throw new StartFailure(`${name} must be 32 random bytes in hexadecimal or base64; make one: openssl rand -base64 32`)
}

function idOf(key: Buffer): string {
  return createHash('sha256').update('open-data-gateway key id ').update(key).digest('hex').slice(0, 16)
}

function placeText({ owner, ownerId, field }: SecretPlace): Buffer {
  return Buffer.from(`${owner}/${ownerId}/${field}`)
}
