import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { sampleAgencies } from '../../examples/agencies/index.js'
import { loadDrivers } from '../connectors/drivers.js'
import { createEndpointResolver } from '../connectors/outbound/endpoint-resolver.js'
import { createOutbound } from '../connectors/outbound/outbound.js'
import { GatewayError } from '../errors/gateway-error.js'
import { dayIn, offsetIn } from '../harvest/read/province-time.js'
import { loadRecordTypes } from '../records/schema/load-record-types.js'
import { contractNames } from '../records/schema/names.js'
import { fileReferences } from './file-references.js'
import { presentReport } from './present-report.js'
import { probeConnector } from './probe-connector.js'
import { reportText } from './report-text.js'

export interface CheckSettings {
  /** The installation's folder, with `schema/`, `connectors/` and `data-sources/`. */
  readonly folder: string
  /** As OUTBOUND_ALLOW. */
  readonly outboundAllow: string
  readonly timeZone: string
  /** Stands behind `uploaded:`. */
  readonly upload?: string | undefined
}

export interface CheckResult {
  readonly text: string
  readonly publishable: boolean
}

/**
 * Tries a manifest file on its source, by the record types and manifests of the files: no gateway and no database are needed.
 * Sample agencies that it names run for as long as it takes.
 */
export async function checkFile(file: string, settings: CheckSettings): Promise<CheckResult> {
  const { folder, outboundAllow, timeZone, upload } = settings
  const manifest = await readFile(file, 'utf8')
  await using stack = new AsyncDisposableStack()
  const outbound = stack.use(createOutbound({ allow: outboundAllow }))
  const samples = new Map<string, string>()
  for (const code of new Set([...manifest.matchAll(/\{sample:([a-z0-9-]+)\}/g)].map((match) => match[1] ?? ''))) {
    const running = await sampleAgencies.get(code)?.().listen(0)
    if (running === undefined) continue
    stack.defer(() => running.close())
    outbound.allow(running.url)
    samples.set(code, running.url)
  }
  const drivers = await loadDrivers()
  const types = await loadRecordTypes(join(folder, 'schema'), { taken: contractNames })
  const endpoints = createEndpointResolver({ samples, bundled: join(folder, 'data-sources') })
  const now = new Date()
  const references = fileReferences({
    folder: join(folder, 'connectors'),
    ...{ drivers, outbound, endpoints, types },
    today: dayIn(timeZone, now),
    timeOffset: offsetIn(timeZone, now),
  })
  try {
    const report = await probeConnector(
      {
        ...{ drivers, outbound, endpoints, timeZone },
        types: () => types,
        taken: contractNames,
        references: () => references,
        knowsDataset: () => Promise.resolve(true),
        knowsConnector: () => Promise.resolve(false),
      },
      { manifest },
      { agency: undefined, ...(upload === undefined ? {} : { file: { path: upload, name: basename(upload) } }) },
    )
    const presented = presentReport(report)
    return { text: reportText(presented), publishable: presented.publishable }
  } catch (error) {
    if (!(error instanceof GatewayError)) throw error
    return { text: `FAILS: ${error.message}\n`, publishable: false }
  }
}
