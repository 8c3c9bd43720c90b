/**
 * The classes of the advisory locks, the first of their two keys; the second is the id of what is locked. One place, so
 * that no two meanings ever share a number.
 */
export const lockClasses = {
  /** Session lock, held by the one run of a connector over all replicas. */
  connectorRun: 71_001,
  /** Transaction lock, held while a version of a dataset is applied. */
  datasetVersion: 71_002,
  /** Session lock of a chore that only one replica does at a time. */
  chore: 71_003,
} as const
