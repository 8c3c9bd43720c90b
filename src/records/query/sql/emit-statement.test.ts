import { expect, test } from '@jest/globals'
import { buildSchema, parse, validate } from 'graphql'
import { mergeSchemas } from '../../graphql/merge-schemas.js'
import { smallTypes } from '../../schema/small-types.fixture.js'
import type { ResourceInfo } from '../../sources.js'
import { orderFingerprint, type Ordered } from '../cursor.js'
import { findOperation } from '../plan/find-operation.js'
import { collectFields, SelectionBudget, type Operation } from '../plan/operation.js'
import { planConnection } from '../plan/plan-connection.js'
import { planRootField } from '../plan/plan-root.js'
import { emitStatement, type Statement, type StatementOptions } from './emit-statement.js'

const types = smallTypes()
const schema = mergeSchemas(
  buildSchema(`
    interface Node { id: ID! }
    type PageInfo { hasNextPage: Boolean! hasPreviousPage: Boolean! startCursor: String endCursor: String }
    type Dataset { code: ID! }
    type SourceState { resource: ID! state: String! }
    type Query { dataset: Dataset }
  `),
  types,
)

function resource(id: number, datasetId: number, datasetCode: string, recordType: string): ResourceInfo {
  const name = `${datasetCode}-${recordType}`
  return { id, name, datasetId, datasetCode, recordType, mode: 'SNAPSHOT', maxAgeMs: 1, patienceMs: 1 }
}

const resources: readonly ResourceInfo[] = [
  resource(1, 1, 'places', 'AdministrativeUnit'),
  resource(2, 2, 'primary-schools', 'School'),
  resource(3, 3, 'nurseries', 'School'),
  resource(4, 4, 'bus-network', 'BusStop'),
  { ...resource(5, 5, 'beds', 'BedAvailability'), mode: 'LOOKUP' },
]

function emitted(
  text: string,
  variables: Readonly<Record<string, unknown>> = {},
  options: Partial<StatementOptions> = {},
): Statement {
  const document = parse(text)
  expect(validate(schema, document)).toEqual([])
  const found = findOperation(document, undefined)
  const operation: Operation = {
    schema,
    fragments: found.fragments,
    variables,
    budget: new SelectionBudget(1000),
  }
  const planning = {
    ...{ operation, types, resources, timeZone: 'Asia/Ho_Chi_Minh', datasetRequests: [], planConnection },
    typesWithRetiredRows: new Set<string>(),
  }
  const [field] = collectFields(operation, 'Query', [found.operation.selectionSet])
  const plan = planRootField(planning, field!)
  return emitStatement(plan!, { datasetJson: [], datasetCodes: [], timeZone: planning.timeZone, ...options })
}

/** A line a clause. */
function readable({ text, values }: Statement): string {
  const lines = text.replaceAll(
    / (from|where|order by|group by|having|left join|cross join|union all|limit) /g,
    '\n$1 ',
  )
  return `\n${lines}\n${values.map((value, index) => `$${index + 1} = ${JSON.stringify(value)}`).join('\n')}\n`
}

function cursor(ordered: Ordered, ...rest: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify([orderFingerprint(ordered), ...rest])).toString('base64url')
}

const school = types.types.get('School')!
const pupils = school.fields.find((field) => field.name === 'pupils')!
const byPupils: Ordered = {
  type: school,
  order: [{ by: { kind: 'field', path: [], field: pupils }, descending: true, nullsFirst: false }],
  search: undefined,
  near: undefined,
}

