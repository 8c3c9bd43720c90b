import { describe, expect, test } from '@jest/globals'
import { GatewayError } from '../../errors/gateway-error.js'
import { recordType } from '../schema/small-types.fixture.js'
import { planStorage } from './plan-storage.js'

const named = (name: string, rest: object = {}) => ({ name, type: 'string', title: name, titleEn: name, ...rest })

const clinic = (changes: { fields?: ReturnType<typeof named>[]; without?: string; [name: string]: unknown } = {}) => {
  const { fields = [], without, ...rest } = changes
  return recordType({
    name: 'Clinic',
    plural: 'clinics',
    title: 'Phòng khám',
    titleEn: 'Clinic',
    description: 'Phòng khám.',
    descriptionEn: 'A clinic.',
    fields: [
      named('code', { constraints: { required: true } }),
      named('name', { searched: true, ordered: true }),
      named('district'),
      named('routes', { type: 'array', items: { type: 'string' } }),
      named('beds', { type: 'integer', ordered: true }),
      named('latitude', { type: 'number' }),
      named('longitude', { type: 'number' }),
    ]
      .filter((field) => field.name !== without)
      .concat(fields),
    primaryKey: ['code'],
    foreignKeys: [
      {
        fields: 'district',
        reference: { resource: 'AdministrativeUnit', fields: 'key' },
        dataset: 'places',
        cardinality: 'one',
      },
      {
        fields: 'routes',
        reference: { resource: 'BusRoute', fields: 'key' },
        dataset: 'bus-network',
        cardinality: 'many',
      },
    ],
    location: { latitude: 'latitude', longitude: 'longitude' },
    ...rest,
  })
}

test('a new record type gets two tables with their indexes', () => {
  expect(planStorage(undefined, clinic()).join(';\n')).toMatchInlineSnapshot(`
   "create table records."Clinic" (
     _dataset int not null,
     _resource int not null,
     _key text collate "C" not null,
     _hash text not null,
     _version int not null,
     _updated_at timestamptz not null,
     _fetched_at timestamptz,
     "code" text,
     "name" text,
     "district" text collate "C",
     "routes" text[] collate "C",
     "beds" int4,
     "latitude" float8,
     "longitude" float8,
     _text text generated always as (gateway.fold(coalesce("name", ''))) stored,
     _words tsvector generated always as (to_tsvector('simple'::regconfig, gateway.fold(coalesce("name", '')))) stored,
     _point public.cube generated always as (gateway.to_point("latitude"::float8, "longitude"::float8)) stored,
     primary key (_dataset, _key)
   );
   create index "Clinic~resource" on records."Clinic" (_resource, _key);
   create index "Clinic.name" on records."Clinic" ("name" collate "vi-x-icu", _dataset, _key);
   create index "Clinic.name.contains" on records."Clinic" using gin (gateway.fold("name") public.gin_trgm_ops);
   create index "Clinic.district" on records."Clinic" ("district", _dataset, _key);
   create index "Clinic.routes" on records."Clinic" using gin ("routes");
   create index "Clinic.beds" on records."Clinic" ("beds", _dataset, _key);
   create index "Clinic~contains" on records."Clinic" using gin (_text public.gin_trgm_ops);
   create index "Clinic~words" on records."Clinic" using gin (_words);
   create index "Clinic~point" on records."Clinic" using gist (_point);
   create table records."Clinic~history" (
     _dataset int not null,
     _resource int not null,
     _key text collate "C" not null,
     _hash text not null,
     _version int not null,
     _updated_at timestamptz not null,
     _fetched_at timestamptz,
     "code" text,
     "name" text,
     "district" text collate "C",
     "routes" text[] collate "C",
     "beds" int4,
     "latitude" float8,
     "longitude" float8,
     _text text generated always as (gateway.fold(coalesce("name", ''))) stored,
     _words tsvector generated always as (to_tsvector('simple'::regconfig, gateway.fold(coalesce("name", '')))) stored,
     _point public.cube generated always as (gateway.to_point("latitude"::float8, "longitude"::float8)) stored,
     _to_version int not null,
     primary key (_dataset, _key, _version)
   );
   create index "Clinic~pruned" on records."Clinic~history" (_dataset, _to_version)"
  `)
})

