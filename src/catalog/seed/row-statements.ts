import type { SeedStatement } from './seed-statement.js'

export const upsertThemes: SeedStatement = {
  expressions: `changed as (
    insert into gateway.theme as t (code, position, number, name_vi, name_en)
    select code, position, number, "nameVi", "nameEn"
    from json_to_recordset($1::json) as x(code text, position int, number text, "nameVi" text, "nameEn" text)
    on conflict (code) do update
      set position = excluded.position, number = excluded.number, name_vi = excluded.name_vi, name_en = excluded.name_en
      where (t.position, t.number, t.name_vi, t.name_en)
        is distinct from (excluded.position, excluded.number, excluded.name_vi, excluded.name_en)
    returning 1)`,
  changes: ['changed'],
}

export const upsertAgencies: SeedStatement = {
  expressions: `changed as (
    insert into gateway.agency as a (code, position, name_vi, name_en, valid_from, valid_to, in_plan)
    select code, position, "nameVi", "nameEn", "validFrom", "validTo", "inPlan"
    from json_to_recordset($1::json) as x(
      code text, position int, "nameVi" text, "nameEn" text, "validFrom" date, "validTo" date, "inPlan" boolean)
    on conflict (code) do update
      set position = excluded.position, name_vi = excluded.name_vi, name_en = excluded.name_en,
        valid_from = excluded.valid_from, valid_to = excluded.valid_to, in_plan = excluded.in_plan
      where (a.position, a.name_vi, a.name_en, a.valid_from, a.valid_to, a.in_plan)
        is distinct from (excluded.position, excluded.name_vi, excluded.name_en, excluded.valid_from, excluded.valid_to, excluded.in_plan)
    returning 1)`,
  changes: ['changed'],
}

/** Takes rows of the plan away from datasets that have another or none now: a row has one dataset at any moment. */
export const clearPlanRows: SeedStatement = {
  expressions: `changed as (
    update gateway.dataset d set plan_row = null
    where plan_row is not null and not exists (
      select from json_to_recordset($1::json) as x(code text, row int) where x.code = d.code and x.row = d.plan_row)
    returning 1)`,
  changes: ['changed'],
}

export const upsertDatasets: SeedStatement = {
  expressions: `wanted as (
    select x.*, t.id as theme_id, a.id as agency_id
    from json_to_recordset($1::json) as x(
      code text, row int, "titleVi" text, "titleEn" text, "descriptionVi" text, "descriptionEn" text,
      theme text, "leadAgency" text, license text, frequency text, keywords text[])
    left join gateway.theme t on t.code = x.theme
    left join gateway.agency a on a.code = x."leadAgency"),
  changed as (
    insert into gateway.dataset as d
      (code, plan_row, title_vi, title_en, description_vi, description_en, theme_id, agency_id, license, frequency, keywords)
    select code, row, "titleVi", "titleEn", "descriptionVi", "descriptionEn", theme_id, agency_id, license, frequency, keywords
    from wanted order by row
    on conflict (code) do update
      set plan_row = excluded.plan_row, title_vi = excluded.title_vi, title_en = excluded.title_en,
        description_vi = excluded.description_vi, description_en = excluded.description_en, theme_id = excluded.theme_id,
        agency_id = excluded.agency_id, license = excluded.license, frequency = excluded.frequency,
        keywords = excluded.keywords
      where (d.plan_row, d.title_vi, d.title_en, d.description_vi, d.description_en, d.theme_id, d.agency_id, d.license,
          d.frequency, d.keywords)
        is distinct from (excluded.plan_row, excluded.title_vi, excluded.title_en, excluded.description_vi,
          excluded.description_en, excluded.theme_id, excluded.agency_id, excluded.license, excluded.frequency,
          excluded.keywords)
    returning 1)`,
  changes: ['changed'],
}

export const linkDuplicates: SeedStatement = {
  expressions: `changed as (
    update gateway.dataset d set duplicate_of_id = original.id
    from json_to_recordset($1::json) as x(code text, "duplicateOf" text)
    left join gateway.dataset original on original.code = x."duplicateOf"
    where d.code = x.code and d.duplicate_of_id is distinct from original.id
    returning 1)`,
  changes: ['changed'],
}