test('a first page reads rows in the order of an index and makes JSON of them', () => {
  const statement = emitted('{ schools(orderBy: [{ name: ASC }], first: 10) { nodes { code name pupils } } }')
  expect(readable(statement)).toMatchInlineSnapshot(`
   "
   with fetched as materialized (select exists (select 1
   from gateway.resource
   where id = any($1::int[]) and fetched_at is not null) as c0) select (case when (select c0
   from fetched) then (select '{"nodes":' || pg.a0 || '}'
   from (select count(*) as n, '[' || coalesce(string_agg(x.e0, ','), '') || ']' as a0
   from (select (row_to_json(t3.*))::text as e0
   from (select t1."code", t1."name", t1."pupils", t1."name" as _o0
   from records."School" t1
   order by t1."name" collate "vi-x-icu", t1."_dataset", t1."_key"
   limit 10) t2
   cross join lateral (select t2."code" as "code", t2."name" as "name", t2."pupils" as "pupils") t3) x) pg) end)::text, array[c0]
   from fetched
   $1 = [2,3]
   "
  `)
})

test('a first page that wants nulls last going down reads the index twice, not the table', () => {
  const statement = emitted('{ schools(orderBy: [{ pupils: DESC }], first: 10) { nodes { code } } }')
  expect(readable(statement)).toMatchInlineSnapshot(`
   "
   with fetched as materialized (select exists (select 1
   from gateway.resource
   where id = any($1::int[]) and fetched_at is not null) as c0) select (case when (select c0
   from fetched) then (select '{"nodes":' || pg.a0 || '}'
   from (select count(*) as n, '[' || coalesce(string_agg(x.e0, ','), '') || ']' as a0
   from (select (row_to_json(t3.*))::text as e0
   from (select *
   from ((select t1."code", t1."pupils" as _o0
   from records."School" t1
   where t1."pupils" is not null
   order by t1."pupils" desc, t1."_dataset" desc, t1."_key" desc
   limit 10)
   union all (select t1."code", t1."pupils" as _o0
   from records."School" t1
   where t1."pupils" is null
   order by t1."pupils" desc, t1."_dataset" desc, t1."_key" desc
   limit 10)) t4
   limit 10) t2
   cross join lateral (select t2."code" as "code") t3) x) pg) end)::text, array[c0]
   from fetched
   $1 = [2,3]
   "
  `)
})

test('a page after a cursor whose order has nulls is a branch for each prefix of the order', () => {
  const after = cursor(byPupils, '300', 2, 'P2')
  const statement = emitted(
    'query ($after: String) { schools(orderBy: [{ pupils: DESC }], first: 10, after: $after) { nodes { code } pageInfo { hasNextPage endCursor } } }',
    { after },
  )
  expect(readable(statement)).toMatchInlineSnapshot(`
   "
   with fetched as materialized (select exists (select 1
   from gateway.resource
   where id = any($1::int[]) and fetched_at is not null) as c0) select (case when (select c0
   from fetched) then (select '{"nodes":' || pg.a0 || ',"pageInfo":' || pg.a1 || '}'
   from (select count(*) as n, '[' || coalesce(string_agg(x.e0, ','
   order by x._rn) filter (where x._rn <= 10), '') || ']' as a0, json_build_object('hasNextPage', count(*) > 10, 'endCursor', (array_agg(x.c
   order by x._rn) filter (where x._rn <= 10))[least(count(*), 10)])::text as a1
   from (select t2._rn, (row_to_json(t3.*))::text as e0, translate(encode(convert_to(json_build_array('CJE0QkaK', t2._o0::text, t2."_dataset", t2."_key")::text, 'UTF8'), 'base64'), E'+/=\\n', '-_') as c
   from (select *, row_number() over () as _rn
   from (select *
   from ((select t1."code", t1."_dataset", t1."_key", t1."pupils" as _o0
   from records."School" t1
   where t1."pupils" = $2::int4 and (t1."_dataset", t1."_key") <= ($3::int, $4::text) and (t1."_dataset", t1."_key") <> ($3::int, $4::text)
   order by t1."pupils" desc, t1."_dataset" desc, t1."_key" desc
   limit 10 + 1)
   union all (select t1."code", t1."_dataset", t1."_key", t1."pupils" as _o0
   from records."School" t1
   where t1."pupils" < $5::int4
   order by t1."pupils" desc, t1."_dataset" desc, t1."_key" desc
   limit 10 + 1)
   union all (select t1."code", t1."_dataset", t1."_key", t1."pupils" as _o0
   from records."School" t1
   where t1."pupils" is null
   order by t1."pupils" desc, t1."_dataset" desc, t1."_key" desc
   limit 10 + 1)) t4
   limit 10 + 1) o) t2
   cross join lateral (select t2."code" as "code") t3) x) pg) end)::text, array[c0]
   from fetched
   $1 = [2,3]
   $2 = "300"
   $3 = 2
   $4 = "P2"
   $5 = "300"
   "
  `)
})

