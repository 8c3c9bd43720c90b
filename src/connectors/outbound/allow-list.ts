import { isIP, type BlockList } from 'node:net'
import ipaddr from 'ipaddr.js'
import { blockList, isMetadataAddress, isPublicAddress, isThisMachine, unmapped } from './address-rules.js'

/**
 * What besides the public internet may be reached: names or addresses, with or without a port, and networks. An entry for a
 * name allows all that the name resolves to, on this port only when it names one. An address and port with `!` before them are never
 * reached, whatever else is allowed.
 */
export class AllowList {
  readonly #hosts = new Set<string>()
  /** Each an address and a port. */
  readonly #never = new Set<string>()
  readonly #written: readonly string[]
  readonly #networks: BlockList

  /** `OUTBOUND_ALLOW`: `10.1.0.0/16, data.internal:8080, [fd00::1]:443`. Throws an Error that names a wrong entry. */
  constructor(list = '') {
    const networks: string[] = []
    for (const entry of list.split(/[\s,]+/).filter((part) => part !== '')) {
      if (entry.startsWith('!')) this.#never.add(placeOf(entry))
      else if (entry.includes('/')) networks.push(networkOf(entry))
      else this.#hosts.add(hostOf(entry))
    }
    this.#written = networks
    this.#networks = blockList(networks)
  }

  /** All that is allowed now, as `OUTBOUND_ALLOW` writes it: makes an equal list in another process. */
  toString(): string {
    const never = [...this.#never].map((refused) => {
      const [address = '', port = ''] = refused.split(' ')
      return isIP(address) === 6 ? `![${address}]:${port}` : `!${address}:${port}`
    })
    return [...this.#hosts, ...this.#written, ...never].join(',')
  }

  /** Never lets a connection go there. Takes an IPv4 or IPv6 literal without brackets. */
  refuse(address: string, port: string): void {
    this.#never.add(place(address, port))
  }

  /** Allows the host and port of this URL, such as a sample agency that main started. */
  allow(url: string | URL): void {
    const { hostname, port, protocol } = new URL(url)
    this.#hosts.add(`${hostname}:${port === '' ? defaultPort(protocol) : port}`)
  }

  /** Is this host named, on this port? `hostname` as a URL has it (IPv6 in brackets). */
  names(hostname: string, port: string): boolean {
    return this.#hosts.has(hostname) || this.#hosts.has(`${hostname}:${port}`)
  }

  /** May a connection for this host and port go to this address? */
  permits(hostname: string, port: string, address: string): boolean {
    const plain = unmapped(address)
    if (plain === undefined || isMetadataAddress(plain)) return false
    if (this.#never.has(place(plain, port))) return false
    if (isPublicAddress(plain) || this.names(hostname, port)) return true
    return this.#networks.check(plain, isIP(plain) === 4 ? 'ipv4' : 'ipv6')
  }
}

export function defaultPort(protocol: string): string {
  return protocol === 'https:' ? '443' : '80'
}

function networkOf(entry: string): string {
  if (!ipaddr.isValidCIDR(entry)) throw new Error(`OUTBOUND_ALLOW: "${entry}" is not a network such as 10.1.0.0/16.`)
  return entry
}

function placeOf(entry: string): string {
  const [, sixth, fourth, port] = /^!(?:\[(.+)\]|([^[\]:]+)):(\d{1,5})$/.exec(entry) ?? []
  const address = sixth ?? fourth ?? ''
  if (port === undefined || isIP(address) === 0) {
    throw new Error(`OUTBOUND_ALLOW: "${entry}" is not an address with its port such as !10.1.0.5:5432.`)
  }
  return place(address, port)
}

/** All addresses of loopback, and those that mean "this machine", lead to the same servers. */
function place(address: string, port: string): string {
  const plain = unmapped(address) ?? address
  return `${isThisMachine(plain) ? '127.0.0.1' : plain} ${port}`
}

function hostOf(entry: string): string {
  // An IPv6 address is written in brackets, as in a URL; parsing it as one brings every spelling to the same form.
  const url = /^[^/?#@\\]+$/.test(entry) ? URL.parse(`http://${entry}`) : null
  if (url === null) throw new Error(`OUTBOUND_ALLOW: "${entry}" is not a host or host:port.`)
  const port = /:(\d+)$/.exec(entry.replace(/^\[.*\]/, ''))?.[1]
  return port === undefined ? url.hostname : `${url.hostname}:${Number(port)}`
}
