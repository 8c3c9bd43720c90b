import type { Queries } from '../../database/queries.js'
import { GatewayError } from '../../errors/gateway-error.js'

/** A dataset outside the plan, as the manifest of its connector describes it. */
export interface DatasetEntry {
  readonly code: string
  readonly title: Bilingual
  readonly description?: Bilingual | undefined
  /** Codes of the theme and of the lead agency; reference data has neither. */
  readonly theme?: string | undefined
  readonly agency?: string | undefined
  readonly license: string
  readonly frequency?: string | undefined
  readonly keywords?: readonly string[] | undefined
  /** Made-up data. */
  readonly sample: boolean
}

interface Bilingual {
  readonly vi: string
  readonly en: string
}

export interface StoredEntry {
  readonly id: number
  /** An answer could show the difference: whoever asked for it changes the control plane's revision. */
  readonly changed: boolean
}

/**
 * Adds the dataset to the catalogue or brings its entry up to date. Throws CONFLICT when the code is that of a dataset of the
 * plan, which is not described twice, and BAD_USER_INPUT when the theme or the agency does not exist.
 */
export async function upsertDatasetEntry(query: Queries, entry: DatasetEntry): Promise<StoredEntry> {
  const [found] = await query<{ theme_id: number | null; agency_id: number | null; plan_row: number | null }>(
    `select (select id from gateway.theme where code = $1) as theme_id,
       (select id from gateway.agency where code = $2) as agency_id,
       (select plan_row from gateway.dataset where code = $3) as plan_row`,
    [entry.theme ?? null, entry.agency ?? null, entry.code],
  )
  if (found === undefined) throw new Error('A select without a table always has one row.')
  if (found.plan_row !== null) {
    throw new GatewayError(
      'CONFLICT',
      `${entry.code} is row ${found.plan_row} of the plan, which describes it already.`,
    )
  }
  if (entry.theme !== undefined && found.theme_id === null) {
    throw new GatewayError('BAD_USER_INPUT', `There is no theme with the code ${entry.theme}.`)
  }
  if (entry.agency !== undefined && found.agency_id === null) {
    throw new GatewayError('BAD_USER_INPUT', `There is no agency with the code ${entry.agency}.`)
  }
  const changed = await query<{ id: number }>(upsert, [
    entry.code,
    entry.title.vi,
    entry.title.en,
    entry.description?.vi ?? null,
    entry.description?.en ?? null,
    found.theme_id,
    found.agency_id,
    entry.license,
    entry.frequency ?? null,
    entry.keywords ?? [],
    entry.sample,
  ])
  if (changed[0] !== undefined) return { id: changed[0].id, changed: true }
  const [same] = await query<{ id: number }>('select id from gateway.dataset where code = $1', [entry.code])
  if (same === undefined) throw new Error(`The dataset ${entry.code} was removed while it was described.`)
  return { id: same.id, changed: false }
}

const upsert = `with stored as (
  insert into gateway.dataset as d
    (code, title_vi, title_en, description_vi, description_en, theme_id, agency_id, license, frequency, keywords, sample)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (code) do update
    set title_vi = excluded.title_vi, title_en = excluded.title_en, description_vi = excluded.description_vi,
      description_en = excluded.description_en, theme_id = excluded.theme_id, agency_id = excluded.agency_id,
      license = excluded.license, frequency = excluded.frequency, keywords = excluded.keywords, sample = excluded.sample
    where (d.title_vi, d.title_en, d.description_vi, d.description_en, d.theme_id, d.agency_id, d.license, d.frequency,
        d.keywords, d.sample)
      is distinct from (excluded.title_vi, excluded.title_en, excluded.description_vi, excluded.description_en,
        excluded.theme_id, excluded.agency_id, excluded.license, excluded.frequency, excluded.keywords, excluded.sample)
  returning d.id
) select id from stored`

/** Marks a dataset as made-up data or as real; the connector of a dataset of the plan knows. True when that is new. */
export async function markSample(query: Queries, datasetId: number, sample: boolean): Promise<boolean> {
  const changed = await query(
    `with changed as (update gateway.dataset set sample = $2 where id = $1 and sample <> $2 returning id) select id from changed`,
    [datasetId, sample],
  )
  return changed.length > 0
}
