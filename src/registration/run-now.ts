import { setTimeout as pause } from 'node:timers/promises'
import type { EntityManager } from 'typeorm'
import { IsNull } from 'typeorm'
import { actorOf, appendAudit } from '../access/audit/append-audit.js'
import type { Viewer } from '../access/viewer.js'
import { queriesIn } from '../database/queries.js'
import { GatewayError } from '../errors/gateway-error.js'
import type { Connector } from './entities/connector.js'
import { ConnectorRun } from './entities/connector-run.js'
import { refuseRetired } from './own-connector.js'
import type { RegistrationPorts } from './registration.js'

const defaultPatienceMs = 8_000
const lookAgainMs = 50

/**
 * Runs a connector now, whatever its schedule. The answer is the run: ended, or still under way when it takes longer than the
 * client is kept waiting. Throws CONFLICT when it is being run, or when its source is not read in runs.
 */
export async function runNow(
  ports: RegistrationPorts,
  manager: EntityManager,
  viewer: Viewer,
  connector: Connector,
): Promise<ConnectorRun> {
  refuseRetired(connector)
  const mode = await readMode(manager, connector)
  if (mode === 'LOOKUP') throw new GatewayError('CONFLICT', 'Its source answers only by key; queries read it.')
  if (mode === 'PUSHED') throw new GatewayError('CONFLICT', 'Its data is uploaded; there is no source to read.')
  const last = await newestRun(manager, connector.id)
  await manager.transaction(async (transaction) => {
    const subject = `connector ${connector.code}`
    await appendAudit(queriesIn(transaction), actorOf(viewer), { action: 'connector.run', subject })
  })
  const patience = new AbortController()
  const running = ports.run(connector.id, 'manual')
  // It may go on behind the answer, and then nobody waits for it.
  running.catch((error: unknown) => {
    ports.logger.warn({ err: error, connector: connector.code }, 'A run that was asked for could not be made.')
  })
  try {
    const waited = pause(ports.runPatienceMs ?? defaultPatienceMs, undefined, { signal: patience.signal })
    waited.catch(() => undefined)
    const result = await Promise.race([running, waited])
    if (result?.outcome === 'BUSY') {
      throw new GatewayError('CONFLICT', `Connector ${connector.code} is being run already; see its runs.`)
    }
    if (result !== undefined && 'runId' in result) {
      return await manager.getRepository(ConnectorRun).findOneByOrFail({ id: result.runId })
    }
    return await underWay(manager, connector, last)
  } finally {
    patience.abort()
  }
}

async function readMode(manager: EntityManager, { id }: Connector): Promise<string | undefined> {
  const [row] = await manager.query<{ mode: string }[]>(
    'select mode from gateway.resource where connector_id = $1 and active limit 1',
    [id],
  )
  return row?.mode
}

async function newestRun(manager: EntityManager, connectorId: number): Promise<ConnectorRun | null> {
  return manager.getRepository(ConnectorRun).findOne({ where: { connectorId }, order: { id: 'DESC' } })
}

async function underWay(
  manager: EntityManager,
  { id: connectorId, code }: Connector,
  last: ConnectorRun | null,
): Promise<ConnectorRun> {
  for (let look = 0; look < 20; look++) {
    const newest = await newestRun(manager, connectorId)
    if (newest !== null && newest.id !== last?.id) return newest
    await pause(lookAgainMs)
  }
  const open = await manager.getRepository(ConnectorRun).findOneBy({ connectorId, finishedAt: IsNull() })
  if (open !== null) return open
  throw new GatewayError('CONFLICT', `Connector ${code} could not be run now; try again in a minute.`)
}
