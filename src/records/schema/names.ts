/** Names that record schemas may use, and those that are taken. All are ASCII, so that a length is its number of bytes. */

export const typeNamePattern = /^[A-Z][A-Za-z0-9]*$/
export const fieldNamePattern = /^[a-z][A-Za-z0-9]*$/
export const enumValuePattern = /^[A-Z][A-Z0-9_]*$/

/** `T~history` is the longest identifier that is made of a type's name, and Postgres cuts identifiers at 63 bytes. */
export const longestTypeName = 63 - '~history'.length
export const longestFieldName = 63

/** Fields of every record, and words of `where` and `orderBy`, which a field may therefore not be named. */
const reservedFieldNames: ReadonlySet<string> = new Set([
  ...['id', 'key', 'dataset', 'updatedAt', 'and', 'or', 'not', 'distance', 'relevance', 'count', 'isNull', 'validOn'],
  // Safe as names only where every object has no prototype: clients in JavaScript rarely do.
  ...Object.getOwnPropertyNames(Object.prototype),
])

export function isReservedFieldName(name: string): boolean {
  return name.startsWith('_') || reservedFieldNames.has(name)
}

/** The root field for one record of a type: `School` → `school`. */
export function singularOf(typeCode: string): string {
  return typeCode.charAt(0).toLowerCase() + typeCode.slice(1)
}

/** `openedOn` → `OPENED_ON`, as enums name fields. */
export function upperSnake(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toUpperCase()
}

/** What follows a type's name in the names of the GraphQL types that are generated from it. */
export const generatedSuffixes = [
  'Where',
  'ListWhere',
  'Order',
  'GroupField',
  'GroupBy',
  'GroupKey',
  'Sum',
  'Avg',
  'MinMax',
  'CountDistinct',
  'Aggregate',
  'Group',
  'HavingNumbers',
  'Having',
  'GroupOrder',
  'Edge',
  'Connection',
  'Change',
] as const

/** What follows a code list's name in the names of the filters that are generated from it. */
export const codeListSuffixes = ['Filter', 'ListFilter'] as const

/** Names that belong to the rest of the public schema. */
export interface TakenNames {
  readonly types: ReadonlySet<string>
  readonly queryFields: ReadonlySet<string>
  readonly subscriptionFields: ReadonlySet<string>
}

const filters = ['String', 'Int', 'Float', 'BigInt', 'Decimal', 'Boolean', 'Date', 'DateTime', 'URL', 'JSON']

/** The names that the public contract fixes; the control schema may take more (see `takenNamesOf`). */
export const contractNames: TakenNames = {
  types: new Set([
    ...['Query', 'Mutation', 'Subscription', 'String', 'Int', 'Float', 'Boolean', 'ID'],
    ...['Date', 'DateTime', 'BigInt', 'Decimal', 'JSON', 'URL'],
    ...filters.flatMap((name) => [`${name}Filter`, `${name}ListFilter`]),
    ...['Node', 'PageInfo', 'Language', 'OrderDirection', 'TimeBucket', 'Near', 'Change', 'ChangeType'],
    ...['Record', 'RecordEdge', 'RecordConnection', 'RecordType', 'RecordField', 'CodeValue'],
    ...['Plan', 'Theme', 'Agency', 'Frequency', 'Resource', 'SourceState', 'SourceError', 'SourceStatus', 'SourceMode'],
    ...['Dataset', 'DatasetStatus', 'DatasetStatusFilter', 'DatasetWhere', 'DatasetOrder', 'DatasetEdge'],
    ...['DatasetConnection', 'DatasetVersion', 'DatasetVersionEdge', 'DatasetVersionConnection'],
    ...['Connector', 'Manifest', 'Run', 'SetAsideRow', 'ApiKey', 'Feedback', 'Report', 'Driver', 'Source'],
  ]),
  queryFields: new Set([
    ...['node', 'nodes', 'plan', 'themes', 'theme', 'agencies', 'agency', 'datasets', 'dataset'],
    ...['recordTypes', 'recordType', 'record', 'records', 'connectors', 'connector', 'runs', 'run'],
  ]),
  subscriptionFields: new Set(['changes']),
}
