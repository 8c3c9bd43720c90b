import { z } from 'zod'

const answerSchema = z.object({ data: z.unknown().optional(), errors: z.array(z.unknown()).optional() })

export const administrator = 'bench-administrator'

/** Asks the gateway as its administrator. Throws what the answer's errors say. */
export async function ask(port: number, query: string, variables: object = {}): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${administrator}` },
    body: JSON.stringify({ query, variables }),
  })
  const { data, errors } = answerSchema.parse(await response.json())
  if (errors !== undefined) throw new Error(JSON.stringify(errors).slice(0, 1000))
  return data
}

export interface ConnectorSketch {
  readonly code: string
  /** Undefined: the gateway's own. */
  readonly agency?: string | undefined
  readonly driver: 'csv' | 'rest-json'
  readonly url: string
  readonly recordType: string
  readonly fields: readonly string[]
  readonly refresh: object
}

/** Registers a connector with a dataset of its own. */
export async function register(port: number, sketch: ConnectorSketch): Promise<void> {
  const { code, agency, driver, url, recordType, fields, refresh } = sketch
  const read = (name: string): object => (driver === 'csv' ? { column: name } : { path: name })
  const manifest = {
    connector: code,
    ...(agency === undefined ? {} : { agency }),
    dataset: code,
    datasetEntry: { title: { vi: code, en: code }, license: 'CC-BY-4.0' },
    driver,
    options: { url },
    resources: [{ name: 'records', recordType, fields: Object.fromEntries(fields.map((name) => [name, read(name)])) }],
    refresh,
  }
  await ask(port, 'mutation($manifest: JSON!) { registerConnector(manifest: $manifest) { outcome } }', { manifest })
}
