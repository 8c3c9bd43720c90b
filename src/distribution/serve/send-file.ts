import type { FastifyReply, FastifyRequest } from 'fastify'
import { downloadFormats, downloadPath } from '../formats.js'
import { isRange, readRange, type ByteRange } from '../making/byte-range.js'
import { chooseCoding, type ContentCoding } from '../making/content-coding.js'
import type { DownloadSnapshot } from '../making/download-snapshots.js'
import { holdsTag, matchesTag } from './entity-tag.js'
import { contentDisposition } from './file-name.js'
import type { FileSizes, WholeFile } from './file-sizes.js'
import type { KnownLengths } from './known-lengths.js'
import type { PlannedFile, PreparedFile } from './prepare-file.js'
import { recipeOf } from './recipe-of.js'

/** Sets what every answer about this file says, without its body. */
export function describeFile(
  reply: FastifyReply,
  file: PlannedFile,
  prepared: PreparedFile,
  coding: ContentCoding | undefined,
): void {
  const { dataset, resource } = prepared.context
  void reply
    .header('content-type', downloadFormats[file.format].mediaType)
    .header('content-disposition', contentDisposition(prepared.name))
    .header('etag', quotedTag(prepared, coding))
    .header('vary', 'accept-encoding')
    // Public, and asked again each time: an unchanged file then costs no rows.
    .header('cache-control', 'public, no-cache')
    .header(
      'link',
      `<${downloadPath(dataset.code, resource.name, file.format)}>; rel="canonical", </datasets/${encodeURIComponent(dataset.code)}/datapackage.json>; rel="describedby"`,
    )
  if (prepared.lastModified !== undefined) void reply.header('last-modified', prepared.lastModified.toUTCString())
  if (coding === undefined) void reply.header('accept-ranges', 'bytes')
}

function quotedTag({ tag }: PreparedFile, coding: ContentCoding | undefined): string {
  return `"${tag}${coding === undefined ? '' : `-${coding}`}"`
}

/** Which compression the file is sent in: a workbook is compressed already, and ranges are of the bytes as they are. */
export function codingFor(request: FastifyRequest, file: PlannedFile): ContentCoding | undefined {
  if (file.format === 'xlsx' || wantedRange(request) !== undefined) return undefined
  return chooseCoding(request.headers['accept-encoding'])
}

/** Whether the client's copy is this file. */
export function isUnchanged(request: FastifyRequest, { tag, lastModified }: PreparedFile): boolean {
  const known = request.headers['if-none-match']
  if (known !== undefined) return matchesTag(known, tag)
  const since = Date.parse(request.headers['if-modified-since'] ?? '')
  return lastModified !== undefined && wholeSeconds(lastModified) <= since
}

/** Whether the client wants another state of the file than this one, and nothing of this one: it has the beginning of it. */
export function isAnother(request: FastifyRequest, file: PlannedFile, prepared: PreparedFile): boolean {
  const wanted = request.headers['if-match']
  if (wanted !== undefined) return !holdsTag(wanted, quotedTag(prepared, codingFor(request, file)))
  const until = Date.parse(request.headers['if-unmodified-since'] ?? '')
  return prepared.lastModified !== undefined && wholeSeconds(prepared.lastModified) > until
}

/** Headers have whole seconds. */
function wholeSeconds(date: Date): number {
  return Math.floor(date.getTime() / 1000) * 1000
}

function wantedRange({ headers }: FastifyRequest): string | undefined {
  return headers.range !== undefined && isRange(headers.range) ? headers.range : undefined
}

/** A range asked for by someone who has the beginning of another file gets the whole of this one. */
function rangeOf(request: FastifyRequest, { tag, lastModified }: PreparedFile): string | undefined {
  const range = wantedRange(request)
  const condition = request.headers['if-range']
  if (range === undefined || condition === undefined || typeof condition !== 'string') return range
  if (condition.startsWith('"')) return condition === `"${tag}"` ? range : undefined
  return lastModified !== undefined && condition === lastModified.toUTCString() ? range : undefined
}

export interface SendFileContext {
  readonly snapshot: DownloadSnapshot
  readonly lengths: KnownLengths
  readonly fileSizes: FileSizes
}

/**
 * Sends the file, or the range of it that is asked for. What fails before its first row is thrown; later the connection is cut,
 * so that no client takes half a file for a whole one.
 */
export async function sendFile(
  request: FastifyRequest,
  reply: FastifyReply,
  file: PlannedFile,
  prepared: PreparedFile,
  { snapshot, lengths, fileSizes }: SendFileContext,
): Promise<FastifyReply> {
  const { tag } = prepared
  if (isAnother(request, file, prepared)) return reply.code(412).send()
  const recipe = recipeOf(prepared, file.format, { bom: file.parameters.bom, schemaAddress: schemaAddress(file) })
  const coding = codingFor(request, file)
  const wanted = rangeOf(request, prepared)
  let range: ByteRange | undefined
  if (wanted !== undefined) {
    const length = lengths.of(tag) ?? (await snapshot.measure(recipe))
    lengths.learn(tag, length)
    const read = readRange(wanted, length)
    if (read === 'unsatisfiable') return reply.code(416).header('content-range', `bytes */${length}`).send()
    range = read
  }
  const sent = await snapshot.send(recipe, { range, coding })
  describeFile(reply, file, prepared, coding)
  if (range !== undefined) {
    void reply
      .code(206)
      .header('content-range', `bytes ${range.start}-${range.end}/${lengths.of(tag) ?? '*'}`)
      .header('content-length', range.end - range.start + 1)
    return reply.send(sent.stream)
  }
  const length = lengths.of(tag)
  if (coding !== undefined) void reply.header('content-encoding', coding)
  else if (length !== undefined) void reply.header('content-length', length)
  sent.stream.once('end', () => {
    lengths.learn(tag, sent.length())
    if (file.parameters.isWhole) fileSizes.learn(wholeFile(prepared, file), sent.length())
  })
  return reply.send(sent.stream)
}

function wholeFile({ context }: PreparedFile, { format }: PlannedFile): WholeFile {
  const { dataset, resource } = context
  return { path: downloadPath(dataset.code, resource.name, format), version: resource.version ?? undefined }
}

/** The XSD of exactly these columns, beside the file. */
function schemaAddress({ target, parameters }: PlannedFile): string {
  const { fields, labels } = parameters
  const search = new URLSearchParams({
    ...(fields === undefined ? {} : { fields: fields.join(',') }),
    ...(labels === 'codes' ? {} : { labels }),
  })
  const query = search.size === 0 ? '' : `?${search.toString()}`
  return `${encodeURIComponent(target.resource.name)}.xsd${query}`
}
