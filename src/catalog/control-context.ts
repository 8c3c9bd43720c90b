import type { GraphQLResolveInfo } from 'graphql'
import type { DataSource, EntityManager } from 'typeorm'
import type { Viewer } from '../access/viewer.js'
import type { RecordTypes } from '../records/schema/record-type.js'
import { createLoaders, type Loaders } from './loaders/loaders.js'

/** What resolvers of the control plane are given for one operation. */
export interface ControlContext {
  readonly loaders: Loaders
  readonly viewer: Viewer
  /** Answers the record connections below objects of the control plane. */
  readonly records: RecordLeaf
  /** The types that are public in this operation. */
  readonly recordTypes: RecordTypes
  readonly manager: EntityManager
}

/** The record plane, where the control plane meets it: for graphql-js a record connection is a leaf. */
export interface RecordLeaf {
  /** The value of the field `records` of a dataset (of its original, if it is a duplicate), whatever the executor makes of it. */
  connection(leaf: {
    readonly info: GraphQLResolveInfo
    readonly datasetId: number
    readonly datasetCode: string
    readonly args: RecordArgs
  }): Promise<unknown>
}

export interface RecordArgs {
  /** The name of a resource of the dataset; all when undefined. */
  readonly resource: string | undefined
  readonly first: number | undefined
  readonly last: number | undefined
  readonly after: string | undefined
  readonly before: string | undefined
}

export interface ControlContextOptions {
  readonly dataSource: DataSource
  readonly viewer: Viewer
  readonly records: RecordLeaf
  readonly recordTypes: RecordTypes
  /** To read in a transaction of the caller's. */
  readonly manager?: EntityManager
}

/** A context for one operation, with loaders of its own. */
export function createControlContext(options: ControlContextOptions): ControlContext {
  const { dataSource, viewer, records, recordTypes, manager = dataSource.manager } = options
  return { loaders: createLoaders(manager), viewer, records, recordTypes, manager }
}
