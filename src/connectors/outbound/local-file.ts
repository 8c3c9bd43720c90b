import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { SourceFault } from '../../errors/source-fault.js'
import { asWritten } from '../../errors/wording.js'
import type { WireCount } from './body-limits.js'
import type { EndpointResolver } from './endpoint-resolver.js'
import type { OpenAnswer } from './exchange.js'

/** Addresses of files of ours: what came with the gateway, and what an agency uploaded. */
export function isLocal(url: URL): boolean {
  return url.protocol === 'bundled:' || url.protocol === 'uploaded:'
}

export interface LocalSettings {
  readonly resolver: EndpointResolver
  readonly ifModifiedSince: string | undefined
  /** What is read counts for the run's figures, as if it came over the wire: an upload did. */
  readonly count: WireCount
}

/** Opens the file behind a `bundled:` or `uploaded:` URL; its date serves as validator, like a web server's. */
export async function openLocal(url: URL, { resolver, ifModifiedSince, count }: LocalSettings): Promise<OpenAnswer> {
  const path = await resolver.file(url)
  if (path === undefined) throw new SourceFault('NOT_FOUND', { what: asWritten(url.href) })
  const found = await stat(path, { bigint: true })
  if (!found.isFile()) throw new SourceFault('NOT_FOUND', { what: asWritten(url.href) })
  // Two uploads of one size may come within a second.
  const lastModified = `${found.mtime.toUTCString()}; ${found.mtimeNs} ns; ${found.size} bytes`
  const unchanged = ifModifiedSince === lastModified
  return {
    status: unchanged ? 304 : 200,
    url,
    headers: { 'last-modified': lastModified, 'content-length': String(found.size) },
    body: unchanged ? contentOf(undefined, count) : contentOf(path, count),
    close: () => undefined,
  }
}

/** Opened when it is read, so that an answer that nobody reads leaves nothing open. */
async function* contentOf(path: string | undefined, count: WireCount): AsyncGenerator<Uint8Array, void, undefined> {
  if (path === undefined) return
  const chunks: AsyncIterable<Uint8Array> = createReadStream(path)
  for await (const chunk of chunks) {
    count.bytes += chunk.length
    yield chunk
  }
}
