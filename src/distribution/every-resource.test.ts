import fastify, { type FastifyInstance } from 'fastify'
import type { AddressInfo } from 'node:net'
import { z } from 'zod'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createGatewayWorld, type GatewayWorld } from '../../test/support/gateway-world.js'

let world: GatewayWorld
let app: FastifyInstance
let url: string
beforeAll(async () => {
  world = await createGatewayWorld()
  await world.gateway.harvest.firstHarvests
  app = fastify()
  for (const add of world.gateway.routes) add(app)
  await app.listen({ host: '127.0.0.1', port: 0 })
  url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
}, 120_000)
afterAll(async () => {
  app.server.closeAllConnections()
  await app.close()
  await world.dispose()
})

const answerShape = z.object({
  datasets: z.object({
    nodes: z.array(
      z.object({
        code: z.string(),
        resources: z.array(
          z.object({
            name: z.string(),
            recordCount: z.int(),
            source: z.object({ state: z.string(), mode: z.string() }),
            downloads: z.array(z.object({ format: z.string(), url: z.string(), mediaType: z.string() })),
          }),
        ),
      }),
    ),
  }),
})

test('every resource that was fetched is there in every format, with as many records as it has', async () => {
  const answer = await world.query(
    '{ datasets(first: 1000) { nodes { code resources { name recordCount source { state mode } downloads { format url mediaType } } } } }',
  )
  expect(answer.errors).toBeUndefined()
  const { nodes } = answerShape.parse(answer.data).datasets
  const fetched = nodes.flatMap(({ code, resources }) =>
    resources.filter(({ source }) => source.state === 'FRESH').map((resource) => ({ code, ...resource })),
  )
  expect(fetched.length).toBeGreaterThan(10)
  for (const { code, name, recordCount, source, downloads } of fetched) {
    expect(downloads.map(({ format }) => format)).toEqual(['csv', 'json', 'ndjson', 'xml', 'xlsx', 'geojson'])
    for (const { format, url: path, mediaType } of downloads) {
      const response = await fetch(url + path)
      expect([path, response.status, response.headers.get('content-type')]).toEqual([path, 200, mediaType])
      const bytes = Buffer.from(await response.arrayBuffer())
      if (format !== 'ndjson') continue
      const lines = bytes.toString().split('\n').slice(0, -1)
      for (const line of lines) JSON.parse(line)
      // What is live or looked up may have changed since it was counted.
      if (source.mode === 'SNAPSHOT') expect([code, name, lines.length]).toEqual([code, name, recordCount])
    }
    const schema = await fetch(`${url}/datasets/${code}/${name}.xsd`)
    expect(schema.status).toBe(200)
    const described = await fetch(`${url}/datasets/${code}/datapackage.json`)
    expect(await described.json()).toMatchObject({
      resources: expect.arrayContaining([expect.objectContaining({ title: expect.any(String) })]),
    })
  }
}, 120_000)