test('a filter on a relation is a semi-join, on a relation that may be missing a look at it', () => {
  const exists = emitted(
    '{ schools(where: { district: { name: { eq: "Quy Nhơn" } } }) { totalCount nodes { district { name } } } }',
  )
  expect(readable(exists)).toMatchInlineSnapshot(`
   "
   with fetched as materialized (select exists (select 1
   from gateway.resource
   where id = any($1::int[]) and fetched_at is not null) as c0) select (case when (select c0
   from fetched) then (select '{"totalCount":' || coalesce(to_json(st.m0)::text, 'null') || ',"nodes":' || pg.a0 || '}'
   from (select count(*) as n, '[' || coalesce(string_agg(x.e0, ','
   order by x._rn), '') || ']' as a0
   from (select t3._rn, (row_to_json(t6.*))::text as e0
   from (select *, row_number() over () as _rn
   from (select t1."district"
   from records."School" t1
   where exists (select 1
   from records."AdministrativeUnit" t2
   where t2."_key" = t1."district" and t2."_dataset" = 1 and t2."name" collate "vi-x-icu" = $2::text)
   order by t1."_dataset", t1."_key"
   limit 20) o) t3
   left join records."AdministrativeUnit" t4 on t4."_key" = t3."district" and t4."_dataset" = 1
   cross join lateral (select t4."name" as "name") t5
   cross join lateral (select case when t4."_key" is not null then row_to_json(t5.*) end as "district") t6) x) pg
   cross join (select count(*) as m0
   from records."School" t1
   where exists (select 1
   from records."AdministrativeUnit" t2
   where t2."_key" = t1."district" and t2."_dataset" = 1 and t2."name" collate "vi-x-icu" = $2::text)) st) end)::text, array[c0]
   from fetched
   $1 = [2,3]
   $2 = "Quy Nhơn"
   "
  `)
  const missing = emitted('{ schools(where: { district: { not: { name: { eq: "Quy Nhơn" } } } }) { totalCount } }')
  expect(readable(missing)).toMatchInlineSnapshot(`
   "
   with fetched as materialized (select exists (select 1
   from gateway.resource
   where id = any($1::int[]) and fetched_at is not null) as c0) select (case when (select c0
   from fetched) then (select '{"totalCount":' || coalesce(to_json(st.m0)::text, 'null') || '}'
   from (select count(*) as m0
   from records."School" t1
   where (select ((t2."name" collate "vi-x-icu" = $2::text) is not true)
   from (select 1) one
   left join records."AdministrativeUnit" t2 on t2."_key" = t1."district" and t2."_dataset" = 1
   limit 1)) st) end)::text, array[c0]
   from fetched
   $1 = [2,3]
   $2 = "Quy Nhơn"
   "
  `)
})

