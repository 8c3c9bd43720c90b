import {
  executeSync,
  GraphQLError,
  isObjectType,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from 'graphql'
import { z } from 'zod'
import { collectSubfields } from 'graphql/execution/collectFields.js'
import type { RecordType } from '../../src/records/schema/record-type.js'
import { elements, operands, optionalNumber, text } from './arguments.js'
import { figuresOf } from './figures.js'
import { groupsOf } from './groups.js'
import { matches } from './matches.js'
import { comparePositions, positionOf, termsOf, type Position, type Term } from './ordering.js'
import {
  datasetCode,
  microsOf,
  reachable,
  recordsOf,
  related,
  relationOf,
  startOfDay,
  typeOf,
  updatedAt,
  versionAt,
  type AsOf,
  type ReferenceWorld,
  type Relation,
  type SeenRecord,
} from './reference-world.js'
import { shown, shownInstant } from './values.js'

type Arguments = Readonly<Record<string, unknown>>

/**
 * What the record fields of an operation must answer, worked out slowly from plain arrays. graphql-js resolves the selections over
 * objects whose members are the fields; cursors are readable (see `writeCursor`), ids are as the gateway's.
 */
export function referenceAnswer(
  world: ReferenceWorld,
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Arguments,
): ExecutionResult {
  const root: Record<string, unknown> = {}
  for (const type of world.types.types.values()) {
    root[type.plural] = (args: Arguments, _: unknown, info: GraphQLResolveInfo) => {
      const asOf = asOfArgument(args['asOf'])
      const datasets = new Set(resourcesIn(world, type).map((resource) => resource.datasetId))
      return connectionView(world, { type, datasets, asOf, candidates: recordsOf(world, type, asOf), args, info })
    }
    root[type.singular] = (args: Arguments) =>
      singleRecord(world, type, text(args['dataset']), text(args['key']), asOfArgument(args['asOf']))
  }
  root['record'] = root['node'] = (args: Arguments) => recordById(world, text(args['id']))
  return executeSync({ schema, document, variableValues: variables, rootValue: root })
}

/** The end of a millisecond, unless it is told more exactly, or of a day in the province. */
function asOfArgument(value: unknown): AsOf {
  const [given] = operands(value)
  if (given === undefined) return undefined
  const [kind, moment] = given
  if (kind === 'instant') {
    const micros = microsOf(text(moment))
    return { micros: micros % 1000n === 0n ? micros + 999n : micros }
  }
  return { micros: startOfDay(text(moment)) + 24n * 3600n * 1_000_000n - 1n }
}

function resourcesIn(world: ReferenceWorld, type: RecordType) {
  return world.resources.filter((resource) => resource.recordType === type.code)
}

function singleRecord(world: ReferenceWorld, type: RecordType, dataset: string, key: string, asOf: AsOf): unknown {
  const resource = resourcesIn(world, type).find((each) => each.datasetCode === dataset)
  if (resource === undefined) return null
  const { datasetId } = resource
  if (!world.fetched.has(datasetId)) throw unavailable()
  const found = recordsOf(world, type, asOf).find(({ state }) => state.datasetId === datasetId && state.key === key)
  return found === undefined ? null : recordView(world, found, new Set([datasetId]))
}

function recordById(world: ReferenceWorld, id: string): unknown {
  const [code = '', dataset = '', version = '', ...rest] = Buffer.from(id, 'base64url').toString('utf8').split('|')
  const type = typeOf(world, code)
  const key = rest.join('|')
  if (version === '') return singleRecord(world, type, dataset, key, undefined)
  const published = world.versions.find(
    (each) => datasetCode(world, each.datasetId) === dataset && each.number === Number(version),
  )
  // Before the first version there is nothing.
  const micros = published === undefined ? 0n : microsOf(published.publishedAt)
  return singleRecord(world, type, dataset, key, { micros })
}

function unavailable(): GraphQLError {
  return new GraphQLError('None of the sources was ever fetched.', { extensions: { code: 'SOURCE_UNAVAILABLE' } })
}

/** A record with all its fields; `datasets` are those that it can come from, as `sources` of its connections tell. */
function recordView(world: ReferenceWorld, record: SeenRecord, datasets: ReadonlySet<number>): unknown {
  const { type, state, asOf } = record
  const dataset = datasetCode(world, state.datasetId)
  const version = asOf === undefined ? '' : String(versionAt(world, state.datasetId, asOf))
  const fields: Record<string, unknown> = {
    __typename: type.code,
    id: Buffer.from([type.code, dataset, version, state.key].join('|')).toString('base64url'),
    key: state.key,
    updatedAt: shownInstant(updatedAt(world, record)),
    dataset: datasetView(dataset),
  }
  for (const field of type.fields) fields[field.name] = shown(field, state.values[field.name] ?? null)
  const reverse = world.types.reverseOf(type.code).map((each) => each.name)
  for (const name of [...type.fields.map((field) => field.name), ...reverse]) {
    const relation = relationOf(world, type, name)
    if (relation !== undefined) fields[name] = relationView(world, record, relation, datasets)
  }
  return fields
}

function datasetView(code: string): unknown {
  return { __typename: 'Dataset', code, title: code }
}

function relationView(world: ReferenceWorld, record: SeenRecord, relation: Relation, datasets: ReadonlySet<number>) {
  const reached = reachable(world, relation, datasets)
  return (args: Arguments, _: unknown, info: GraphQLResolveInfo) => {
    const candidates = related(world, record, relation)
    if (relation.many) {
      const { target: type } = relation
      return connectionView(world, { type, datasets: reached, asOf: record.asOf, candidates, args, info })
    }
    const [other] = candidates
    return other === undefined ? null : recordView(world, other, reached)
  }
}

interface ConnectionContext {
  readonly type: RecordType
  readonly datasets: ReadonlySet<number>
  readonly asOf: AsOf
  /** The records that are there before any argument leaves some out. */
  readonly candidates: readonly SeenRecord[]
  readonly args: Arguments
  readonly info: GraphQLResolveInfo
}

function connectionView(world: ReferenceWorld, context: ConnectionContext): unknown {
  const { type, args, info, candidates } = context
  const named = args['dataset'] === undefined || args['dataset'] === null ? undefined : elements(args['dataset'])
  const datasets = new Set(
    [...context.datasets].filter((id) => named === undefined || named.includes(datasetCode(world, id))),
  )
  if (![...datasets].some((id) => world.fetched.has(id))) throw unavailable()
  const near = nearArgument(args['near'])
  const distance = (record: SeenRecord): number | null => (near === undefined ? null : metresFrom(near, record))
  const terms = termsOf(world, type, args['orderBy'], distance)
  const found = candidates.filter(
    (record) =>
      datasets.has(record.state.datasetId) &&
      matches(world, type, record, args['where']) &&
      (near === undefined || isWithin(distance(record), near.km * 1000)),
  )
  const ordered = found
    .map((record) => ({ record, position: positionOf(terms, record) }))
    .sort((a, b) => comparePositions(terms, a.position, b.position))
  const { page, pageInfo } = pageOf(ordered, terms, args)
  const view = ({ record }: Placed) => recordView(world, record, datasets)
  return {
    nodes: page.map(view),
    edges: page.map((placed) => ({ cursor: writeCursor(placed.position), node: view(placed) })),
    pageInfo,
    totalCount: found.length,
    aggregate: figuresOf(type, found),
    groupBy: (groupArgs: Arguments) =>
      groupsOf(world, type, found, groupArgs, {
        dataset: (datasetId) => datasetView(datasetCode(world, datasetId)),
        record: (record, relation) => recordView(world, record, reachable(world, relation, datasets)),
      }).map(({ key, figures }) => ({ key, ...figures })),
    sources: () => sourcesOf(world, type, datasets, info),
  }
}

interface NearArgument {
  readonly latitude: number
  readonly longitude: number
  readonly km: number
}

function nearArgument(value: unknown): NearArgument | undefined {
  const near = new Map(operands(value))
  if (near.size === 0) return undefined
  return {
    latitude: Number(near.get('latitude')),
    longitude: Number(near.get('longitude')),
    km: Number(near.get('km')),
  }
}

/** Along the sphere of the earth's mean radius; null when the record has no coordinates. */
function metresFrom(near: NearArgument, { type, state }: SeenRecord): number | null {
  if (type.location === undefined) return null
  const latitude = state.values[type.location.latitude] ?? null
  const longitude = state.values[type.location.longitude] ?? null
  if (latitude === null || longitude === null) return null
  const radians = (degrees: number): number => (degrees * Math.PI) / 180
  const north = radians(Number(latitude) - near.latitude)
  const east = radians(Number(longitude) - near.longitude)
  const haversine =
    Math.sin(north / 2) ** 2 +
    Math.cos(radians(near.latitude)) * Math.cos(radians(Number(latitude))) * Math.sin(east / 2) ** 2
  // Two records in one place are equally far; the last digits of a computed distance are not to be trusted.
  return Math.round(2 * 6371008.8 * Math.asin(Math.min(1, Math.sqrt(haversine))) * 1000) / 1000
}

function isWithin(metres: number | null, limit: number): boolean {
  return metres !== null && metres <= limit
}

interface Placed {
  readonly record: SeenRecord
  readonly position: Position
}

/**
 * The rows between the cursors, then the first or the last of them. There is a next page when the page was cut there, or, going
 * back, when `before` has rows behind it; the same the other way round.
 */
function pageOf(ordered: readonly Placed[], terms: readonly Term[], args: Arguments) {
  const after = args['after'] === undefined || args['after'] === null ? undefined : readCursor(text(args['after']))
  const before = args['before'] === undefined || args['before'] === null ? undefined : readCursor(text(args['before']))
  const isAfter = ({ position }: Placed): boolean => after === undefined || comparePositions(terms, position, after) > 0
  const isBefore = ({ position }: Placed): boolean =>
    before === undefined || comparePositions(terms, position, before) < 0
  const between = ordered.filter((placed) => isAfter(placed) && isBefore(placed))
  const first = optionalNumber(args['first'])
  const last = optionalNumber(args['last'])
  const page = last === undefined ? between.slice(0, first ?? 20) : between.slice(Math.max(0, between.length - last))
  const wasCut = page.length < between.length
  const backward = last !== undefined
  const [start] = page
  const end = page.at(-1)
  return {
    page,
    pageInfo: {
      hasNextPage: backward ? ordered.some((placed) => !isBefore(placed)) : wasCut,
      hasPreviousPage: backward ? wasCut : ordered.some((placed) => !isAfter(placed)),
      startCursor: start === undefined ? null : writeCursor(start.position),
      endCursor: end === undefined ? null : writeCursor(end.position),
    },
  }
}

function writeCursor({ values, datasetId, key }: Position): string {
  return `cursor ${JSON.stringify([values, datasetId, key])}`
}

const cursorShape = z.tuple([z.array(z.json()), z.number(), z.string()])

function readCursor(cursor: string): Position {
  const [values, datasetId, key] = cursorShape.parse(JSON.parse(cursor.replace('cursor ', '')))
  return { values, datasetId, key }
}

/** The resources of the connection's own rows, and of the to-one relations that are selected of them. */
function sourcesOf(world: ReferenceWorld, type: RecordType, datasets: ReadonlySet<number>, info: GraphQLResolveInfo) {
  const found = new Set(resourcesIn(world, type).filter((resource) => datasets.has(resource.datasetId)))
  const visitRecord = (record: RecordType, from: ReadonlySet<number>, below: Selected): void => {
    for (const child of below) {
      const relation = relationOf(world, record, child.name)
      if (relation === undefined || relation.many) continue
      const reached = reachable(world, relation, from)
      for (const resource of resourcesIn(world, relation.target)) {
        if (reached.has(resource.datasetId)) found.add(resource)
      }
      visitRecord(relation.target, reached, child.select(relation.target.code))
    }
  }
  const connection = selected(info, info.fieldNodes, `${type.code}Connection`)
  for (const child of connection) {
    if (child.name === 'nodes') visitRecord(type, datasets, child.select(type.code))
    if (child.name !== 'edges') continue
    for (const edge of child.select(`${type.code}Edge`)) {
      if (edge.name === 'node') visitRecord(type, datasets, edge.select(type.code))
    }
  }
  return [...found].map((resource) => {
    const isFetched = world.fetched.has(resource.datasetId)
    return {
      resource: resource.name,
      dataset: datasetView(resource.datasetCode),
      mode: resource.mode,
      state: isFetched ? 'FRESH' : 'NEVER_FETCHED',
      version: isFetched ? versionAt(world, resource.datasetId, undefined) : null,
    }
  })
}

type Selected = readonly { readonly name: string; select(typeName: string): Selected }[]

function selected(info: GraphQLResolveInfo, nodes: GraphQLResolveInfo['fieldNodes'], typeName: string): Selected {
  const type = info.schema.getType(typeName)
  if (!isObjectType(type)) throw new Error(`There is no object type ${typeName}.`)
  return [...collectSubfields(info.schema, info.fragments, info.variableValues, type, nodes).values()].map((below) => ({
    name: below[0]?.name.value ?? '',
    select: (name) => selected(info, below, name),
  }))
}
