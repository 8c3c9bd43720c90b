import { createHash } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { GraphQLSchema } from 'graphql'
import type { RecordTypes } from '../../records/schema/record-type.js'
import { dataPackageOf, type PackagedResource } from '../describe/data-package.js'
import { readResources, type DatasetFacts, type Reader } from '../describe/dataset-facts.js'
import type { Target } from '../describe/find-target.js'
import { xmlSchemaOf } from '../describe/xml-schema.js'
import type { DownloadScope } from '../query/plan-download.js'
import { matchesTag } from './entity-tag.js'
import type { KnownLengths } from './known-lengths.js'
import { readParameters, type DownloadParameters } from './parameters.js'
import { planFile, prepareFile } from './prepare-file.js'

interface World extends DownloadScope {
  readonly schema: GraphQLSchema
  readonly types: RecordTypes
}

/** The XSD of a resource's XML file. */
export function describeSchema(
  request: FastifyRequest,
  reply: FastifyReply,
  asked: World & {
    readonly target: Target
  } & Pick<DownloadParameters, 'fields' | 'labels'>,
): FastifyReply {
  const { target, schema, types, fields, labels } = asked
  const none = readParameters(new URLSearchParams(), 'xml')
  const file = planFile({ schema, types }, target, 'xml', { ...none, fields, labels }, asked)
  const name = `${target.dataset.code}_${target.resource.name}.xsd`
  void reply.header('content-disposition', `inline; filename="${name.replace(/[^\w.-]/g, '_')}"`)
  return sendText(request, reply, xmlSchemaOf(file.rows.columns, labels), 'application/xml; charset=utf-8')
}

/** The data package of a dataset. */
export async function describePackage(
  request: FastifyRequest,
  reply: FastifyReply,
  reader: Reader,
  asked: World & {
    readonly dataset: DatasetFacts
    readonly lengths: KnownLengths
  },
): Promise<FastifyReply> {
  const { dataset, resources, schema, types, lengths } = asked
  const own = resources.filter((resource) => resource.datasetId === dataset.id)
  const facts = await readResources(
    reader,
    own.map((resource) => resource.id),
  )
  const packaged: PackagedResource[] = []
  for (const each of facts) {
    const resource = own.find(({ id }) => id === each.id)
    const type = types.types.get(each.recordType)
    if (resource === undefined || type === undefined) continue
    const parameters = readParameters(new URLSearchParams(), 'csv')
    const file = planFile({ schema, types }, { dataset, resource, type }, 'csv', parameters, asked)
    const tag = each.fetchedAt === null ? undefined : (await prepareFile(reader, file)).tag
    packaged.push({
      facts: each,
      type,
      columns: file.rows.columns,
      bytes: tag === undefined ? undefined : lengths.of(tag),
    })
  }
  return sendText(
    request,
    reply,
    `${JSON.stringify(dataPackageOf(dataset, packaged), null, 2)}\n`,
    'application/json; charset=utf-8',
  )
}

function sendText(request: FastifyRequest, reply: FastifyReply, text: string, mediaType: string): FastifyReply {
  const tag = createHash('sha256').update(text).digest('base64url').slice(0, 27)
  void reply.header('etag', `"${tag}"`).header('cache-control', 'public, no-cache').type(mediaType)
  const known = request.headers['if-none-match']
  if (known !== undefined && matchesTag(known, tag)) return reply.code(304).send()
  return reply.send(text)
}
