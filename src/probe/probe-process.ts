// The process in which a probe parses an agency's file, apart from the one that answers queries: started by `ChildProbes`.
import 'reflect-metadata'
import { loadDrivers } from '../connectors/drivers.js'
import { createEndpointResolver } from '../connectors/outbound/endpoint-resolver.js'
import { createOutbound } from '../connectors/outbound/outbound.js'
import { openPool } from '../database/open-pool.js'
import { GatewayError } from '../errors/gateway-error.js'
import { liveBeside } from '../harvest/reading/program-life.js'
import { buildRecordTypes } from '../records/schema/build-record-types.js'
import { valueOrThrow } from '../records/schema/schema-problem.js'
import { knowsConnector, knowsDataset } from './known-codes.js'
import { ownProcessProbe } from './own-process-probe.js'
import type { FromProbe, ProbeTask } from './probe-messages.js'
import type { ProbeReport } from './report-objects.js'
import { storedReferences } from './stored-places.js'

async function probe(task: ProbeTask): Promise<ProbeReport> {
  const { databaseUrl, timeZone, allowed, samples, folder, taken } = task
  const types = valueOrThrow(buildRecordTypes(task.types, task.codeLists, task.revision, { taken }))
  const pool = openPool({ connectionString: databaseUrl, application_name: 'gateway probe', max: 4 })
  await using outbound = createOutbound({ allow: allowed })
  const place = ownProcessProbe({
    drivers: await loadDrivers(),
    outbound,
    // Files of the gateway itself are nothing that an agency may try.
    endpoints: createEndpointResolver({ samples, bundled: undefined }),
    types: () => types,
    taken,
    references: () => storedReferences(pool, types),
    knowsDataset: (code) => knowsDataset(pool, code),
    knowsConnector: (code) => knowsConnector(pool, code),
    timeZone,
    downloadsFolder: folder,
  })
  return await place.probe(task.input, task.request)
}

async function answerTo(task: ProbeTask): Promise<FromProbe> {
  try {
    return { kind: 'report', report: await probe(task) }
  } catch (error) {
    if (error instanceof GatewayError) {
      const { code, message, extensions } = error
      return { kind: 'refused', code, message, extensions }
    }
    return { kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}

function tell(message: FromProbe): void {
  process.send?.(message)
}

process.once('message', (task: ProbeTask) => {
  void answerTo(task).then(tell)
})
liveBeside(() => {
  tell({ kind: 'alive' })
})
