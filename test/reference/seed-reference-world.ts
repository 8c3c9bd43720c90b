import { historyTable, quote, recordTable } from '../../src/database/identifiers.js'
import { createRecordWorld, type RecordWorld } from '../support/record-world.js'
import type { RandomRows, RecordLife } from './random-rows.js'
import type { RandomSchema } from './random-types.js'
import type { ResourceInfo } from '../../src/records/sources.js'
import { typeOf, type RecordState, type ReferenceWorld } from './reference-world.js'
import { publishedAt, versionNumbers } from './value-pools.js'

/** A database with the schema's tables and resources, into which rows can be put again and again. */
export interface SeededWorld {
  readonly records: RecordWorld
  /** Replaces all rows; the same rows again are left as they are. */
  seed(rows: RandomRows): Promise<ReferenceWorld>
}

export async function createSeededWorld(schema: RandomSchema): Promise<SeededWorld> {
  const records = await createRecordWorld(schema.types, { limits: { cost: 1e9, selections: 1e6 } })
  const retired: ResourceInfo[] = []
  for (const { dataset, type, hasRetired } of schema.published) {
    await records.seed({ dataset, resource: type.toLowerCase(), recordType: type })
    if (!hasRetired) continue
    retired.push(
      await records.seed({ dataset, resource: `old-${type.toLowerCase()}`, recordType: type, retired: true }),
    )
  }
  let last: { readonly rows: RandomRows; readonly world: ReferenceWorld } | undefined
  return {
    records,
    async seed(rows) {
      if (last?.rows !== rows) {
        const world = referenceWorld(schema, records, rows)
        await store(records, world, { resources: retired, states: statesOf(rows.retired, records.resources) })
        // A source that was fetched stays fetched: rows of which that is not true are another gateway's.
        const before = last?.world.fetched ?? world.fetched
        if ([...before].some((id) => !world.fetched.has(id))) records.restart()
        last = { rows, world }
      }
      return last.world
    },
  }
}

function referenceWorld(schema: RandomSchema, records: RecordWorld, rows: RandomRows): ReferenceWorld {
  const { resources } = records
  const datasetIds = idsOf(resources)
  const fetched = new Set([...datasetIds].filter(([code]) => rows.fetched[code] !== false).map(([, id]) => id))
  const places = [...datasetIds.values()]
  return {
    types: schema.types,
    resources,
    fetched,
    versions: [...fetched].flatMap((datasetId) =>
      versionNumbers.map((number) => ({
        datasetId,
        number,
        publishedAt: publishedAt(places.indexOf(datasetId), number),
      })),
    ),
    states: statesOf(rows.lives, resources),
  }
}

function idsOf(resources: readonly ResourceInfo[]): ReadonlyMap<string, number> {
  return new Map(resources.map((resource) => [resource.datasetCode, resource.datasetId]))
}

function statesOf(lives: readonly RecordLife[], resources: readonly ResourceInfo[]): RecordState[] {
  const datasetIds = idsOf(resources)
  return lives.flatMap(({ dataset, type, key, states }) =>
    states.flatMap(({ from, values }, index): RecordState[] =>
      values === undefined
        ? []
        : [{ type, datasetId: datasetIds.get(dataset) ?? 0, key, from, to: states[index + 1]?.from, values }],
    ),
  )
}

/** `retired`: what is stored beside the world and no answer depends on. */
async function store(
  { database: { pool } }: RecordWorld,
  world: ReferenceWorld,
  retired: Pick<ReferenceWorld, 'resources' | 'states'>,
): Promise<void> {
  for (const type of world.types.types.values()) {
    await pool.query(`truncate ${recordTable(type.code)}, ${historyTable(type.code)}`)
    for (const isPast of [false, true]) {
      await insert(world, type.code, isPast)
      await insert(retired, type.code, isPast)
    }
  }
  await pool.query('truncate gateway.dataset_version')
  await pool.query(
    `insert into gateway.dataset_version (dataset_id, number, position, published_at, fetched_at, record_count, added, changed, removed, set_aside)
     select d, n, d * 10 + n, p, p, 0, 0, 0, 0, 0 from unnest($1::int[], $2::int[], $3::timestamptz[]) v(d, n, p)`,
    [
      world.versions.map((version) => version.datasetId),
      world.versions.map((version) => version.number),
      world.versions.map((version) => version.publishedAt),
    ],
  )
  for (const resource of world.resources) {
    const isFetched = world.fetched.has(resource.datasetId)
    const count = world.states.filter(
      (state) => state.type === resource.recordType && state.datasetId === resource.datasetId && state.to === undefined,
    ).length
    await pool.query(
      'update gateway.resource set fetched_at = case when $2 then now() end, version = case when $2 then 3 end, record_count = $3, max_age_ms = 86400000 where id = $1',
      [resource.id, isFetched, count],
    )
  }

  async function insert(
    from: Pick<ReferenceWorld, 'resources' | 'states'>,
    code: string,
    isPast: boolean,
  ): Promise<void> {
    const states = from.states.filter((state) => state.type === code && (state.to !== undefined) === isPast)
    if (states.length === 0) return
    const table = isPast ? historyTable(code) : recordTable(code)
    const columns = [
      ...['_dataset', '_resource', '_key', '_hash', '_version', '_updated_at', ...(isPast ? ['_to_version'] : [])],
      ...typeOf(world, code).fields.map((field) => field.name),
    ]
      .map(quote)
      .join(', ')
    const rows = states.map((state) => ({
      ...state.values,
      _dataset: state.datasetId,
      _resource: from.resources.find(
        (resource) => resource.datasetId === state.datasetId && resource.recordType === code,
      )?.id,
      _key: state.key,
      _hash: '',
      _version: state.from,
      _to_version: state.to,
      _updated_at: world.versions.find(
        (version) => version.datasetId === state.datasetId && version.number === state.from,
      )?.publishedAt,
    }))
    await pool.query(
      `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    )
  }
}
