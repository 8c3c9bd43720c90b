import type { ResourceInfo } from '../../sources.js'
import type { SourceEntry, SourceErrorEntry } from '../plan/plan.js'
import { instant } from './column-types.js'
import { jsonObject, literal } from './emission.js'
import { emitDataset } from './emit-record.js'
import type { EmissionContext } from './emission-context.js'

/** The state of each resource as the statement's own snapshot sees it. */
export function emitSources(
  context: EmissionContext,
  selection: readonly SourceEntry[],
  sources: readonly ResourceInfo[],
): string {
  const json = jsonObject(selection.map((entry) => [entry.as, emitSource(context, entry)] as const))
  const ids = context.emission.value([...new Set(sources.map((source) => source.id))], 'int[]')
  return `(select coalesce(json_agg(${json} order by array_position(${ids}, s.id)), '[]'::json) from gateway.resource s where s.id = any(${ids}))`
}

function emitSource(context: EmissionContext, entry: SourceEntry): string {
  switch (entry.kind) {
    case 'typename':
      return literal(entry.name)
    case 'resource':
      return 's.name'
    case 'mode':
      return 's.mode'
    case 'version':
      return 's.version'
    case 'fetchedAt':
      return instant('s.fetched_at')
    case 'ageSeconds':
      return 'floor(extract(epoch from clock_timestamp() - s.fetched_at))::int'
    case 'state':
      return `case
  when s.fetched_at is null and s.error_code is null then 'NEVER_FETCHED'
  when s.fetched_at is null then 'FAILED'
  when s.error_code is not null or clock_timestamp() - s.fetched_at > s.max_age_ms * interval '1 ms' then 'STALE'
  else 'FRESH' end`
    case 'dataset':
      return emitDataset(context, entry.selection, 's.dataset_id')
    case 'error': {
      const json = jsonObject(entry.selection.map((each) => [each.as, emitSourceError(each)] as const))
      return `case when s.error_code is not null then ${json} end`
    }
  }
}

function emitSourceError(entry: SourceErrorEntry): string {
  switch (entry.kind) {
    case 'typename':
      return literal(entry.name)
    case 'code':
      return 's.error_code'
    case 'at':
      return instant('s.error_at')
    case 'message':
      return entry.language === 'EN' ? 's.error_en' : 's.error_vi'
  }
}
