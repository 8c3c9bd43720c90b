import { sql } from '../filters/sql-fragment.js'

/**
 * A dataset `d` with its theme and lead agency, and the dataset `original` that it duplicates, if any: what a duplicate
 * has published is what its original has.
 */
export const datasetTables = sql`gateway.dataset d
      left join gateway.dataset original on original.id = d.duplicate_of_id
      left join gateway.theme theme on theme.id = d.theme_id
      left join gateway.agency agency on agency.id = d.agency_id`

/** How far the dataset has come, in SQL so that it can be filtered by. */
export const statusExpression = sql`(case
      when d.status = 'RETIRED' then 'RETIRED'
      when coalesce(original.version, d.version) is not null then 'PUBLISHED'
      when exists (
        select from gateway.connector c where c.dataset_id = coalesce(original.id, d.id) and c.status = 'ACTIVE'
      ) then 'CONNECTED'
      when d.agency_id is not null then 'ASSIGNED'
      else 'PLANNED' end)`
