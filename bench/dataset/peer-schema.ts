/**
 * The same tables under the names that a usual project would have: what the peers' servers are written against. Views that
 * Postgres expands, so they cost nothing. The comments tell PostGraphile of the keys that a view cannot declare.
 */
const schoolColumns = `_dataset as dataset_id, _key as key, code, name collate "vi-x-icu" as name, level, ownership,
    district as district_id, address, classes, pupils, girls, teachers, "openedOn" as opened_on, latitude, longitude`

export function peerSchema(placesId: number, facilitiesId: number): string {
  return `
create schema peer;
create view peer.district as
  select _key as id, code, name, kind, parent from records."AdministrativeUnit" where _dataset = ${placesId};
create view peer.school as select ${schoolColumns} from records."School";
create view peer.facility as
  select _key as id, code, name, kind, beds from records."HealthFacility" where _dataset = ${facilitiesId};
create view peer.source as select record_type, record_count from gateway.resource where active;
comment on view peer.district is E'@primaryKey id';
comment on view peer.school is E'@primaryKey dataset_id,key\\n@foreignKey (district_id) references peer.district (id)';
comment on view peer.facility is E'@primaryKey id';
comment on view peer.source is E'@behavior -*';

create function peer.search_schools(query text) returns setof peer.school language sql stable as $$
  select ${schoolColumns} from (
    select * from records."School" where _words @@ gateway.search_query(query)
    union all
    select * from records."School" where gateway.fold(query) <% _text
      and not exists (select 1 from records."School" where _words @@ gateway.search_query(query))
  ) found
  order by (ts_rank(_words, gateway.search_query(query)) + word_similarity(gateway.fold(query), _text)) desc,
    _dataset desc, _key desc
$$;
create function peer.near_schools(lat float8, lon float8, km float8) returns setof peer.school language sql stable as $$
  select ${schoolColumns} from records."School"
  where _point <@ cube_enlarge(gateway.to_point(lat, lon), km * 1000, 3) and gateway.distance(_point, gateway.to_point(lat, lon)) <= km * 1000
  order by gateway.distance(_point, gateway.to_point(lat, lon)), _dataset, _key
$$;
create type peer.school_group as (district_id text, level text, count int, pupils bigint);
create function peer.school_groups() returns setof peer.school_group language sql stable as $$
  select district_id, level, count(*)::int, sum(pupils) from peer.school group by 1, 2 order by 1, 2
$$;
`
}
