import { BlockList, isIP, SocketAddress } from 'node:net'
import ipaddr from 'ipaddr.js'

// The special-purpose registries of IANA; the last one is the platform address of a cloud, which looks like any other.
const closedIpv4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '168.63.129.16/32',
]

// Of IPv6 only global unicast is open. These parts of it lead elsewhere: protocol assignments with Teredo, documentation, 6to4.
const openIpv6 = ['2000::/3']
const closedIpv6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

// Where clouds hand out credentials to whoever asks from inside. No allow list opens these.
const metadata = [
  '169.254.169.254/32',
  '169.254.170.2/32',
  '169.254.170.23/32',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  'fd00:ec2::254/128',
  'fd00:ec2::23/128',
  'fd20:ce::254/128',
]

const thisMachine = blockList(['127.0.0.0/8', '0.0.0.0/8', '::1/128', '::/128'])
const closed = blockList([...closedIpv4, ...closedIpv6])
const open = blockList(openIpv6)
const metadataList = blockList(metadata)

/** May anybody's manifest lead to this address? Takes an IPv4 or IPv6 literal without brackets. */
export function isPublicAddress(address: string): boolean {
  const plain = unmapped(address)
  if (plain === undefined) return false
  if (isIP(plain) === 4) return !closed.check(plain, 'ipv4')
  return open.check(plain, 'ipv6') && !closed.check(plain, 'ipv6')
}

export function isMetadataAddress(address: string): boolean {
  const plain = unmapped(address)
  return plain !== undefined && metadataList.check(plain, isIP(plain) === 4 ? 'ipv4' : 'ipv6')
}

/** An address that whoever is on this machine reaches it by; takes what `unmapped` gives. */
export function isThisMachine(address: string): boolean {
  return thisMachine.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6')
}

/** An IPv4 address written as IPv6 (`::ffff:7f00:1`) is that IPv4 address: the sockets reach the same host. */
export function unmapped(address: string): string | undefined {
  const bare = address.replace(/%.*$/, '')
  if (isIP(bare) === 0) return undefined
  if (isIP(bare) === 4) return bare
  // The system's own parser, which the sockets use too: others read `::8.8.8.8` differently.
  const canonical = new SocketAddress({ address: bare, family: 'ipv6' }).address
  return /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(canonical)?.[1] ?? canonical
}

/** Addresses in CIDR notation. */
export function blockList(ranges: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of ranges) {
    const [address, bits] = ipaddr.parseCIDR(range)
    list.addSubnet(address.toString(), bits, address.kind())
  }
  return list
}
