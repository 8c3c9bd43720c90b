import { fetchedAtOf, type FileContext } from './file-context.js'
import { JsonRowEncoder, type JsonShape } from './json-rows.js'

/** One JSON document: what the records are, then the records. */
export function jsonEncoder(context: FileContext, { node, cells }: JsonShape): JsonRowEncoder {
  const head = JSON.stringify(describe(context)).slice(0, -1)
  return new JsonRowEncoder({ begin: `${head},"records":[\n`, between: ',\n', after: '', end: '\n]}\n' }, node, cells)
}

/** A JSON document a line. */
export function ndjsonEncoder({ node, cells }: JsonShape): JsonRowEncoder {
  return new JsonRowEncoder({ begin: '', between: '', after: '\n', end: '' }, node, cells)
}

/** A FeatureCollection of RFC 7946, which lets foreign members stand beside the features. */
export function geojsonEncoder(context: FileContext, { node, cells }: JsonShape): JsonRowEncoder {
  const head = JSON.stringify({ type: 'FeatureCollection', ...describe(context) }).slice(0, -1)
  return new JsonRowEncoder({ begin: `${head},"features":[\n`, between: ',\n', after: '', end: '\n]}\n' }, node, cells)
}

function describe(context: FileContext): object {
  const { dataset, resource, version, type, labels, address, asOf } = context
  return {
    dataset: dataset.code,
    resource: resource.name,
    version: version?.number ?? null,
    recordType: type.code,
    title: dataset.title,
    agency: dataset.agency ?? null,
    license: dataset.license,
    sample: dataset.sample,
    publishedAt: version?.publishedAt ?? null,
    fetchedAt: fetchedAtOf(context),
    ...(asOf === undefined ? {} : { asOf }),
    labels,
    url: address,
  }
}
