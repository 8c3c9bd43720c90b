import type { Secrets } from '../access/secrets.js'
import type { ControlContext } from '../catalog/control-context.js'
import type { RunResult } from '../harvest/run/run-connector.js'
import type { RunReason } from '../harvest/run/run-log.js'
import type { RecordTypes } from '../records/schema/record-type.js'
import type { TakenNames } from '../records/schema/names.js'
import type { Logger } from '../harvest/logger.js'
import type { RuntimeParts } from './register.js'
import { createRunLoaders, type RunLoaders } from './run-pages.js'

/** What managing connectors and record types needs of the rest of the gateway. */
export interface RegistrationPorts extends RuntimeParts {
  readonly secrets: Secrets
  readonly logger: Logger
  /** Mail is sent by this gateway. */
  readonly sendsMail: boolean
  /** Names that record types may not take. */
  readonly taken: TakenNames
  /** Makes these record types the public ones here, at once; other replicas are told by the database. */
  readonly adopt: (types: RecordTypes) => void
  /** As Harvest.run. */
  readonly run: (connectorId: number, reason: RunReason) => Promise<RunResult>
  /** Settles when the harvest knows what was registered until now. */
  readonly reload: () => Promise<void>
  /** How long the mutation runConnector waits for the run's end; then it answers with the run under way. Milliseconds. */
  readonly runPatienceMs?: number
}

/** What the resolvers of this feature find in their context beside the control plane's own. */
export interface RegistrationContext extends ControlContext {
  readonly registration: RegistrationPorts
  readonly runLoaders: RunLoaders
}

/** The context of one operation. */
export function registrationContext(context: ControlContext, registration: RegistrationPorts): RegistrationContext {
  return { ...context, registration, runLoaders: createRunLoaders(context.manager) }
}

/** Reads the source behind the answer; how it went is in the runs. */
export function harvestSoon({ run, logger }: RegistrationPorts, connectorId: number): void {
  run(connectorId, 'registered').catch((error: unknown) => {
    logger.warn({ err: error, connectorId }, 'A registered connector could not be run at once; its schedule does it.')
  })
}
