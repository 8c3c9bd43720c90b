import type { IncomingHttpHeaders } from 'node:http'
import { isIP, type BlockList } from 'node:net'
import { blockList, unmapped } from '../../connectors/outbound/address-rules.js'

interface Connection {
  readonly remoteAddress?: string | undefined
  readonly headers: IncomingHttpHeaders
}

/**
 * The proxies in front of the gateway, which say in `X-Forwarded-For` for whom they ask. Nobody else is believed: who could choose an
 * address would have no limit.
 */
export class TrustedProxies {
  readonly #networks: BlockList

  /** `networks` in CIDR notation. */
  constructor(networks: readonly string[] = []) {
    this.#networks = blockList(networks)
  }

  trusts(address: string): boolean {
    const plain = unmapped(address)
    return plain !== undefined && this.#networks.check(plain, isIP(plain) === 4 ? 'ipv4' : 'ipv6')
  }

  /** Whom a request comes from: the last address before those of trusted proxies. */
  clientOf({ remoteAddress = '', headers }: Connection): string {
    const forwarded = [headers['x-forwarded-for'] ?? []].flat().join(',')
    const before = forwarded.split(',').map((address) => address.trim())
    let client = remoteAddress
    while (this.trusts(client)) {
      const next = before.pop()
      if (next === undefined || next === '') break
      client = next
    }
    return client
  }
}
