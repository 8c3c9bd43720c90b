/** The name by which limits know a client: a household has a whole /64 of IPv6 addresses. Some proxies write a port behind the address. */
export function addressGroup(address: string): string {
  const bare = /^\[(.*)\](?::\d+)?$/.exec(address)?.[1] ?? /^([\d.]+):\d+$/.exec(address)?.[1] ?? address
  if (!bare.includes(':') || bare.startsWith('::ffff:')) return bare
  const [head = '', tail] = bare.split('::')
  const groups = head.split(':')
  const rest = tail === undefined || tail === '' ? [] : tail.split(':')
  const zeros = tail === undefined ? 0 : 8 - groups.length - rest.length
  return [...groups, ...Array<string>(Math.max(zeros, 0)).fill('0'), ...rest].slice(0, 4).join(':')
}
