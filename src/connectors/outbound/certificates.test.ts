import { once } from 'node:events'
import { createServer, type Server } from 'node:https'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { certificateAuthority, selfSignedCertificate, type Certificate } from '../../../test/hostile/certificate.js'
import { tlsSchema } from './certificate-authority.js'
import { createOutbound, type Outbound } from './outbound.js'
import { createSource } from './source.js'

const day = 86_400_000
const yesterday = new Date(Date.now() - day)
const agency = certificateAuthority('An agency', yesterday)
const other = certificateAuthority('Another agency', yesterday)

let outbound: Outbound
const servers: Server[] = []
let requests = 0
beforeAll(() => {
  outbound = createOutbound({ allow: '127.0.0.1' })
})
afterAll(async () => {
  await outbound[Symbol.asyncDispose]()
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
})

async function serve(certificate: Certificate): Promise<string> {
  const server = createServer(certificate, (_request, response) => {
    requests++
    response.end('read')
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return `https://127.0.0.1:${address.port}`
}

async function read(url: string, ca?: string): Promise<string> {
  await using source = createSource({
    outbound,
    options: { url },
    resolver: { sample: () => undefined, file: () => Promise.resolve(undefined) },
    signal: new AbortController().signal,
    limits: { attempts: 3, pauseMs: 1 },
    ca,
  })
  return await (await source.request(url)).text()
}

describe('an agency whose certificate is of its own authority', () => {
  test('is read when that authority is given, and only by those who gave it', async () => {
    const url = await serve(agency.certificate(yesterday))
    expect(await read(url, agency.cert)).toBe('read')
    expect(await read(url, `${other.cert}${agency.cert}`)).toBe('read')
    const before = requests
    // The connection that is open is not for those who do not trust the authority.
    const refused = { code: 'BAD_CERTIFICATE', message: expect.stringContaining('named by tls.ca in the manifest') }
    await expect(read(url)).rejects.toMatchObject(refused)
    await expect(read(url, other.cert)).rejects.toMatchObject(refused)
    expect(requests).toBe(before)
  })

  test('may have one that it has signed itself', async () => {
    const own = selfSignedCertificate(yesterday)
    const url = await serve(own)
    expect(await read(url, own.cert)).toBe('read')
    await expect(read(url)).rejects.toMatchObject({ code: 'BAD_CERTIFICATE' })
  })

  test.each([
    ['has expired', agency.certificate(new Date(Date.now() - 400 * day)), 'it has expired'],
    ['is not valid yet', agency.certificate(new Date(Date.now() + day)), 'it is not valid yet'],
    ['is for another name', agency.certificate(yesterday, 'none'), 'it is for another name'],
  ])('is not read with a certificate that %s, and says so', async (_what, certificate, detail) => {
    const url = await serve(certificate)
    const before = requests
    await expect(read(url, agency.cert)).rejects.toMatchObject({
      code: 'BAD_CERTIFICATE',
      details: { detail: { en: detail } },
    })
    expect(requests).toBe(before)
  })
})

describe('the authority in a manifest', () => {
  test('is one certificate or several', () => {
    expect(tlsSchema.safeParse({ ca: agency.cert }).success).toBe(true)
    expect(tlsSchema.safeParse({ ca: `# Sở\n${agency.cert}\n${other.cert}` }).success).toBe(true)
  })

  test.each([
    ['nothing', '', 'no certificate'],
    ['a text', 'trust me', 'no certificate'],
    ['half a certificate', agency.cert.slice(0, 300), 'no certificate'],
    ['a certificate with something else', `${agency.cert}-----BEGIN X509 CRL-----`, 'no certificate'],
    ['a certificate of nothing', agency.cert.replace(/[A-Z]/g, 'A'), 'no certificate'],
    ['a private key', agency.certificate(yesterday).key, 'a private key'],
    ['a certificate with its key', `${agency.cert}${agency.certificate(yesterday).key}`, 'a private key'],
  ])('is not %s', (_what, ca, message) => {
    expect(JSON.stringify(tlsSchema.safeParse({ ca }).error?.issues)).toContain(message)
  })
})
