/** How the names of headers and parameters end that let somebody in, without case, hyphens and underlines. */
const secretNames = new RegExp(
  '^(token|sig|jwt|key)$|' +
    '(authorization|cookie|password|passwd|pwd|secret|signature|credentials?|(auth|session)id|' +
    '(api|access|subscription|auth|authorization|private|secret|shared|account|function)key|' +
    '(access|auth|authentication|api|bearer|id|private|refresh|sas|security|session)token)$',
)
/** A word that anybody may know, and nothing that was made to be secret. */
const plainWord = /^[\p{L}_-]*$|^.{0,15}$/u
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
      if (typeof inner !== 'string' || name === 'key' || !isSecret(name, inner)) {
        return [name, visit(inner, at, onSecret)]
      }
      onSecret({ path: at, name })
      return [name, hidden]
    }),
  )
}

const scheme = '^((?:[a-z][a-z0-9+.-]*:)+//)'
const address = new RegExp(scheme, 'i')
const userinfoOfAddress = new RegExp(`${scheme}[^/?#@]*@`, 'i')
/** A parameter in a query, a fragment, or behind a semicolon as JDBC has them. */
const parameter = /([?&;#])([^=?&;#]+)=([^&;#]*)/g

function visitText(text: string, path: string, onSecret: (secret: SecretFound) => void): string {
  if (!address.test(text)) return text
  const withoutUser = text.replace(userinfoOfAddress, (_userinfo, start: string) => {
    onSecret({ path, name: 'user and password in the address' })
    return `${start}${hidden}@`
  })
  return withoutUser.replace(parameter, (pair: string, sign: string, name: string, value: string) => {
    if (!isSecret(name, value)) return pair
    onSecret({ path, name })
    return `${sign}${name}=${hidden}`
  })
}

function isSecret(name: string, value: string): boolean {
  const comparable = name.toLowerCase().replaceAll(/[-_]/g, '')
  if (value === '' || !secretNames.test(comparable)) return false
  // `key` is as often what is asked for as what one shows at the door.
  return comparable !== 'key' || !plainWord.test(value)
}
