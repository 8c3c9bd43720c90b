import type { Connector } from '../registration/connector.js'
import type { ReadTask } from '../run/checked-row.js'
import type { Staged } from '../run/stage-resource.js'

/**
 * The reading of one run's resources, one after the other; they share what is downloaded. Its disposal gives back all that it
 * holds.
 */
export interface Reading extends AsyncDisposable {
  /** Reads a resource into a table made for it. Throws a SourceFault, or the signal's reason. */
  stage(task: ReadTask, table: string, signal: AbortSignal): Promise<Staged>
}

/** Where runs read their sources: in this process, or in one of their own. */
export interface Readings {
  /** Waits until there is room for one more. Throws the signal's reason. */
  open(connector: Connector, signal: AbortSignal): Promise<Reading>
}
