import { z } from 'zod'
import type { Bilingual } from '../../records/schema/record-type.js'
import type { PastTime } from '../../records/query/plan/plan.js'

/** What a dataset says of itself in a download. */
export interface DatasetFacts {
  readonly id: number
  readonly code: string
  readonly title: Bilingual
  readonly description: Bilingual | undefined
  readonly agency: Bilingual | undefined
  readonly license: string
  readonly sample: boolean
  readonly keywords: readonly string[]
}

/** What is known of a resource at the moment of a snapshot. */
export interface ResourceFacts {
  readonly id: number
  readonly dataset: string
  readonly name: string
  readonly recordType: string
  readonly mode: string
  readonly state: 'FRESH' | 'STALE' | 'FAILED' | 'NEVER_FETCHED'
  readonly fetchedAt: Date | null
  readonly version: number | null
  /** When the version that it is in was published. */
  readonly publishedAt: Date | null
  readonly recordCount: number
  readonly error: { readonly code: string; readonly message: string | null; readonly messageEn: string | null } | null
}

/** A version of a dataset. */
export interface VersionFacts {
  readonly number: number
  readonly publishedAt: Date
  readonly fetchedAt: Date
}

/** Where facts are read: a pool, or the snapshot of a download. */
export interface Reader {
  rows(text: string, values: readonly unknown[]): Promise<readonly unknown[]>
}

const datasetRow = z.object({
  id: z.int(),
  code: z.string(),
  title_vi: z.string(),
  title_en: z.string(),
  description_vi: z.string().nullable(),
  description_en: z.string().nullable(),
  agency_vi: z.string().nullable(),
  agency_en: z.string().nullable(),
  license: z.string(),
  sample: z.boolean(),
  keywords: z.array(z.string()),
})

/** The dataset of that code, or the one that it duplicates. */
export async function readDataset(reader: Reader, code: string): Promise<DatasetFacts | undefined> {
  const [row] = await reader.rows(
    `select d.id, d.code, d.title_vi, d.title_en, d.description_vi, d.description_en,
            a.name_vi as agency_vi, a.name_en as agency_en, d.license, d.sample, d.keywords
     from gateway.dataset asked
     join gateway.dataset d on d.id = coalesce(asked.duplicate_of_id, asked.id)
     left join gateway.agency a on a.id = d.agency_id
     where asked.code = $1`,
    [code],
  )
  if (row === undefined) return undefined
  const found = datasetRow.parse(row)
  return {
    id: found.id,
    code: found.code,
    title: { vi: found.title_vi, en: found.title_en },
    description: bilingual(found.description_vi, found.description_en),
    agency: bilingual(found.agency_vi, found.agency_en),
    license: found.license,
    sample: found.sample,
    keywords: found.keywords,
  }
}

function bilingual(vi: string | null, en: string | null): Bilingual | undefined {
  const either = vi ?? en
  return either === null ? undefined : { vi: vi ?? either, en: en ?? either }
}

const resourceRow = z.object({
  id: z.int(),
  dataset: z.string(),
  name: z.string(),
  record_type: z.string(),
  mode: z.string(),
  state: z.enum(['FRESH', 'STALE', 'FAILED', 'NEVER_FETCHED']),
  fetched_at: z.coerce.date().nullable(),
  version: z.int().nullable(),
  record_count: z.int(),
  published_at: z.coerce.date().nullable(),
  error_code: z.string().nullable(),
  error_vi: z.string().nullable(),
  error_en: z.string().nullable(),
})

/** The resources of these ids, in the order of their datasets. */
export async function readResources(reader: Reader, ids: readonly number[]): Promise<ResourceFacts[]> {
  const rows = await reader.rows(
    `select r.id, d.code as dataset, r.name, r.record_type, r.mode, r.fetched_at, r.version, r.record_count,
            r.error_code, r.error_vi, r.error_en,
            v.published_at,
            case when r.fetched_at is null and r.error_code is null then 'NEVER_FETCHED'
                 when r.fetched_at is null then 'FAILED'
                 when r.error_code is not null or clock_timestamp() - r.fetched_at > r.max_age_ms * interval '1 ms' then 'STALE'
                 else 'FRESH' end as state
     from gateway.resource r join gateway.dataset d on d.id = r.dataset_id
     left join gateway.dataset_version v on v.dataset_id = r.dataset_id and v.number = r.version
     where r.id = any($1::int[]) order by d.id, r.position, r.name`,
    [ids],
  )
  return z
    .array(resourceRow)
    .parse(rows)
    .map((row) => ({
      id: row.id,
      dataset: row.dataset,
      name: row.name,
      recordType: row.record_type,
      mode: row.mode,
      state: row.state,
      fetchedAt: row.fetched_at,
      version: row.version,
      publishedAt: row.published_at,
      recordCount: row.record_count,
      error: row.error_code === null ? null : { code: row.error_code, message: row.error_vi, messageEn: row.error_en },
    }))
}

const versionRow = z.object({ number: z.int(), published_at: z.coerce.date(), fetched_at: z.coerce.date() })

/** The newest version of the dataset, or the one that was published at a past time. */
export async function readVersion(
  reader: Reader,
  datasetId: number,
  asOf: PastTime | undefined,
): Promise<VersionFacts | undefined> {
  const instant = asOf === undefined || !('instant' in asOf) ? 'infinity' : asOf.instant
  const [row] = await reader.rows(
    `select number, published_at, fetched_at from gateway.dataset_version
     where dataset_id = $1 and published_at <= $2::timestamptz order by number desc limit 1`,
    [datasetId, instant],
  )
  if (row === undefined) return undefined
  const found = versionRow.parse(row)
  return { number: found.number, publishedAt: found.published_at, fetchedAt: found.fetched_at }
}
