import type { MigrationInterface, QueryRunner } from 'typeorm'

/**
 * The control plane's tables (schema `gateway`). Record tables (schema `records`) are made from the record schemas.
 *
 * Who sees what when: an apply holds the dataset's advisory lock from its start and the single row of `feed_head` from its
 * end to its commit. So versions of a dataset are numbered without gaps, and a reader who sees position n sees all
 * positions up to n.
 */
export class Foundation1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of statements) await runner.query(statement)
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema records cascade')
    await runner.query('drop schema gateway cascade')
  }
}

const statements = [
  'create schema if not exists gateway',
  'create schema if not exists records',
  'create extension if not exists unaccent schema public',
  'create extension if not exists pg_trgm schema public',
  'create extension if not exists cube schema public',

  // unaccent() is only STABLE since its dictionary can be changed; naming the dictionary makes it safe to index. It maps đ.
  `create function gateway.fold(value text) returns text language sql immutable strict parallel safe
     set search_path = public, pg_catalog
     return lower(public.unaccent('public.unaccent'::regdictionary, normalize(value, nfc)))`,
  `create function gateway.to_point(latitude float8, longitude float8) returns public.cube language sql immutable strict parallel safe
     return public.cube(array[
       6371008.8 * cos(radians(latitude)) * cos(radians(longitude)),
       6371008.8 * cos(radians(latitude)) * sin(radians(longitude)),
       6371008.8 * sin(radians(latitude))])`,
  // Along the sphere, in metres, from the straight line through it.
  `create function gateway.distance(a public.cube, b public.cube) returns float8 language sql immutable strict parallel safe
     return 2 * 6371008.8 * asin(least(1, public.cube_distance(a, b) / 2 / 6371008.8))`,

  `create table gateway.plan (
     code text primary key,
     title_vi text not null,
     title_en text not null,
     portal text,
     targets jsonb not null default '[]'
   )`,
  `create table gateway.theme (
     id int generated always as identity primary key,
     code text not null unique,
     position int not null,
     number text not null,
     name_vi text not null,
     name_en text not null
   )`,
  `create table gateway.agency (
     id int generated always as identity primary key,
     code text not null unique,
     position int not null,
     name_vi text not null,
     name_en text not null,
     valid_from date,
     valid_to date
   )`,
  `create table gateway.agency_succession (
     predecessor_id int not null references gateway.agency,
     successor_id int not null references gateway.agency,
     primary key (predecessor_id, successor_id)
   )`,
  `create table gateway.theme_agency (
     theme_id int not null references gateway.theme,
     agency_id int not null references gateway.agency,
     position int not null,
     primary key (theme_id, agency_id)
   )`,
  `create table gateway.dataset (
     id int generated always as identity primary key,
     code text not null unique,
     plan_row int unique,
     title_vi text not null,
     title_en text not null,
     description_vi text,
     description_en text,
     theme_id int references gateway.theme,
     agency_id int references gateway.agency,
     duplicate_of_id int references gateway.dataset,
     status text not null default 'PLANNED',
     license text not null,
     sample boolean not null default false,
     frequency text,
     keywords text[] not null default '{}',
     first_published_on date,
     published_at timestamptz,
     version int,
     folded text generated always as (
       gateway.fold(title_vi || ' ' || title_en || ' ' || code || ' ' || coalesce(description_vi, '') || ' ' || coalesce(description_en, ''))
     ) stored
   )`,
  'create index dataset_folded on gateway.dataset using gin (folded public.gin_trgm_ops)',
  'create index dataset_theme on gateway.dataset (theme_id)',
  'create index dataset_agency on gateway.dataset (agency_id)',
  `create table gateway.dataset_candidate_agency (
     dataset_id int not null references gateway.dataset on delete cascade,
     agency_id int not null references gateway.agency,
     position int not null,
     primary key (dataset_id, agency_id)
   )`,
  `create table gateway.dataset_related (
     dataset_id int not null references gateway.dataset on delete cascade,
     related_id int not null references gateway.dataset on delete cascade,
     primary key (dataset_id, related_id)
   )`,

  // What was applied last, as it stood in the file or in the registration; a later file with another digest is a change.
  `create table gateway.record_type (
     code text primary key,
     version int not null,
     definition jsonb not null,
     digest text not null,
     origin text not null check (origin in ('file', 'runtime')),
     applied_at timestamptz not null default now()
   )`,
  `create table gateway.code_list (
     code text primary key,
     version int not null,
     definition jsonb not null,
     digest text not null,
     origin text not null check (origin in ('file', 'runtime')),
     applied_at timestamptz not null default now()
   )`,

  `create table gateway.connector (
     id int generated always as identity primary key,
     code text not null unique,
     dataset_id int not null references gateway.dataset,
     agency_id int references gateway.agency,
     version int not null,
     manifest jsonb not null,
     digest text not null,
     origin text not null check (origin in ('file', 'runtime')),
     status text not null default 'ACTIVE' check (status in ('ACTIVE', 'PAUSED', 'RETIRED')),
     created_at timestamptz not null default now(),
     changed_at timestamptz not null default now()
   )`,
  `create table gateway.connector_version (
     connector_id int not null references gateway.connector on delete cascade,
     version int not null,
     manifest jsonb not null,
     created_at timestamptz not null default now(),
     created_by text,
     primary key (connector_id, version)
   )`,
  // A resource outlives the version of its connector; its state is part of what a statement's snapshot sees.
  `create table gateway.resource (
     id int generated always as identity primary key,
     dataset_id int not null references gateway.dataset,
     connector_id int not null references gateway.connector,
     name text not null,
     position int not null,
     record_type text not null,
     mode text not null check (mode in ('SNAPSHOT', 'LIVE', 'LOOKUP', 'PUSHED')),
     max_age_ms bigint not null,
     patience_ms int not null,
     active boolean not null default true,
     fetched_at timestamptz,
     attempted_at timestamptz,
     version int,
     record_count int not null default 0,
     error_code text,
     error_vi text,
     error_en text,
     error_at timestamptz,
     memory jsonb not null default '{}',
     unique (dataset_id, name)
   )`,
  'create index resource_record_type on gateway.resource (record_type)',
  'create index resource_connector on gateway.resource (connector_id)',

  `create table gateway.run (
     id bigint generated always as identity primary key,
     connector_id int not null references gateway.connector on delete cascade,
     connector_version int not null,
     reason text not null,
     started_at timestamptz not null default now(),
     deadline_at timestamptz not null,
     finished_at timestamptz,
     outcome text check (outcome in ('PUBLISHED', 'UNCHANGED', 'FAILED')),
     error_code text,
     error_vi text,
     error_en text,
     read int not null default 0,
     mapped int not null default 0,
     added int not null default 0,
     changed int not null default 0,
     removed int not null default 0,
     set_aside int not null default 0,
     bytes bigint not null default 0,
     dataset_version int
   )`,
  'create index run_connector on gateway.run (connector_id, id desc)',
  `create table gateway.set_aside_row (
     run_id bigint not null references gateway.run on delete cascade,
     resource text not null,
     part text,
     row_number int not null,
     field text,
     value text,
     reason_vi text not null,
     reason_en text not null
   )`,
  'create index set_aside_row_run on gateway.set_aside_row (run_id)',

  `create table gateway.dataset_version (
     dataset_id int not null references gateway.dataset on delete cascade,
     number int not null,
     position bigint not null unique,
     published_at timestamptz not null,
     fetched_at timestamptz not null,
     run_id bigint,
     record_count int not null,
     added int not null,
     changed int not null,
     removed int not null,
     set_aside int not null,
     primary key (dataset_id, number)
   )`,
  'create index dataset_version_time on gateway.dataset_version (dataset_id, published_at)',
  `create table gateway.feed_head (
     one boolean primary key default true check (one),
     position bigint not null,
     published_at timestamptz not null,
     oldest bigint not null default 0
   )`,
  "insert into gateway.feed_head (position, published_at) values (0, '-infinity')",
  // record and previous are the record table's row as JSON, complete enough to answer any selection on it.
  `create table gateway.change_event (
     position bigint not null,
     seq int not null,
     dataset_id int not null references gateway.dataset on delete cascade,
     record_type text not null,
     type text not null check (type in ('ADDED', 'CHANGED', 'REMOVED', 'LOADED')),
     key text,
     record jsonb,
     previous jsonb,
     at timestamptz not null,
     primary key (position, seq)
   )`,
  'create index change_event_type on gateway.change_event (record_type, position, seq)',
  // Keys that a lookup source said it does not know, so that they are not asked again before they are old.
  `create table gateway.lookup_miss (
     resource_id int not null references gateway.resource on delete cascade,
     key text not null,
     checked_at timestamptz not null,
     primary key (resource_id, key)
   )`,

  `create table gateway.api_key (
     id int generated always as identity primary key,
     prefix text not null unique,
     hash text not null unique,
     label text not null,
     role text not null check (role in ('AGENCY', 'COORDINATOR', 'ADMIN')),
     agency_id int references gateway.agency,
     created_at timestamptz not null default now(),
     expires_at timestamptz,
     revoked_at timestamptz,
     check ((role = 'AGENCY') = (agency_id is not null))
   )`,
  // Part of every ETag: grows with each change of the control plane that an answer could show.
  `create table gateway.control_revision (
     one boolean primary key default true check (one),
     revision bigint not null
   )`,
  'insert into gateway.control_revision (revision) values (1)',
]
