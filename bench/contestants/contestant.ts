import type { Launch } from '../load/server-process.js'
import type { Variables, Workload } from '../workloads/workload.js'

export interface Surroundings {
  readonly databaseUrl: string
  readonly bedsUrl: string
}

/** A server that answers the workloads, in its own words. */
export interface Contestant {
  readonly name: string
  readonly title: string
  /** Undefined: takes part in all. */
  readonly workloads?: readonly string[]
  launch(surroundings: Surroundings): Pick<Launch, 'words' | 'environment' | 'portIn'>
  /** The body of a request. */
  body(workload: Workload, variables: Variables): string
  /** A request for the cursor of the school with this code, and where in the answer's `data` it is. */
  cursor(code: string): { readonly body: string; readonly in: (data: unknown) => unknown }
  /** `data` with the names of our schema. */
  normalise(workload: Workload, data: unknown): unknown
  /** Keeps answers of the bed service in its process, until a signal makes it forget them. */
  readonly keepsBeds: boolean
}
