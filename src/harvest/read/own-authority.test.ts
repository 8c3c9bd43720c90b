import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { expect, test } from '@jest/globals'
import { certificateAuthority } from '../../../test/hostile/certificate.js'
import { HarvestBench, schoolsCsv, schoolsManifest } from '../harvest.fixture.js'

test('a source whose certificate is of the agency’s own authority is harvested once the manifest names that', async () => {
  const yesterday = new Date(Date.now() - 86_400_000)
  const authority = certificateAuthority('Sở', yesterday)
  const server = createServer(authority.certificate(yesterday), (_request, response) => {
    response.end(schoolsCsv(['a', 'b']))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `https://127.0.0.1:${port}/schools.csv`
  const bench = await HarvestBench.open()
  try {
    bench.outbound.allow(url)
    const harvest = await bench.replica()
    const manifest = schoolsManifest(bench.upstream, 'own', { options: { url } })
    const { connectorId } = await bench.register(manifest)
    await harvest.registry.reload()
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({
      outcome: 'FAILED',
      fault: { code: 'BAD_CERTIFICATE' },
    })
    await bench.register({ ...manifest, tls: { ca: authority.cert } })
    await harvest.registry.reload()
    expect(await harvest.run(connectorId, 'manual')).toMatchObject({ outcome: 'PUBLISHED', added: 2 })
  } finally {
    await bench.dispose()
    server.closeAllConnections()
    server.close()
  }
})
