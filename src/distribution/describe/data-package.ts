import type { RecordType } from '../../records/schema/record-type.js'
import { tableSchemaOf } from '../../records/schema/table-schema.js'
import { shapeOf, type DownloadColumn, type ValueShape } from '../columns/column.js'
import { downloadFormats } from '../formats.js'
import type { DatasetFacts, ResourceFacts } from './dataset-facts.js'

export interface PackagedResource {
  readonly facts: ResourceFacts
  readonly type: RecordType
  /** The columns of its CSV file. */
  readonly columns: readonly DownloadColumn[]
  /** The size of its CSV file, when it is known. */
  readonly bytes: number | undefined
}

/** The Frictionless Data Package of a dataset: its CSV files, with the schema of their columns. */
export function dataPackageOf(dataset: DatasetFacts, resources: readonly PackagedResource[]): object {
  const version = Math.max(0, ...resources.map(({ facts }) => facts.version ?? 0))
  const published = resources.flatMap(({ facts }) => facts.publishedAt ?? [])
  const updated = published.length === 0 ? undefined : new Date(Math.max(...published.map((date) => date.getTime())))
  return {
    profile: 'data-package',
    name: packageName(dataset.code),
    title: dataset.title.vi,
    titleEn: dataset.title.en,
    ...(dataset.description === undefined
      ? {}
      : { description: dataset.description.vi, descriptionEn: dataset.description.en }),
    ...(version === 0 ? {} : { version: `${version}.0.0` }),
    ...(updated === undefined ? {} : { updated }),
    licenses: [{ name: dataset.license }],
    ...(dataset.agency === undefined ? {} : { sources: [{ title: dataset.agency.vi, titleEn: dataset.agency.en }] }),
    ...(dataset.keywords.length === 0 ? {} : { keywords: dataset.keywords }),
    sample: dataset.sample,
    resources: resources.map((resource) => resourceOf(resource, resources)),
  }
}

function resourceOf({ facts, type, columns, bytes }: PackagedResource, all: readonly PackagedResource[]): object {
  return {
    name: packageName(facts.name),
    path: `${encodeURIComponent(facts.name)}.csv`,
    profile: 'tabular-data-resource',
    title: type.title.vi,
    titleEn: type.title.en,
    format: 'csv',
    mediatype: 'text/csv',
    encoding: 'utf-8',
    dialect: { delimiter: ',', lineTerminator: '\r\n', quoteChar: '"', doubleQuote: true, header: true },
    ...(bytes === undefined ? {} : { bytes }),
    state: facts.state,
    ...(facts.fetchedAt === null ? {} : { fetchedAt: facts.fetchedAt }),
    alternatives: Object.entries(downloadFormats)
      .filter(([format]) => format !== 'csv')
      .map(([format, { mediaType }]) => ({
        path: `${encodeURIComponent(facts.name)}.${format}`,
        format,
        mediatype: mediaType.split(';')[0],
      })),
    recordSchema: tableSchemaOf(type),
    schema: {
      fields: columns.map(fieldOf),
      primaryKey: ['key'],
      missingValues: [''],
      ...foreignKeysOf(type, facts, all),
    },
  }
}

const standardTypes: Readonly<Record<ValueShape['kind'], { readonly type: string; readonly format?: string }>> = {
  text: { type: 'string' },
  url: { type: 'string', format: 'uri' },
  code: { type: 'string' },
  integer: { type: 'integer' },
  bigInteger: { type: 'integer' },
  decimal: { type: 'number' },
  float: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'date' },
  dateTime: { type: 'datetime', format: 'any' },
  json: { type: 'object' },
}

function fieldOf(column: DownloadColumn): object {
  const shape = shapeOf(column)
  const field = column.value.kind === 'field' && column.path.length === 0 ? column.value.field : undefined
  const codes = shape.codeList?.values.map(({ value }) => value)
  const constraints = {
    ...(column.name === 'key' ? { required: true, unique: true } : {}),
    ...(field?.required === true ? { required: true } : {}),
    ...(codes === undefined || shape.list ? {} : { enum: codes }),
  }
  return {
    name: column.name,
    ...(shape.list ? { type: 'array' } : standardTypes[shape.kind]),
    title: column.title.vi,
    titleEn: column.title.en,
    ...(field?.description === undefined
      ? {}
      : { description: field.description.vi, descriptionEn: field.description.en }),
    ...(field?.unit === undefined ? {} : { unit: field.unit }),
    ...(Object.keys(constraints).length === 0 ? {} : { constraints }),
  }
}

/** Only what stays in the package can be said in the standard's words; `recordSchema` has the others. */
function foreignKeysOf(type: RecordType, facts: ResourceFacts, all: readonly PackagedResource[]): object {
  const keys = type.fields.flatMap(({ name, reference }) => {
    if (reference?.cardinality !== 'one') return []
    if (reference.dataset !== 'same' && reference.dataset !== facts.dataset) return []
    const targets = all.filter((each) => each.type.code === reference.target)
    const [target] = targets
    if (target === undefined || targets.length > 1) return []
    const resource = target.facts.id === facts.id ? '' : packageName(target.facts.name)
    return [{ fields: [name], reference: { resource, fields: ['key'] } }]
  })
  return keys.length === 0 ? {} : { foreignKeys: keys }
}

/** The standard's names are lower case, digits and `._-`. */
function packageName(name: string): string {
  return name
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/đ/g, 'd')
    .replace(/[^a-z0-9._-]+/g, '-')
}
