import { createHash } from 'node:crypto'
import type { DatasetFacts, ResourceFacts } from '../describe/dataset-facts.js'

export interface TagParts {
  /** The address without its query, and the canonical query. */
  readonly path: string
  readonly query: string
  readonly typesRevision: number
  /** The resources that the rows are read from, their own and those of relations. */
  readonly read: readonly ResourceFacts[]
  readonly version: number | undefined
  /** What the file says of its dataset, if it does; it then also says when it was fetched. */
  readonly describes: DatasetFacts | undefined
}

// Part of every tag: one more with each change of what is written for the same rows.
const layout = 4

/** The strong entity tag of a file without compression: the same tag, the same bytes. */
export function entityTag(parts: TagParts): string {
  const read = parts.read.map(({ id, version, fetchedAt, mode }) => [
    id,
    version,
    // What is looked up changes without a new version.
    parts.describes !== undefined || mode === 'LOOKUP' ? fetchedAt : null,
  ])
  const content = JSON.stringify([
    layout,
    process.versions.zlib,
    parts.path,
    parts.query,
    parts.typesRevision,
    parts.version,
    parts.describes,
    read,
  ])
  return createHash('sha256').update(content).digest('base64url').slice(0, 27)
}

/** Whether one of the tags of If-None-Match is this file's, compressed or not. */
export function matchesTag(header: string, tag: string): boolean {
  return header.trim() === '*' || header.split(',').some((each) => bare(each) === tag)
}

/** Whether one of the tags of If-Match is exactly this one; those of If-Match are strong. */
export function holdsTag(header: string, tag: string): boolean {
  return header.trim() === '*' || header.split(',').some((each) => each.trim() === tag)
}

function bare(tag: string): string | undefined {
  return /^\s*(?:W\/)?"([^"]*?)(?:-gzip|-br)?"\s*$/.exec(tag)?.[1]
}
