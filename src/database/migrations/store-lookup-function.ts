/**
 * Stores one batch of looked-up rows as one statement of the client. A function and not one statement with many parts,
 * since each step must see what committed while it waited for the dataset's lock.
 *
 * rows: json array of objects with `_key`, `_hash` and the fields as their column texts. misses: keys that the source does
 * not know. Only what differs is written, and only then is there a new version.
 */
export const storeLookupFunction = `
create function gateway.store_lookup(
  lock_class int, in_dataset int, in_resource int, in_type text, fields text[], rows json, misses text[], keep_history boolean, zone text
) returns table (version_number int, rows_added int, rows_changed int, rows_removed int) language plpgsql as $function$
declare
  target text := format('records.%I', in_type);
  history text := format('records.%I', in_type || '~history');
  columns text := (select coalesce(string_agg(', ' || quote_ident(f), '' order by n), '') from unnest(fields) with ordinality as u (f, n));
  incoming_columns text := (select coalesce(string_agg(', i.' || quote_ident(f), '' order by n), '') from unnest(fields) with ordinality as u (f, n));
  assignments text := (select coalesce(string_agg(format(', %1$I = i.%1$I', f), '' order by n), '') from unnest(fields) with ordinality as u (f, n));
  previous_columns text := (select coalesce(string_agg(', r.' || quote_ident(f), '' order by n), '') from unnest(fields) with ordinality as u (f, n));
  differing text[];
  gone text[];
  first_load boolean;
  moment timestamptz;
  events jsonb;
  head record;
begin
  perform pg_advisory_xact_lock(lock_class, in_dataset);
  moment := clock_timestamp();
  select version is null into first_load from gateway.resource where id = in_resource;

  execute format(
    'select coalesce(array_agg(i._key), ''{}'') from json_populate_recordset(null::%1$s, $1) i
       left join %1$s r on r._dataset = $2 and r._key = i._key
       where r._key is null or (r._hash <> i._hash and r._resource = $3)', target)
    into differing using rows, in_dataset, in_resource;
  execute format('select coalesce(array_agg(_key), ''{}'') from %s where _dataset = $1 and _resource = $2 and _key = any ($3)', target)
    into gone using in_dataset, in_resource, misses;
  execute format(
    'update %1$s r set _fetched_at = $1 from json_populate_recordset(null::%1$s, $2) i
       where r._dataset = $3 and r._key = i._key and i._key <> all ($4)', target)
    using moment, rows, in_dataset, differing;

  if first_load or cardinality(differing) > 0 or cardinality(gone) > 0 then
    update gateway.dataset d set version = coalesce(d.version, 0) + 1 where d.id = in_dataset returning d.version into version_number;
    -- What the rows were, before they are replaced.
    execute format(
      'select coalesce(jsonb_object_agg(_key, to_jsonb(r)), ''{}'') from %s r where _dataset = $1 and _key = any ($2 || $3)', target)
      into events using in_dataset, differing, gone;
    if keep_history then
      execute format(
        'insert into %1$s (_dataset, _resource, _key, _hash, _version, _updated_at, _fetched_at%2$s, _to_version)
           select r._dataset, r._resource, r._key, r._hash, r._version, r._updated_at, r._fetched_at%3$s, $1
           from %4$s r where _dataset = $2 and _key = any ($3 || $4)', history, columns, previous_columns, target)
        using version_number, in_dataset, differing, gone;
    end if;
    execute format('delete from %s where _dataset = $1 and _key = any ($2)', target) using in_dataset, gone;
    execute format(
      'insert into %1$s as r (_dataset, _resource, _key, _hash, _version, _updated_at, _fetched_at%2$s)
         select $1, $2, i._key, i._hash, $3, $4, $4%3$s from json_populate_recordset(null::%1$s, $5) i where i._key = any ($6)
       on conflict (_dataset, _key) do update set _resource = excluded._resource, _hash = excluded._hash,
         _version = excluded._version, _updated_at = excluded._updated_at, _fetched_at = excluded._fetched_at%4$s',
      target, columns, incoming_columns, replace(assignments, '= i.', '= excluded.'))
      using in_dataset, in_resource, version_number, moment, rows, differing;
    execute format(
      'select count(*) filter (where not $1 ? k), count(*) filter (where $1 ? k) from unnest($2) k')
      into rows_added, rows_changed using events, differing;
  else
    version_number := null;
    rows_added := 0;
    rows_changed := 0;
  end if;
  rows_removed := cardinality(gone);

  delete from gateway.lookup_miss m using json_array_elements(rows) i where m.resource_id = in_resource and m.key = i ->> '_key';
  insert into gateway.lookup_miss (resource_id, key, checked_at) select in_resource, k, moment from unnest(misses) k
    on conflict (resource_id, key) do update set checked_at = excluded.checked_at;
  update gateway.resource r set fetched_at = moment, attempted_at = moment, error_code = null, error_vi = null, error_en = null,
    error_at = null, version = coalesce(version_number, r.version), record_count = r.record_count + rows_added - rows_removed
    where r.id = in_resource;

  if version_number is not null then
    -- From here to the commit nobody else can take a position.
    update gateway.feed_head f set position = f.position + 1,
      published_at = greatest(clock_timestamp(), f.published_at + interval '1 microsecond') returning f.position, f.published_at into head;
    insert into gateway.dataset_version (dataset_id, number, position, published_at, fetched_at, record_count, added, changed, removed, set_aside)
      select in_dataset, version_number, head.position, head.published_at, moment,
        (select coalesce(sum(r.record_count), 0) from gateway.resource r where r.dataset_id = in_dataset and r.active),
        rows_added, rows_changed, rows_removed, 0;
    if not keep_history then
      delete from gateway.dataset_version v where v.dataset_id = in_dataset and v.number < version_number;
    end if;
    update gateway.dataset d set published_at = head.published_at,
      first_published_on = coalesce(d.first_published_on, (head.published_at at time zone zone)::date)
      where d.id = in_dataset;
    if first_load then
      insert into gateway.change_event (position, seq, dataset_id, record_type, type, at)
        values (head.position, 1, in_dataset, in_type, 'LOADED', head.published_at);
    else
      execute format(
        'insert into gateway.change_event (position, seq, dataset_id, record_type, type, key, record, previous, at)
           select $1, row_number() over (order by k), $2, $3,
             case when r._key is null then ''REMOVED'' when $4 ? k then ''CHANGED'' else ''ADDED'' end,
             k, to_jsonb(r), $4 -> k, $5
           from unnest($6 || $7) k left join %s r on r._dataset = $2 and r._key = k', target)
        using head.position, in_dataset, in_type, events, head.published_at, differing, gone;
    end if;
    perform pg_notify('gateway_changes', json_build_object('position', head.position, 'dataset', in_dataset, 'resources', array[in_resource])::text);
  end if;
  return next;
end
$function$`
