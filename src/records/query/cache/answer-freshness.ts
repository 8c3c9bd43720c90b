import type { ResourceInfo } from '../../sources.js'

/** What an answer was made of, so that it can be used again exactly as long as a new one would be the same. */
export interface AnswerFreshness {
  /** The state of each resource that was read, as the statement's own snapshot saw it: see `resourceToken`. */
  readonly tokens: ReadonlyMap<number, string>
  /** Also reads the control plane: good for as long as nothing at all changes. */
  readonly whole: WholeToken | undefined
  /** Of each resource whose age shows in the answer: from when on its copy is old. */
  readonly ages: ReadonlyMap<number, ResourceAge>
}

export interface ResourceAge {
  /** Milliseconds after the fetch. */
  readonly maxAgeMs: number
  /** An old copy is brought up to date by the query; otherwise it is shown as stale. */
  readonly live: boolean
}

export function agesOf(resources: Iterable<ResourceInfo>): Map<number, ResourceAge> {
  const ages = new Map<number, ResourceAge>()
  for (const { id, maxAgeMs, mode } of resources) ages.set(id, { maxAgeMs, live: mode === 'LIVE' })
  return ages
}

/** Everything that an answer of the control plane can show: grows or differs with each change. */
export type WholeToken = string

/** The state of a resource as text, in SQL: version, time of the fetch and error. `s` is a row of gateway.resource. */
export const resourceTokenSql = `concat_ws('/', coalesce(s.version, 0), coalesce(extract(epoch from s.fetched_at), 0), coalesce(s.error_code, ''))`

/** A resource's fetch in a token, in seconds since 1970; 0: never. */
export function fetchedAtOf(token: string): number {
  return Number(token.split('/')[1] ?? 0)
}

/** All that the control plane shows, in SQL. Runs end without a version too, so the state of all resources is part of it. */
export const wholeTokenSql = `(select concat_ws('/', (select revision from gateway.control_revision), (select position from gateway.feed_head),
  (select md5(string_agg(s.id || ':' || ${resourceTokenSql}, ',' order by s.id)) from gateway.resource s)))`

/** Answers that read what is looked up by key age row by row: they are not used again. */
export function isReusable(resources: Iterable<ResourceInfo>): boolean {
  for (const resource of resources) if (resource.mode === 'LOOKUP') return false
  return true
}
