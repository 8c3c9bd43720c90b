import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

/** A DER element: its tag, its length and what is in it. */
function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents)
  if (content.length < 128) return Buffer.concat([Buffer.from([tag, content.length]), content])
  const length = Buffer.from(content.length.toString(16).padStart(4, '0'), 'hex')
  return Buffer.concat([Buffer.from([tag, 0x82]), length, content])
}

const sequence = (...parts: readonly Uint8Array[]): Buffer => der(0x30, ...parts)
const oid = (hex: string): Buffer => der(0x06, Buffer.from(hex, 'hex'))
const sha256WithRsa = sequence(oid('2a864886f70d01010b'), der(0x05))
const utcTime = (at: Date): Buffer => der(0x17, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-T:]/g, '')}Z`))
const isTrue = der(0x01, Buffer.from([0xff]))
const commonName = (name: string): Buffer => sequence(der(0x31, sequence(oid('550403'), der(0x0c, Buffer.from(name)))))

type Ipv4 = `${number}.${number}.${number}.${number}`

export interface Certificate {
  readonly key: string
  readonly cert: string
}

/** Who signs certificates. */
export interface Authority {
  readonly cert: string
  /** For `localhost`, and for the address unless there is to be none; valid for a year from that day. */
  certificate(from: Date, address?: Ipv4 | 'none'): Certificate
}

/** A certificate that signs itself, for `localhost` and 127.0.0.1, valid for a year from that day. */
export function selfSignedCertificate(from: Date): Certificate {
  const { publicKey, privateKey } = keys()
  const signer = { name: 'localhost', key: privateKey }
  return issued({ name: 'localhost', publicKey, privateKey, signer, from, extension: forLocalhost('127.0.0.1') })
}

/** An authority that nobody knows, valid for a year from that day. */
export function certificateAuthority(name: string, from: Date): Authority {
  const { publicKey, privateKey } = keys()
  const signer = { name, key: privateKey }
  const mayIssue = sequence(oid('551d13'), isTrue, der(0x04, sequence(isTrue)))
  return {
    cert: issued({ name, publicKey, privateKey, signer, from, extension: mayIssue }).cert,
    certificate(day, address = '127.0.0.1') {
      const extension = forLocalhost(address)
      return issued({ name: 'localhost', ...keys(), signer, from: day, extension })
    },
  }
}

function keys(): { publicKey: KeyObject; privateKey: KeyObject } {
  return generateKeyPairSync('rsa', { modulusLength: 2048 })
}

function forLocalhost(address: Ipv4 | 'none'): Buffer {
  const addresses = address === 'none' ? [] : [der(0x87, Buffer.from(address.split('.').map(Number)))]
  return sequence(oid('551d11'), der(0x04, sequence(der(0x82, Buffer.from('localhost')), ...addresses)))
}

interface Issue {
  readonly name: string
  readonly publicKey: KeyObject
  readonly privateKey: KeyObject
  readonly signer: { readonly name: string; readonly key: KeyObject }
  readonly from: Date
  readonly extension: Buffer
}

let serial = 0

function issued({ name, publicKey, privateKey, signer, from, extension }: Issue): Certificate {
  const until = new Date(from.getTime() + 365 * 86_400_000)
  const body = sequence(
    der(0xa0, der(0x02, Buffer.from([2]))),
    der(0x02, Buffer.from([++serial])),
    sha256WithRsa,
    commonName(signer.name),
    sequence(utcTime(from), utcTime(until)),
    commonName(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(extension)),
  )
  const signature = der(0x03, Buffer.from([0]), sign('sha256', body, signer.key))
  const certificate = sequence(body, sha256WithRsa, signature).toString('base64')
  const lines = certificate.match(/.{1,64}/g) ?? []
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`,
  }
}
