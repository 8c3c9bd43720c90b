import type { ConnectionPlan, ToMany } from '../plan/plan.js'
import type { Availability } from './availability.js'
import type { Emission, Row } from './emission.js'

/** What a statement needs beside the plan. */
export interface EmissionContext {
  readonly emission: Emission
  readonly available: Availability
  /** The JSON text of each dataset selection by dataset id, made before the statement. */
  readonly datasetJson: readonly ReadonlyMap<number, string>[]
  /** Codes of all datasets, for record ids. */
  readonly datasetCodes: readonly { readonly id: number; readonly code: string }[]
  /** IANA name of the province's time zone, in which days, months and years begin. */
  readonly timeZone: string
  /**
   * How the name of a value begins that stands in the place of a looked-up record which is missing or too old, and tells the key to look
   * up by the id of its resource: `{"<marker>8": "key"}`. Undefined: the record is answered as it is stored.
   */
  readonly dueMarker?: string | undefined
  /** Records have connections and connections have records: this way round the two files do not import each other. */
  readonly nestedConnection: (context: EmissionContext, plan: ConnectionPlan, parent: ParentRow) => string
}

/** The row that a nested connection belongs to. */
export interface ParentRow {
  readonly relation: ToMany
  readonly row: Row
}
