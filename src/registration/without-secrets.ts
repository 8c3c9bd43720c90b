/** Names of headers and parameters that let somebody in. */
const secretNames = new Set(
  [
    ...['authorization', 'proxy-authorization', 'cookie', 'x-api-key', 'x-auth-token', 'api-key', 'apikey', 'api_key'],
    ...['access_token', 'auth_token', 'token', 'password', 'passwd', 'secret', 'client_secret', 'sig', 'signature'],
  ].map(comparable),
)
const hidden = '•••'

export interface SecretFound {
  readonly path: string
  readonly name: string
}

/** The places of a manifest that look like credentials: they belong into the encrypted ones, not where all versions are kept. */
export function secretsIn(value: unknown, path = ''): SecretFound[] {
  const found: SecretFound[] = []
  visit(value, path, (secret) => {
    found.push(secret)
  })
  return found
}

/** The same value as it may be shown. */
export function withoutSecrets(value: unknown): unknown {
  return visit(value, '', () => undefined)
}

function visit(value: unknown, path: string, onSecret: (secret: SecretFound) => void): unknown {
  if (typeof value === 'string') return visitText(value, path, onSecret)
  if (Array.isArray(value)) return value.map((item, index) => visit(item, `${path}[${index}]`, onSecret))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      const at = path === '' ? name : `${path}.${name}`
      if (typeof inner !== 'string' || inner === '' || !secretNames.has(comparable(name))) {
        return [name, visit(inner, at, onSecret)]
      }
      onSecret({ path: at, name })
      return [name, hidden]
    }),
  )
}

function visitText(text: string, path: string, onSecret: (secret: SecretFound) => void): string {
  if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return text
  const [head = '', ...rest] = text.split('?')
  const userinfo = /^([a-z][a-z0-9+.-]*:\/\/)[^/?#@]*@/i.exec(head)
  if (userinfo !== null) onSecret({ path, name: 'user and password in the address' })
  const address = userinfo === null ? head : head.replace(userinfo[0], `${userinfo[1] ?? ''}${hidden}@`)
  if (rest.length === 0) return address
  const query = rest
    .join('?')
    .split('&')
    .map((pair) => {
      const name = pair.split('=')[0] ?? ''
      if (!pair.includes('=') || !secretNames.has(comparable(name))) return pair
      onSecret({ path, name })
      return `${name}=${hidden}`
    })
  return `${address}?${query.join('&')}`
}

function comparable(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, '')
}
