import { randomBytes } from 'node:crypto'
import { halfOf, pour, sendBody, unreadable, type Behaviour } from './behaviour.js'

const block = Buffer.alloc(64 * 1024, 'a')

/** What goes wrong below the document: connections, statuses, lengths, redirects, certificates. */
export const wireBehaviours: readonly Behaviour[] = [
  {
    name: 'a body that never ends',
    play: (play) => {
      pour(play, (nth) => (nth === 0 ? play.good.body : block), 0)
    },
    expected: unreadable,
  },
  {
    name: 'a random body that never ends',
    play: (play) => {
      pour(play, () => randomBytes(64 * 1024), 0)
    },
    expected: unreadable,
  },
  {
    name: 'one byte at a time',
    play: (play) => {
      pour(play, (nth) => play.good.body.subarray(nth % play.good.body.length, (nth % play.good.body.length) + 1), 20)
    },
    expected: ['TOO_SLOW'],
  },
  {
    name: 'a length that is longer than the body',
    play: ({ response, good }) => {
      response.writeHead(200, { 'content-type': good.contentType, 'content-length': good.body.length + 1000 })
      response.write(good.body, () => response.socket?.end())
    },
    expected: ['TRUNCATED'],
  },
  {
    name: 'a length that is shorter than the body',
    play: ({ response, good }) => {
      // By hand: Node would not send it.
      const head = `HTTP/1.1 200 OK\r\ncontent-type: ${good.contentType}\r\ncontent-length: ${halfOf(good.body).length}\r\n\r\n`
      response.socket?.write(head)
      response.socket?.end(good.body)
    },
    expected: unreadable,
  },
  {
    name: 'a connection cut in the middle',
    play: ({ response, good }) => {
      response.writeHead(200, { 'content-type': good.contentType, 'content-length': good.body.length })
      response.write(halfOf(good.body), () => response.destroy())
    },
    expected: ['TRUNCATED'],
  },
  {
    name: 'a connection closed early without a length',
    play: ({ response, good }) => {
      response.socket?.write(`HTTP/1.1 200 OK\r\ncontent-type: ${good.contentType}\r\nconnection: close\r\n\r\n`)
      response.socket?.end(halfOf(good.body))
    },
    expected: unreadable,
  },
  {
    name: 'a whole answer with half of the document',
    play: (play) => {
      sendBody(play, halfOf(play.good.body))
    },
    expected: unreadable,
  },
  { name: 'a connection that is reset', play: ({ request }) => request.socket.destroy(), expected: ['UNREACHABLE'] },
  { name: 'no answer', play: () => undefined, expected: ['TIMEOUT'] },
  {
    name: 'a head and then nothing',
    play: ({ response, good }) => {
      response.writeHead(200, { 'content-type': good.contentType, 'content-length': good.body.length }).flushHeaders()
    },
    expected: ['TOO_SLOW', 'TIMEOUT'],
  },
  {
    name: 'no HTTP at all',
    play: ({ request }) => request.socket.end('SSH-2.0-OpenSSH_9.6\r\n\r\n'),
    expected: ['NOT_DATA', 'UNREACHABLE'],
  },
  {
    name: 'a megabyte of headers',
    play: ({ request }) =>
      request.socket.end(`HTTP/1.1 200 OK\r\n${'x-more: a long header of no use\r\n'.repeat(32_000)}\r\n`),
    expected: ['NOT_DATA', 'UNREACHABLE'],
  },
  {
    name: 'status 429 with Retry-After in seconds',
    play: ({ response }) => response.writeHead(429, { 'retry-after': '3600' }).end(),
    expected: ['BUSY'],
  },
  {
    name: 'status 429 with Retry-After in ten years',
    play: ({ response }) => response.writeHead(429, { 'retry-after': 'Wed, 01 Jan 2036 00:00:00 GMT' }).end(),
    expected: ['BUSY'],
  },
  {
    name: 'status 429 with a Retry-After that nobody can read',
    play: ({ response }) => response.writeHead(429, { 'retry-after': 'soon' }).end(),
    expected: ['BAD_STATUS'],
  },
  { name: 'a storm of 503', play: ({ response }) => response.writeHead(503).end('down'), expected: ['BAD_STATUS'] },
  { name: 'status 500', play: ({ response }) => response.writeHead(500).end('trace'), expected: ['BAD_STATUS'] },
  { name: 'status 401', play: ({ response }) => response.writeHead(401).end(), expected: ['UNAUTHORISED'] },
  { name: 'status 404', play: ({ response }) => response.writeHead(404).end(), expected: ['NOT_FOUND'] },
  { name: 'status 410', play: ({ response }) => response.writeHead(410).end(), expected: ['NOT_FOUND'] },
  {
    name: 'an error at every other request',
    play: (play) => {
      if (play.nth % 2 === 1) play.response.writeHead(502).end()
      else sendBody(play, play.good.body)
    },
    expected: ['SUCCESS'],
  },
  {
    name: 'a redirect loop',
    play: ({ response, request }) => response.writeHead(302, { location: request.url ?? '/' }).end(),
    expected: ['BAD_STATUS'],
  },
  ...[
    'http://169.254.169.254/latest/meta-data/',
    'http://[::ffff:169.254.169.254]/',
    'http://10.0.0.1/',
    'file:///etc/passwd',
    'gopher://127.0.0.1:70/',
  ].map((location): Behaviour => ({
    name: `a redirect to ${location}`,
    play: ({ response }) => response.writeHead(302, { location }).end(),
    expected: ['ADDRESS_REFUSED'],
  })),
  {
    name: 'a redirect to a server inside',
    play: ({ response, elsewhere }) => response.writeHead(307, { location: elsewhere.canary }).end(),
    expected: ['ADDRESS_REFUSED'],
  },
  {
    name: 'a certificate that nobody vouches for',
    play: ({ response, elsewhere }) => response.writeHead(302, { location: elsewhere.selfSigned }).end(),
    expected: ['BAD_CERTIFICATE'],
  },
  {
    name: 'a certificate that has expired',
    play: ({ response, elsewhere }) => response.writeHead(302, { location: elsewhere.expired }).end(),
    expected: ['BAD_CERTIFICATE'],
  },
]
