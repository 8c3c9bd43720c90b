import type { Viewer } from '../../src/access/viewer.js'
import type { GatewayOptions } from '../../src/gateway.js'
import { agencyHeader } from '../support/agency-http.js'
import { createGatewayWorld, type GatewayWorld } from '../support/gateway-world.js'
import { serveMutableFile, type MutableFile } from '../support/mutable-file.js'
import { until } from '../support/until.js'

export interface Registered {
  readonly code: string
  readonly version: number
  readonly outcome: string
}

export interface Ran {
  readonly id: string
  readonly outcome: string
  readonly read: number
  readonly added: number
  readonly changed: number
  readonly removed: number
  readonly setAside: number
  readonly error: { readonly code: string } | null
}

export interface RegistrationWorld extends GatewayWorld {
  /** The viewer that a new key of this agency makes. */
  keyOf(agency: string): Promise<Viewer>
  /** A source that may be read, as long as the world is there. */
  serve(body: Buffer): Promise<MutableFile>
  register(manifest: Record<string, unknown>, viewer: Viewer): Promise<Registered>
  /** Registers a connector, and waits until it was read for the first time. */
  connect(manifest: Record<string, unknown>, viewer: Viewer): Promise<void>
  run(code: string, viewer: Viewer): Promise<Ran>
  /** Until notices say what is to be said of the run. */
  watched(code: string, runId: string): Promise<void>
  /** The answer's data; throws when there are errors. */
  ask<Data>(text: string, variables: Record<string, unknown>, viewer: Viewer): Promise<Data>
  /** `CODE message` of the first error. */
  refusal(text: string, variables: Record<string, unknown>, viewer: Viewer): Promise<string>
}

/** A gateway without the manifests of samples, for agencies that register by themselves. */
export async function createRegistrationWorld(options: Partial<GatewayOptions> = {}): Promise<RegistrationWorld> {
  const world = await createGatewayWorld({ samples: false, ...options })
  await world.gateway.harvest.firstHarvests
  const sources: MutableFile[] = []
  const ask = async <Data>(text: string, variables: Record<string, unknown>, viewer: Viewer): Promise<Data> => {
    const { data, errors } = await world.query(text, variables, viewer)
    if (errors !== undefined) throw new Error(JSON.stringify(errors))
    return data as Data
  }
  const registered = async (manifest: Record<string, unknown>, viewer: Viewer): Promise<Registered> =>
    (await ask<{ registerConnector: Registered }>(register, { manifest }, viewer)).registerConnector
  const isThere = (what: string, query: string, values: readonly unknown[]) =>
    until(what, async () => ((await world.database.pool.query(query, [...values])).rowCount ?? 0) > 0)
  return {
    ...world,
    ask,
    async keyOf(agency) {
      return world.gateway.authenticate(await agencyHeader(world, agency))
    },
    async serve(body) {
      const source = await serveMutableFile(body)
      sources.push(source)
      world.outbound.allow(source.url)
      return source
    },
    register: registered,
    async connect(manifest, viewer) {
      const { code } = await registered(manifest, viewer)
      await isThere(
        `the first run of ${code} has ended`,
        'select 1 from gateway.run r join gateway.connector c on c.id = r.connector_id where c.code = $1 and r.finished_at is not null',
        [code],
      )
    },
    async run(code, viewer) {
      return (await ask<{ runConnector: Ran }>(run, { code }, viewer)).runConnector
    },
    async watched(code, runId) {
      await isThere(
        `run ${runId} was looked at`,
        `select 1 from gateway.connector_watch w join gateway.connector c on c.id = w.connector_id
         where c.code = $1 and w.last_run_id >= $2`,
        [code, runId],
      )
    },
    async dispose() {
      try {
        await world.dispose()
      } finally {
        for (const source of sources) await source.close()
      }
    },
    async refusal(text, variables, viewer) {
      const { errors } = await world.query(text, variables, viewer)
      const [first] = errors ?? []
      return first === undefined ? 'no error' : `${String(first.extensions['code'])} ${first.message}`
    },
  }
}

export const csv = (rows: readonly string[]): Buffer => Buffer.from(['code,name', ...rows, ''].join('\n'))

/** A manifest over a CSV of traffic cameras for a dataset of its own. */
export function cameras(url: string, code: string, rest: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    connector: code,
    dataset: code,
    datasetEntry: { title: { vi: 'Máy quay', en: 'Cameras' } },
    driver: 'csv',
    options: { url },
    resources: [
      {
        name: 'cameras',
        recordType: 'TrafficCamera',
        fields: { code: { column: 'code' }, name: { column: 'name' } },
      },
    ],
    refresh: { mode: 'snapshot', every: 'PT24H' },
    ...rest,
  }
}

export const register = 'mutation($manifest: JSON!) { registerConnector(manifest: $manifest) { code version outcome } }'
export const run =
  'mutation($code: ID!) { runConnector(code: $code) { id outcome read added changed removed setAside error { code } } }'
