// A gateway's harvest as a process of its own, to be killed: starts on `start`, runs the connector on `run`.
import { loadDrivers } from '../../src/connectors/drivers.js'
import { createOutbound } from '../../src/connectors/outbound/outbound.js'
import { createHarvest, type Harvest } from '../../src/harvest/harvest.js'
import { silent } from '../../src/harvest/silent-logger.fixture.js'
import { smallTypes } from '../../src/records/schema/small-types.fixture.js'
import { readingProgram } from '../support/reading-program.js'
import type { FromHarvester, ToHarvester } from './harvester-process.js'

const drivers = await loadDrivers()
const types = smallTypes()
let harvest: Harvest | undefined

process.on('message', (message: ToHarvester) => {
  handle(message).then(tell, (error: unknown) => {
    tell({ kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  })
})
process.on('disconnect', () => {
  process.exit(0)
})
tell({ kind: 'loaded' })

async function handle(message: ToHarvester): Promise<FromHarvester> {
  if (message.kind === 'start') {
    const outbound = createOutbound()
    outbound.allow(message.upstream)
    harvest = createHarvest({
      databaseUrl: message.databaseUrl,
      drivers,
      outbound,
      endpoints: { sample: () => undefined, file: () => Promise.resolve(undefined) },
      types: () => types,
      logger: silent,
      timeZone: 'Asia/Ho_Chi_Minh',
      schedule: message.schedule,
      ...(message.apart ? { readingProgram } : {}),
    })
    await harvest.start()
    return { kind: 'started' }
  }
  if (harvest === undefined) throw new Error('It was not started.')
  if (message.kind === 'first') {
    await harvest.firstHarvests
    return { kind: 'ended', outcome: 'FIRST' }
  }
  const { outcome } = await harvest.run(message.connectorId, 'manual')
  return { kind: 'ended', outcome }
}

function tell(message: FromHarvester): void {
  process.send?.(message)
}
