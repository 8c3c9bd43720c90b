import type { Viewer } from '../../src/access/viewer.js'
import type { GatewayOptions } from '../../src/gateway.js'
import { administrator } from '../support/agency-http.js'
import { createGatewayWorld, type GatewayWorld } from '../support/gateway-world.js'

export { administrator }

export interface RegistrationWorld extends GatewayWorld {
  /** The viewer that a new key of this agency makes. */
  keyOf(agency: string): Promise<Viewer>
  /** The answer's data; throws when there are errors. */
  ask<Data>(text: string, variables: Record<string, unknown>, viewer: Viewer): Promise<Data>
  /** `CODE message` of the first error. */
  refusal(text: string, variables: Record<string, unknown>, viewer: Viewer): Promise<string>
}

export const coordinator: Viewer = { role: 'COORDINATOR', agencyCode: undefined, keyId: undefined }

/** A gateway without the manifests of samples, for agencies that register by themselves. */
export async function createRegistrationWorld(options: Partial<GatewayOptions> = {}): Promise<RegistrationWorld> {
  const world = await createGatewayWorld({ samples: false, ...options })
  await world.gateway.harvest.firstHarvests
  return {
    ...world,
    async keyOf(agency) {
      const { data } = await world.query(
        'mutation($agency: ID!) { createKey(input: { role: AGENCY, agency: $agency, label: "test" }) { token } }',
        { agency },
        administrator,
      )
      const { token } = (data as { createKey: { token: string } }).createKey
      return world.gateway.authenticate(`Bearer ${token}`)
    },
    async ask<Data>(text: string, variables: Record<string, unknown>, viewer: Viewer) {
      const { data, errors } = await world.query(text, variables, viewer)
      if (errors !== undefined) throw new Error(JSON.stringify(errors))
      return data as Data
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
