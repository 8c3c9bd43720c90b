const addresses = /\{sample:[a-z0-9-]+\}|\b[a-z][a-z0-9+.-]*:\/\/[^\s"'\\/?#]+/gi
const mostHosts = 10

/**
 * Whose systems an input names, for the log: hosts and nothing else of their addresses, whose paths, users and parameters may be
 * secrets.
 */
export function probedHosts(input: unknown): string[] {
  const hosts = [...JSON.stringify(input).matchAll(addresses)].flatMap(([address]) =>
    address.startsWith('{') ? [address] : (URL.parse(address)?.host ?? []),
  )
  return [...new Set(hosts)].filter((host) => host !== '').slice(0, mostHosts)
}
