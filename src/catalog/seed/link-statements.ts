import type { SeedStatement } from './seed-statement.js'

/** Rows name the theme and an agency that leads it. */
export const linkLeadAgencies: SeedStatement = {
  expressions: `wanted as (
    select t.id as theme_id, a.id as agency_id, x.position
    from json_to_recordset($1::json) as x(owner text, value text, position int)
    join gateway.theme t on t.code = x.owner join gateway.agency a on a.code = x.value),
  gone as (
    delete from gateway.theme_agency l where not exists (
      select from wanted w where w.theme_id = l.theme_id and w.agency_id = l.agency_id)
    returning 1),
  changed as (
    insert into gateway.theme_agency as l (theme_id, agency_id, position)
    select theme_id, agency_id, position from wanted
    on conflict (theme_id, agency_id) do update set position = excluded.position where l.position <> excluded.position
    returning 1)`,
  changes: ['gone', 'changed'],
}

/** Rows name the successor and one of its predecessors. */
export const linkPredecessors: SeedStatement = {
  expressions: `wanted as (
    select p.id as predecessor_id, s.id as successor_id
    from json_to_recordset($1::json) as x(owner text, value text)
    join gateway.agency s on s.code = x.owner join gateway.agency p on p.code = x.value),
  gone as (
    delete from gateway.agency_succession l where not exists (
      select from wanted w where w.predecessor_id = l.predecessor_id and w.successor_id = l.successor_id)
    returning 1),
  changed as (
    insert into gateway.agency_succession (predecessor_id, successor_id)
    select predecessor_id, successor_id from wanted on conflict do nothing
    returning 1)`,
  changes: ['gone', 'changed'],
}

/** Rows name the dataset and an agency that may lead it. */
export const linkCandidates: SeedStatement = {
  expressions: `wanted as (
    select d.id as dataset_id, a.id as agency_id, x.position
    from json_to_recordset($1::json) as x(owner text, value text, position int)
    join gateway.dataset d on d.code = x.owner join gateway.agency a on a.code = x.value),
  gone as (
    delete from gateway.dataset_candidate_agency l where not exists (
      select from wanted w where w.dataset_id = l.dataset_id and w.agency_id = l.agency_id)
    returning 1),
  changed as (
    insert into gateway.dataset_candidate_agency as l (dataset_id, agency_id, position)
    select dataset_id, agency_id, position from wanted
    on conflict (dataset_id, agency_id) do update set position = excluded.position where l.position <> excluded.position
    returning 1)`,
  changes: ['gone', 'changed'],
}

/** Rows name two datasets that overlap; the link is kept in both directions. */
export const linkRelated: SeedStatement = {
  expressions: `named as (
    select d.id as a, r.id as b
    from json_to_recordset($1::json) as x(owner text, value text)
    join gateway.dataset d on d.code = x.owner join gateway.dataset r on r.code = x.value),
  wanted as (select a as dataset_id, b as related_id from named union select b, a from named),
  gone as (
    delete from gateway.dataset_related l where not exists (
      select from wanted w where w.dataset_id = l.dataset_id and w.related_id = l.related_id)
    returning 1),
  changed as (
    insert into gateway.dataset_related (dataset_id, related_id)
    select dataset_id, related_id from wanted on conflict do nothing
    returning 1)`,
  changes: ['gone', 'changed'],
}