test('groups are by the related record', () => {
  const statement = emitted(`{ schools(where: { level: { eq: PRIMARY } }) {
    groupBy(by: [{ field: DISTRICT }, { field: OPENED_ON, bucket: YEAR }], having: { count: { gt: 1 } }, orderBy: [{ sum: { pupils: DESC } }]) {
      key { district { name } openedOn } count sum { pupils }
    }
  } }`)
  expect(readable(statement)).toMatchInlineSnapshot(`
   "
   with fetched as materialized (select exists (select 1
   from gateway.resource
   where id = any($1::int[]) and fetched_at is not null) as c0) select (case when (select c0
   from fetched) then (select '{"groupBy":' || coalesce(to_json((select coalesce(json_agg(x.j), '[]'::json)
   from (select json_build_object('key', json_build_object('district', (select json_build_object('name', t3."name")
   from records."AdministrativeUnit" t3
   where t3."_key" = t2.g0 and t3."_dataset" = 1
   limit 1), 'openedOn', t2.g1), 'count', t2.m0, 'sum', json_build_object('pupils', t2.m1::text)) as j
   from (select t5."_key" as g0, t4._g1 as g1, sum(t4._p0)::int8 as m0, sum(t4._p1) as m1
   from (select t1."district" as "district", date_trunc('year', t1."openedOn"::timestamp)::date as _g1, count(*) as _p0, sum(t1."pupils") as _p1
   from records."School" t1
   where t1."level" collate "C" = $2::text
   group by 1, 2) t4
   left join records."AdministrativeUnit" t5 on t5."_key" = t4."district" and t5."_dataset" = 1
   group by 1, 2
   having sum(t4._p0)::int8 > $3::int8) t2
   order by t2.m1 desc nulls last, t2.g0 nulls last, t2.g1 nulls last
   limit 100) x))::text, 'null') || '}') end)::text, array[c0]
   from fetched
   $1 = [2,3]
   $2 = "PRIMARY"
   $3 = "1"
   "
  `)
})

test('what is near is found by a box that an index has, then by distance', () => {
  const statement = emitted(
    '{ schools(near: { latitude: 13.78, longitude: 109.22, km: 5 }, orderBy: [{ distance: ASC }]) { nodes { code } } }',
  )
  expect(readable(statement)).toMatchInlineSnapshot(`
   "
   with fetched as materialized (select exists (select 1
   from gateway.resource
   where id = any($1::int[]) and fetched_at is not null) as c0) select (case when (select c0
   from fetched) then (select '{"nodes":' || pg.a0 || '}'
   from (select count(*) as n, '[' || coalesce(string_agg(x.e0, ','), '') || ']' as a0
   from (select (row_to_json(t3.*))::text as e0
   from (select t1."code", gateway.distance(t1."_point", gateway.to_point($2::float8, $3::float8)) as _o0
   from records."School" t1
   where t1."_point" <@ cube_enlarge(gateway.to_point($2::float8, $3::float8), $4::float8 * 1000, 3) and gateway.distance(t1."_point", gateway.to_point($2::float8, $3::float8)) <= $4::float8 * 1000
   order by gateway.distance(t1."_point", gateway.to_point($2::float8, $3::float8)), t1."_dataset", t1."_key"
   limit 20) t2
   cross join lateral (select t2."code" as "code") t3) x) pg) end)::text, array[c0]
   from fetched
   $1 = [2,3]
   $2 = 13.78
   $3 = 109.22
   $4 = 5
   "
  `)
})

test('a search looks for words and for what is like them', () => {
  const statement = emitted('{ schools(search: "tran phu") { nodes { code } } }')
  expect(readable(statement)).toMatchInlineSnapshot(`
   "
   with fetched as materialized (select exists (select 1
   from gateway.resource
   where id = any($1::int[]) and fetched_at is not null) as c0) select (case when (select c0
   from fetched) then (select '{"nodes":' || pg.a0 || '}'
   from (select count(*) as n, '[' || coalesce(string_agg(x.e0, ','), '') || ']' as a0
   from (select (row_to_json(t6.*))::text as e0
   from (select t1."code", (ts_rank(t1."_words", (select gateway.search_query($2::text))) + word_similarity((select gateway.fold($2::text)), t1."_text"))::float8 as _o0
   from (select *
   from records."School" t2
   where _words @@ gateway.search_query($3::text)
   union all
   select *
   from records."School" t3
   where gateway.fold($3::text) <% _text and not exists (select 1
   from records."School" t4
   where _words @@ gateway.search_query($3::text))) t1
   order by (ts_rank(t1."_words", (select gateway.search_query($2::text))) + word_similarity((select gateway.fold($2::text)), t1."_text"))::float8 desc, t1."_dataset" desc, t1."_key" desc
   limit 20) t5
   cross join lateral (select t5."code" as "code") t6) x) pg) end)::text, array[c0]
   from fetched
   $1 = [2,3]
   $2 = "tran phu"
   $3 = "tran phu"
   "
  `)
})

