import { lookup, type LookupAddress, type LookupOptions } from 'node:dns'
import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'
import type { SecureContext } from 'node:tls'
import { Agent, buildConnector, Pool } from 'undici'
import { SourceFault } from '../../errors/source-fault.js'
import { isThisMachine, unmapped } from './address-rules.js'
import { AllowList, defaultPort } from './allow-list.js'
import { contextTrusting } from './certificate-authority.js'
import { defaultLimits } from './limits.js'

/** An agency's server is not ours to flood. */
const connectionsAnOrigin = 8
const postgresPort = '5432'
/** Whose connections are kept open: few agencies have an authority of their own. */
const mostAuthorities = 50

/** Resolves a name to all its addresses; DNS unless a test gives another. */
export type Resolve = (hostname: string) => Promise<readonly LookupAddress[]>

/** The process's one way out to the network: no connection is made to an address that is not allowed. */
export interface Outbound extends AsyncDisposable {
  readonly agent: Agent
  /** The same way for those who trust these certificates (PEM) as well; `agent` without any. */
  agentTrusting(ca: string | undefined): Agent
  /** Allows the host and port of this URL from now on, whatever its address. */
  allow(url: string | URL): void
  /** Never connects to where this URL leads, whatever is allowed: the gateway's own database is not for manifests to reach. */
  refuse(url: string): Promise<void>
  /** What is allowed now, as OUTBOUND_ALLOW writes it: gives a child process the same way out. */
  allowed(): string
  /** Throws ADDRESS_REFUSED for a URL that must not even be tried. `declaredPorts`: those that the manifest names itself. */
  admit(url: URL, declaredPorts: ReadonlySet<string>): void
}

/** `allow` is OUTBOUND_ALLOW. Throws an Error that names a wrong entry. */
export function createOutbound(
  settings: { readonly allow?: string | undefined; readonly resolve?: Resolve } = {},
): Outbound {
  const allowed = new AllowList(settings.allow)
  const resolve = settings.resolve ?? resolveByDns
  const open = (secureContext?: SecureContext): Agent =>
    new Agent({
      allowH2: false,
      factory: (origin) =>
        new Pool(origin, {
          allowH2: false,
          connections: connectionsAnOrigin,
          connect: guardedConnector(new URL(origin), allowed, resolve, secureContext),
        }),
    })
  const agent = open()
  // Connections are never shared with those who do not trust the same.
  const trusting = new Map<string, Agent>()
  return {
    agent,
    agentTrusting(ca) {
      if (ca === undefined) return agent
      const known = trusting.get(ca)
      const chosen = known ?? open(contextTrusting(ca))
      // The one that was used last is the last to be closed.
      trusting.delete(ca)
      trusting.set(ca, chosen)
      const [oldest] = trusting
      if (oldest !== undefined && trusting.size > mostAuthorities) {
        trusting.delete(oldest[0])
        void oldest[1].close()
      }
      return chosen
    },
    allow: (url) => {
      allowed.allow(url)
    },
    async refuse(url) {
      const { hostname, port } = new URL(url)
      const literal = literalOf(hostname)
      const addresses = literal === undefined ? (await resolve(hostname)).map(({ address }) => address) : [literal]
      for (const address of addresses.some(isOwn) ? [...addresses, ...ownAddresses()] : addresses) {
        allowed.refuse(address, port === '' ? postgresPort : port)
      }
    },
    allowed: () => allowed.toString(),
    admit(url, declaredPorts) {
      if (url.protocol !== 'http:' && url.protocol !== 'https:') throw new SourceFault('ADDRESS_REFUSED')
      if (url.username !== '' || url.password !== '') throw new SourceFault('ADDRESS_REFUSED')
      const port = url.port === '' ? defaultPort(url.protocol) : url.port
      const usual = port === '80' || port === '443' || declaredPorts.has(port)
      if (!usual && !allowed.names(url.hostname, port)) throw new SourceFault('ADDRESS_REFUSED')
      const literal = literalOf(url.hostname)
      if (literal !== undefined && !allowed.permits(url.hostname, port, literal))
        throw new SourceFault('ADDRESS_REFUSED')
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([agent, ...trusting.values()].map((one) => one.destroy()))
    },
  }
}

/**
 * Connects for one origin. The check is here, where the address is known that the socket really goes to: a name that was
 * checked earlier may have another address by now. Node asks no `lookup` for a literal address, so those are checked apart.
 */
function guardedConnector(
  origin: URL,
  allowed: AllowList,
  resolve: Resolve,
  secureContext: SecureContext | undefined,
): buildConnector.connector {
  const port = origin.port === '' ? defaultPort(origin.protocol) : origin.port
  const permits = (address: string): boolean => allowed.permits(origin.hostname, port, address)
  const connect = buildConnector({
    allowH2: false,
    timeout: defaultLimits.connectMs,
    lookup: guardedLookup(resolve, permits),
    ...(secureContext === undefined ? {} : { secureContext }),
  })
  return (options, callback) => {
    const literal = literalOf(options.hostname)
    if (literal !== undefined && !permits(literal)) callback(new SourceFault('ADDRESS_REFUSED'), null)
    else connect(options, callback)
  }
}

type LookupCallback = (error: NodeJS.ErrnoException | null, address: string | LookupAddress[], family?: number) => void

/**
 * One private answer among several refuses the name: which of them a socket takes is not for the name's owner to choose. To the
 * reader it is as a name that does not exist: which inner names there are is not for a manifest to find out.
 */
function guardedLookup(resolve: Resolve, permits: (address: string) => boolean) {
  return (hostname: string, options: LookupOptions, callback: LookupCallback): void => {
    resolve(hostname).then(
      (addresses) => {
        const first = addresses[0]
        if (first === undefined || !addresses.every(({ address }) => permits(address))) {
          const cause = new Error(`${hostname} leads to an address that is not allowed.`)
          callback(new SourceFault('UNREACHABLE', {}, cause), [])
        } else if (options.all === true) callback(null, [...addresses])
        else callback(null, first.address, first.family)
      },
      (error: unknown) => {
        callback(error instanceof Error ? error : new Error(String(error)), [])
      },
    )
  }
}

function resolveByDns(hostname: string): Promise<readonly LookupAddress[]> {
  return new Promise((fulfil, reject) => {
    lookup(hostname, { all: true }, (error, addresses) => {
      if (error === null) fulfil(addresses)
      else reject(error)
    })
  })
}

/** This machine's, on all its networks: a server that listens on loopback often does on them as well. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((addresses = []) => addresses.map(({ address }) => address))
}

function isOwn(address: string): boolean {
  const plain = unmapped(address)
  return plain !== undefined && (isThisMachine(plain) || ownAddresses().includes(plain))
}

function literalOf(hostname: string): string | undefined {
  const bare = hostname.replace(/^\[(.*)\]$/, '$1')
  return isIP(bare) === 0 ? undefined : bare
}
