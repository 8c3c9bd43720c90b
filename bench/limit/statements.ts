/** A statement as somebody writes it by hand who knows the question, the tables and their indexes; its one value is the JSON of `data`. */
export interface LimitStatement {
  readonly text: string
  /** Names of the variables that its parameters take. `after` is a dataset and a key. */
  readonly parameters: readonly string[]
}

const page = (columns: string, rows: string): string =>
  `select json_build_object('schools', json_build_object('nodes', coalesce(json_agg(s), '[]')))::text from (select ${columns} ${rows}) s`

const after = 'from records."School" where (_dataset, _key) > ($1::int, $2) order by _dataset, _key'

export const limitStatements: Readonly<Record<string, LimitStatement>> = {
  page: {
    text: page(
      '_key as key, code, name, level, ownership, address, classes, pupils, teachers, "openedOn"',
      `${after} limit 100`,
    ),
    parameters: ['after'],
  },
  filter: {
    text: page(
      '_key as key, name, level, pupils, address',
      `from records."School" where level = $1 and pupils >= $2::int order by name collate "vi-x-icu", _dataset, _key limit 50`,
    ),
    parameters: ['level', 'pupils'],
  },
  'filter-descending': {
    text: page(
      '_key as key, name, level, pupils, address',
      `from (
         (select * from records."School" where level = $1 and classes >= 10 and pupils is not null order by pupils desc, _dataset desc, _key desc limit 50)
         union all
         (select * from records."School" where level = $1 and classes >= 10 and pupils is null order by _dataset desc, _key desc limit 50)
       ) p limit 50`,
    ),
    parameters: ['level'],
  },
  relation: {
    text: page(
      `p._key as key, p.name, p.pupils, case when d._key is not null then json_build_object('code', d.code, 'name', d.name) end as district`,
      `from (select _dataset, _key, name, pupils, district ${after} limit 50) p
       left join records."AdministrativeUnit" d on d._key = p.district and d._dataset = (select id from gateway.dataset where code = 'places')
       order by p._dataset, p._key`,
    ),
    parameters: ['after'],
  },
  districts: {
    text: `select json_build_object('districts', json_build_object('nodes', coalesce(json_agg(s), '[]')))::text from (
       select d.code, d.name, json_build_object(
         'totalCount', (select count(*) from records."School" s where s.district = d._key),
         'nodes', (select coalesce(json_agg(p), '[]') from (
            select _key as key, name, pupils from records."School" s where s.district = d._key order by s._dataset, s._key limit 10) p)
       ) as schools
       from records."AdministrativeUnit" d
       where d._dataset = (select id from gateway.dataset where code = 'places') and d.kind = 'DISTRICT' and d.code >= $1
       order by d._key limit 20) s`,
    parameters: ['from'],
  },
  'group-by': {
    text: `select json_build_object('schools', json_build_object('groupBy', json_agg(json_build_object(
         'key', json_build_object('district', json_build_object('key', g.district), 'level', g.level),
         'count', g.count, 'sum', json_build_object('pupils', g.pupils::text)))))::text
       from (select district, level, count(*), sum(pupils) as pupils from records."School" group by 1, 2 order by 1, 2 limit 1000) g`,
    parameters: [],
  },
  search: {
    text: page('key, name, address', 'from peer.search_schools($1) limit 20'),
    parameters: ['words'],
  },
  near: {
    text: page('key, name, latitude, longitude', 'from peer.near_schools($1, $2, 5) limit 50'),
    parameters: ['latitude', 'longitude'],
  },
  // What is kept with every harvest; counting the rows would take 100 times as long.
  count: {
    text: `select json_build_object('schools', json_build_object('totalCount', sum(record_count)))::text
       from gateway.resource where record_type = 'School' and active`,
    parameters: [],
  },
  'count-filter': {
    text: `select json_build_object('schools', json_build_object('totalCount', count(*)))::text
       from records."School" where level = $1 and pupils >= $2::int`,
    parameters: ['level', 'pupils'],
  },
  // The beds come as a parameter, since they are not stored.
  'lookup-cold': {
    text: `select json_build_object('healthFacilities', json_build_object('nodes', coalesce(json_agg(s), '[]')))::text from (
       select f._key as key, f.name, case when b.facility is not null then json_build_object('available', b.available, 'total', b.total) end as "freeBeds"
       from records."HealthFacility" f
       left join json_to_recordset($1::json) b(facility text, available int, total int) on b.facility = f._key
       order by f._dataset, f._key limit 1000) s`,
    parameters: ['beds'],
  },
  'lookup-warm': {
    text: `select json_build_object('healthFacilities', json_build_object('nodes', coalesce(json_agg(s), '[]')))::text from (
       select f._key as key, f.name, case when b._key is not null then json_build_object('available', b.available, 'total', b.total) end as "freeBeds"
       from records."HealthFacility" f left join records."BedAvailability" b on b.facility = f._key
       order by f._dataset, f._key limit 1000) s`,
    parameters: [],
  },
}

export const facilityKeys = 'select _key from records."HealthFacility" order by 1 limit 1000'

/** The page position of a school, for `after`. */
export const positionOf = `select _dataset || '|' || _key as position from records."School" where code = $1`
