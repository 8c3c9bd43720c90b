/** What is served where, for the person at the terminal. */
export function announcement(
  url: string,
  samples: ReadonlyMap<string, string>,
  switchUrl: string | undefined,
  database: string,
  token: string | undefined,
): string {
  const socket = url.replace(/^http/, 'ws')
  const rows: readonly (readonly [string, string])[] = [
    ['Page', `${url}/`],
    ['GraphQL, and GraphiQL in a browser', `${url}/graphql`],
    ['Subscriptions by WebSocket', `${socket}/graphql`],
    ['Subscriptions by server-sent events', `${url}/graphql/stream`],
    ['Health', `${url}/health/live  ${url}/health/ready`],
    ['Metrics', `${url}/metrics`],
    ['Database', database],
    ...[...samples].map(([code, address]) => [`Sample agency ${code}`, `${address}/`] as const),
    ...(switchUrl === undefined
      ? []
      : [['Stop or start one of them', `curl -X POST ${switchUrl}/transport/stop`] as const]),
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  const lines = rows.map(([name, address]) => `  ${name.padEnd(width)}  ${address}`)
  const secret =
    token === undefined
      ? []
      : ['', `Administrator's key, shown this once: ${token}`, 'Send it as Authorization: Bearer <key>.']
  return ['The open data gateway is ready.', '', ...lines, ...secret, ''].join('\n')
}
