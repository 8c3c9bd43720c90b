const own =
  's._key, s.code, s.name, s.level, s.district, s.commune, s.address, s.pupils, s.teachers, s.classes, s."openedOn", s.latitude, s.longitude'
const schools = `records."School" s where s._dataset = (select id from gateway.dataset where code = 'primary-schools')`

/** What the limit sends, by name. */
export const limitStatements: Readonly<Record<string, string>> = {
  /** The table as it stands: no order, no relation. */
  table: `copy (select ${own} from ${schools}) to stdout (format csv)`,
  /** The same, by key, as a file that is the same each time has to be. */
  ordered: `copy (select ${own} from ${schools} order by s._key) to stdout (format csv)`,
  /** All that a download has when nothing is chosen, with the places that the rows are in. */
  all: `copy (select s._key, s.code, s.name, s.level, s.ownership, s.district, d.code, d.name, s.commune, c.code, c.name, s.address, s.classes, s.pupils,
      s.girls, s.teachers, s."nationalStandard", s."openedOn", s.latitude, s.longitude
    from records."School" s
    left join records."AdministrativeUnit" d on d._key = s.district and d._dataset = (select id from gateway.dataset where code = 'places')
    left join records."AdministrativeUnit" c on c._key = s.commune and c._dataset = (select id from gateway.dataset where code = 'places')
    where s._dataset = (select id from gateway.dataset where code = 'primary-schools') order by s._key) to stdout (format csv)`,
  /** Rows as Postgres makes JSON of them, which it escapes once more on the way: not a file that anyone could read. */
  json: `copy (select row_to_json(x) from (select ${own} from ${schools} order by s._key) x) to stdout`,
}
