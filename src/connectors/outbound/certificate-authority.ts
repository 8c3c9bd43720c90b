import { X509Certificate } from 'node:crypto'
import { createSecureContext, getCACertificates, type SecureContext } from 'node:tls'
import { z } from 'zod'

const longest = 64 * 1024
const certificate = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * Who vouches for an agency's server besides those whom everybody trusts: certificates as PEM text, of the agency's own authority or of
 * the server itself. They are public; a private key is refused before it is stored anywhere.
 */
export const tlsSchema = z.strictObject({
  ca: z
    .string()
    .max(longest)
    .refine((text) => !text.includes('PRIVATE KEY'), {
      error: 'holds a private key; give only the certificate, and make a new key, since this one has been sent',
    })
    .refine((text) => certificatesIn(text) !== undefined, {
      error: 'is no certificate as PEM text (-----BEGIN CERTIFICATE----- …)',
    }),
})

/** Trusts the certificates of the text for the connections of one connector or mail server, and those whom everybody trusts. */
export function contextTrusting(ca: string): SecureContext {
  return createSecureContext({ ca: [...getCACertificates('default'), ...(certificatesIn(ca) ?? [])] })
}

/** Undefined: there is none, or something else as well. */
function certificatesIn(text: string): string[] | undefined {
  const found = text.match(certificate) ?? []
  if (found.length === 0 || text.replace(certificate, '').includes('-----')) return undefined
  return found.every(isCertificate) ? found : undefined
}

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).serialNumber !== ''
  } catch {
    return false
  }
}
