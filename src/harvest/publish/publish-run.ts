import type pg from 'pg'
import { SourceFault } from '../../errors/source-fault.js'
import { lockClasses } from '../locks.js'
import { rollBack } from '../transaction.js'
import { tryingAgain } from '../trying-again.js'
import { announceRun, type ResourceAge } from '../run/run-announcement.js'
import { storeSetAsideRows } from '../run/run-log.js'
import {
  applyChanges,
  compare,
  countPartial,
  mostEventsOfVersion,
  rememberPrevious,
  rememberRecords,
  type ChangeCounts,
  type Compared,
} from './changes-of-run.js'
import { analyzeFirstLoads } from './first-statistics.js'
import type { Publication, ResourceState } from './publication.js'
import { publishVersion } from './publish-version.js'

/** Called before the commit that makes a version visible; what it answers is called, and waited for, when that is over. */
export type BeginPublishing = () => () => Promise<void>

export interface Published extends ChangeCounts {
  readonly outcome: 'PUBLISHED' | 'UNCHANGED'
  readonly version: number | undefined
  readonly ages: readonly ResourceAge[]
}

/**
 * Makes the run's rows visible in one transaction, as the dataset's next version; when nothing differs only the state of the
 * resources is renewed. `client` is the connection that holds the connector's lock.
 */
export async function publishRun(
  client: pg.ClientBase,
  publication: Publication,
  beginPublishing?: BeginPublishing,
): Promise<Published> {
  return await tryingAgain(() => publishOnce(client, publication, beginPublishing))
}

async function publishOnce(
  client: pg.ClientBase,
  publication: Publication,
  beginPublishing: BeginPublishing | undefined,
): Promise<Published> {
  await client.query('begin')
  let published: Published
  try {
    published = await publishInTransaction(client, publication)
  } catch (error) {
    await rollBack(client)
    throw error
  }
  const done = beginPublishing?.()
  try {
    await client.query('commit')
    return published
  } catch (error) {
    await rollBack(client)
    throw error
  } finally {
    await done?.()
  }
}

const nothing: Compared = { added: 0, changed: 0, removed: 0, allNew: new Set() }

async function publishInTransaction(client: pg.ClientBase, publication: Publication): Promise<Published> {
  const { connector, comparisons } = publication
  await client.query('select pg_advisory_xact_lock($1, $2)', [lockClasses.datasetVersion, connector.datasetId])
  await requireCurrentRun(client, publication.runId)
  const { allNew, ...changes } = comparisons.length > 0 ? await compare(client, comparisons) : nothing
  const total = changes.added + changes.changed + changes.removed
  if (total === 0 && !comparisons.some((comparison) => comparison.first)) {
    await storeStates(client, publication.states, undefined, new Map())
    await endRun(client, publication, 'UNCHANGED', changes, undefined)
    const ages = await announceRun(client, connector, true)
    return { outcome: 'UNCHANGED', version: undefined, ...changes, ages }
  }
  const version = await nextVersion(client, connector.datasetId)
  const keepHistory = connector.manifest.history.keep !== 'none'
  const eachTold = total <= mostEventsOfVersion
  if (eachTold) await rememberPrevious(client, comparisons)
  await applyChanges(client, comparisons, { version, keepHistory, allNew })
  await analyzeFirstLoads(client, comparisons, allNew)
  if (eachTold) await rememberRecords(client, comparisons)
  await storeStates(client, publication.states, version, await countPartial(client, comparisons))
  await endRun(client, publication, 'PUBLISHED', changes, version)
  const ages = await announceRun(client, connector, true)
  await publishVersion(client, { publication, version, changes, keepHistory, eachTold })
  return { outcome: 'PUBLISHED', version, ...changes, ages }
}

/** A run that was given up meanwhile (its process was stopped, its connector retired) must not write. */
async function requireCurrentRun(client: pg.ClientBase, runId: string): Promise<void> {
  const { rowCount } = await client.query(
    `select 1 from gateway.run r join gateway.connector c on c.id = r.connector_id
     where r.id = $1 and r.finished_at is null and c.status <> 'RETIRED' for update of r`,
    [runId],
  )
  if (rowCount !== 1) throw new SourceFault('INTERRUPTED')
}

async function nextVersion(client: pg.ClientBase, datasetId: number): Promise<number> {
  const { rows } = await client.query<{ version: number }>(
    'update gateway.dataset set version = coalesce(version, 0) + 1 where id = $1 returning version',
    [datasetId],
  )
  const version = rows[0]?.version
  if (version === undefined) throw new Error(`Dataset ${datasetId} does not exist.`)
  return version
}

/** `version` undefined: nothing changed, the resources keep theirs. `counts`: of the resources that were read in part. */
async function storeStates(
  client: pg.ClientBase,
  states: readonly ResourceState[],
  version: number | undefined,
  counts: ReadonlyMap<number, number>,
): Promise<void> {
  await client.query(
    `update gateway.resource r set fetched_at = s.fetched_at, attempted_at = clock_timestamp(),
       error_code = s.error_code, error_vi = s.error_vi, error_en = s.error_en,
       error_at = case when s.error_code is not null then clock_timestamp() end, vanished_at = null, version = coalesce($5, r.version),
       record_count = coalesce(s.record_count, r.record_count), memory = coalesce(s.memory, r.memory)
     from unnest($1::int[], $2::timestamptz[], $3::int[], $4::jsonb[], $6::text[], $7::text[], $8::text[])
       as s (id, fetched_at, record_count, memory, error_code, error_vi, error_en)
     where r.id = s.id`,
    [
      states.map((state) => state.resourceId),
      states.map((state) => state.fetchedAt),
      states.map((state) => (state.partial ? counts.get(state.resourceId) : state.read?.recordCount) ?? null),
      states.map((state) => (state.memory === undefined ? null : JSON.stringify(state.memory))),
      version ?? null,
      states.map((state) => state.fault?.code ?? null),
      states.map((state) => state.fault?.messageVi ?? null),
      states.map((state) => state.fault?.messageEn ?? null),
    ],
  )
}

async function endRun(
  client: pg.ClientBase,
  { runId, counts, setAsideRows, notes, incremental }: Publication,
  outcome: 'PUBLISHED' | 'UNCHANGED',
  changes: ChangeCounts,
  version: number | undefined,
): Promise<void> {
  await storeSetAsideRows(client, runId, setAsideRows)
  await client.query(
    `update gateway.run set finished_at = clock_timestamp(), outcome = $2, read = $3, mapped = $4, set_aside = $5, bytes = $6,
       added = $7, changed = $8, removed = $9, dataset_version = $10, notes = $11, incremental = $12 where id = $1`,
    [
      runId,
      outcome,
      counts.read,
      counts.mapped,
      counts.setAside,
      counts.bytes,
      changes.added,
      changes.changed,
      changes.removed,
      version ?? null,
      JSON.stringify(notes),
      incremental,
    ],
  )
}
