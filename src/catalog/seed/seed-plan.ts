import { createHash } from 'node:crypto'
import type { DataSource, EntityManager } from 'typeorm'
import { changeControlPlane } from '../../database/control-revision.js'
import type { PlanFile } from '../../plan/plan-file.js'
import { linkCandidates, linkLeadAgencies, linkPredecessors, linkRelated } from './link-statements.js'
import { clearPlanRows, linkDuplicates, upsertAgencies, upsertDatasets, upsertThemes } from './row-statements.js'
import { applyRows } from './seed-statement.js'

// Part of the digest: a gateway that reads more out of the same files applies them once more.
const format = 1

export interface SeedResult {
  /** False: the files are those that were applied last, so nothing was touched. */
  readonly applied: boolean
  /** Rows that were added, changed or removed. */
  readonly changes: number
}

/**
 * Brings the catalogue to what the files of the plan say, in one transaction. Files that were applied before are not
 * applied again, so that what was changed at run time since stays.
 */
export async function seedPlan(dataSource: DataSource, plan: PlanFile): Promise<SeedResult> {
  const digest = createHash('sha256')
    .update(JSON.stringify([format, plan]))
    .digest('hex')
  return dataSource.transaction(async (manager) => {
    // Replicas that start together apply one after the other.
    await manager.query("select pg_advisory_xact_lock(hashtext('gateway.seed'))")
    const [stored] = await manager.query<{ digest: string | null }[]>(
      'select digest from gateway.plan where code = $1',
      [plan.plan.code],
    )
    if (stored?.digest === digest) return { applied: false, changes: 0 }
    const changes = await applyPlan(manager, plan, digest)
    await changeControlPlane(manager)
    return { applied: true, changes }
  })
}

async function applyPlan(manager: EntityManager, file: PlanFile, digest: string): Promise<number> {
  const { plan, themes, agencies, datasets } = file
  const withPosition = <T>(entries: readonly T[]) => entries.map((entry, position) => ({ ...entry, position }))
  await manager.query(
    `insert into gateway.plan (code, title_vi, title_en, portal, targets, digest) values ($1, $2, $3, $4, $5, $6)
     on conflict (code) do update set title_vi = excluded.title_vi, title_en = excluded.title_en,
       portal = excluded.portal, targets = excluded.targets, digest = excluded.digest`,
    [plan.code, plan.titleVi, plan.titleEn, plan.portal, JSON.stringify(plan.targets), digest],
  )
  const steps = [
    [upsertThemes, withPosition(themes)],
    [upsertAgencies, withPosition(agencies)],
    [clearPlanRows, datasets.map(({ code, row }) => ({ code, row }))],
    [upsertDatasets, datasets.map((dataset) => ({ ...dataset, license: plan.license }))],
    [linkDuplicates, datasets.map(({ code, duplicateOf }) => ({ code, duplicateOf }))],
    [linkLeadAgencies, links(themes, ({ leadAgencies }) => leadAgencies)],
    [linkPredecessors, links(agencies, ({ predecessors }) => predecessors)],
    [linkCandidates, links(datasets, ({ candidateAgencies }) => candidateAgencies)],
    [linkRelated, links(datasets, ({ related }) => related)],
  ] as const
  let changes = 0
  for (const [statement, rows] of steps) changes += await applyRows(manager, statement, rows)
  return changes
}

function links<T extends { readonly code: string }>(owners: readonly T[], valuesOf: (owner: T) => readonly string[]) {
  return owners.flatMap((owner) => valuesOf(owner).map((value, position) => ({ owner: owner.code, value, position })))
}
