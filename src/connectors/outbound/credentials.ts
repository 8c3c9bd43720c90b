import { z } from 'zod'

/** How an agency's source lets us in. Kept encrypted; never part of a manifest, a log or an error. */
export const credentialsSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer'), token: z.string().min(1) }),
  z.strictObject({ kind: z.literal('basic'), user: z.string().min(1), password: z.string() }),
  z.strictObject({ kind: z.literal('header'), name: z.string().regex(/^[A-Za-z0-9-]+$/), value: z.string().min(1) }),
  z.strictObject({ kind: z.literal('query'), name: z.string().min(1), value: z.string().min(1) }),
])
export type Credentials = z.infer<typeof credentialsSchema>

/** The request with the credentials in it. */
export function withCredentials(
  url: URL,
  headers: Readonly<Record<string, string>>,
  credentials: Credentials,
): { url: URL; headers: Readonly<Record<string, string>> } {
  switch (credentials.kind) {
    case 'bearer':
      return { url, headers: { ...headers, authorization: `Bearer ${credentials.token}` } }
    case 'basic': {
      const pair = Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')
      return { url, headers: { ...headers, authorization: `Basic ${pair}` } }
    }
    case 'header':
      return { url, headers: { ...headers, [credentials.name.toLowerCase()]: credentials.value } }
    case 'query': {
      const signed = new URL(url)
      signed.searchParams.set(credentials.name, credentials.value)
      return { url: signed, headers }
    }
  }
}

/** The origins that a manifest's own settings name: only there are the agency's credentials sent. */
export function originsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value === 'string' && /^https?:\/\//i.test(value)) {
    const url = URL.parse(value)
    if (url !== null) found.add(url.origin)
  } else if (Array.isArray(value)) {
    for (const item of value) originsIn(item, found)
  } else if (typeof value === 'object' && value !== null) {
    for (const item of Object.values(value)) originsIn(item, found)
  }
  return found
}