test('what is not needed leaves no parameter behind', () => {
  const statement = emitted(
    '{ schools(where: { name: { eq: "A" } }, dataset: ["nurseries"]) { sources { resource state } } }',
  )
  expect(readable(statement)).toMatchInlineSnapshot(`
   "
   with fetched as materialized (select exists (select 1
   from gateway.resource
   where id = any($1::int[]) and fetched_at is not null) as c0) select (case when (select c0
   from fetched) then (select '{"sources":' || coalesce(to_json((select coalesce(json_agg(json_build_object('resource', s.name, 'state', case
     when s.fetched_at is null and s.error_code is null then 'NEVER_FETCHED'
     when s.fetched_at is null then 'FAILED'
     when s.error_code is not null or clock_timestamp() - s.fetched_at > s.max_age_ms * interval '1 ms' then 'STALE'
     else 'FRESH' end)
   order by array_position($2::int[], s.id)), '[]'::json)
   from gateway.resource s
   where s.id = any($2::int[])))::text, 'null') || '}') end)::text, array[c0]
   from fetched
   $1 = [3]
   $2 = [3]
   "
  `)
})

test('a type without searched text cannot be searched', () => {
  expect(() => emitted('{ busStops(search: "a") { totalCount } }')).toThrow('BusStop has no text to search')
})

test('a looked-up record that is missing or too old is its key, where that is asked', () => {
  const fetched = { isFetched: () => true }
  const text = '{ busStops { nodes { code freeBeds { available } } } }'
  expect(readable(emitted(text, {}, fetched))).toMatchInlineSnapshot(`
   "
   select (select '{"nodes":' || pg.a0 || '}'
   from (select count(*) as n, '[' || coalesce(string_agg(x.e0, ','), '') || ']' as a0
   from (select (row_to_json(t5.*))::text as e0
   from (select t1."code", t1."_key", t1."_dataset"
   from records."BusStop" t1
   order by t1."_dataset", t1."_key"
   limit 20) t2
   cross join lateral (select t2."code" as "code", (select row_to_json(t4.*)
   from records."BedAvailability" t3
   cross join lateral (select t3."available" as "available") t4
   where t3."stop" = t2."_key" and t2."_dataset" = 4
   limit 1) as "freeBeds") t5) x) pg)::text, '{}'::bool[]

   "
  `)
  expect(readable(emitted(text, {}, { ...fetched, dueMarker: 'due:' }))).toMatchInlineSnapshot(`
   "
   select (select '{"nodes":' || pg.a0 || '}'
   from (select count(*) as n, '[' || coalesce(string_agg(x.e0, ','), '') || ']' as a0
   from (select (row_to_json(t5.*))::text as e0
   from (select t1."code", t1."_key", t1."_dataset"
   from records."BusStop" t1
   order by t1."_dataset", t1."_key"
   limit 20) t2
   cross join lateral (select t2."code" as "code", coalesce((select case when ((t3."_fetched_at" > statement_timestamp() - $1::int8 * interval '1 ms') is not true and not exists (select 1
   from gateway.lookup_miss m
   where m.resource_id = 5 and m.key = t2."_key" and m.checked_at > statement_timestamp() - $2::int8 * interval '1 ms')) then json_build_object('due:5', t2."_key") else row_to_json(t4.*) end
   from records."BedAvailability" t3
   cross join lateral (select t3."available" as "available") t4
   where t3."stop" = t2."_key" and t2."_dataset" = 4
   limit 1), case when (t2."_key" is not null and not exists (select 1
   from gateway.lookup_miss m
   where m.resource_id = 5 and m.key = t2."_key" and m.checked_at > statement_timestamp() - $3::int8 * interval '1 ms')) then json_build_object('due:5', t2."_key") end) as "freeBeds") t5) x) pg)::text, '{}'::bool[]
   $1 = 1
   $2 = 1
   $3 = 1
   "
  `)
})