describe('a later version of a record type', () => {
  test('the same again is nothing to do', () => {
    expect(planStorage(clinic(), clinic())).toEqual([])
  })

  test('a new field is a new column in both tables', () => {
    expect(planStorage(clinic(), clinic({ fields: [named('openedOn', { type: 'date', ordered: true })] })))
      .toMatchInlineSnapshot(`
     [
       "alter table records."Clinic"
       add column "openedOn" date",
       "create index "Clinic.openedOn" on records."Clinic" ("openedOn", _dataset, _key)",
       "alter table records."Clinic~history"
       add column "openedOn" date",
     ]
    `)
  })

  test('another searched field makes the search text anew, with its indexes', () => {
    expect(planStorage(clinic(), clinic({ fields: [named('address', { searched: true })] }))).toMatchInlineSnapshot(`
     [
       "drop index if exists records."Clinic~contains"",
       "drop index if exists records."Clinic~words"",
       "alter table records."Clinic"
       drop column _words,
       drop column _text,
       add column "address" text,
       add column _text text generated always as (gateway.fold(coalesce("name", '') || ' ' || coalesce("address", ''))) stored,
       add column _words tsvector generated always as (to_tsvector('simple'::regconfig, gateway.fold(coalesce("name", '') || ' ' || coalesce("address", '')))) stored",
       "create index "Clinic.address.contains" on records."Clinic" using gin (gateway.fold("address") public.gin_trgm_ops)",
       "create index "Clinic~contains" on records."Clinic" using gin (_text public.gin_trgm_ops)",
       "create index "Clinic~words" on records."Clinic" using gin (_words)",
       "alter table records."Clinic~history"
       drop column _words,
       drop column _text,
       add column "address" text,
       add column _text text generated always as (gateway.fold(coalesce("name", '') || ' ' || coalesce("address", ''))) stored,
       add column _words tsvector generated always as (to_tsvector('simple'::regconfig, gateway.fold(coalesce("name", '') || ' ' || coalesce("address", '')))) stored",
     ]
    `)
  })

  test('a field that no longer orders loses its index', () => {
    const unordered = clinic({ without: 'beds', fields: [named('beds', { type: 'integer' })] })
    expect(planStorage(clinic(), unordered)).toMatchInlineSnapshot(`
     [
       "drop index if exists records."Clinic.beds"",
     ]
    `)
  })

  test('a breaking change is refused with its reasons', () => {
    const change = () =>
      planStorage(clinic(), clinic({ without: 'beds', fields: [named('beds', { type: 'boolean' })] }))
    expect(change).toThrow(GatewayError)
    expect(change).toThrow('Clinic.beds was integer and is boolean.')
  })

  test('a forced change that old rows do not fit starts with empty tables', () => {
    const otherKind = clinic({ without: 'beds', fields: [named('beds', { type: 'boolean' })] })
    const statements = planStorage(clinic(), otherKind, true)
    expect(statements[0]).toBe('drop table if exists records."Clinic", records."Clinic~history"')
    expect(statements[1]).toContain('create table records."Clinic"')
  })

  test('a forced change that old rows fit keeps them', () => {
    expect(planStorage(clinic(), clinic({ plural: 'allClinics' }), true)).toEqual([])
    expect(planStorage(clinic(), clinic({ without: 'name' }), true)).toMatchInlineSnapshot(`
     [
       "drop index if exists records."Clinic.name"",
       "drop index if exists records."Clinic.name.contains"",
       "drop index if exists records."Clinic~contains"",
       "drop index if exists records."Clinic~words"",
       "alter table records."Clinic"
       drop column _words,
       drop column _text,
       drop column "name"",
       "alter table records."Clinic~history"
       drop column _words,
       drop column _text,
       drop column "name"",
     ]
    `)
  })
})

test('index names stay within what Postgres keeps, and differ', () => {
  const long = 'a'.repeat(60)
  const fields = [named(`${long}1`, { ordered: true, searched: true }), named(`${long}2`, { ordered: true })]
  const names = planStorage(undefined, clinic({ fields })).flatMap(
    (statement) => /^create index "([^"]+)"/.exec(statement)?.[1] ?? [],
  )
  expect(Math.max(...names.map((name) => name.length))).toBeLessThanOrEqual(63)
  expect(new Set(names).size).toBe(names.length)
})
