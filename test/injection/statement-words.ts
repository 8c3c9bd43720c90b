import type { RecordTypes } from '../../src/records/schema/record-type.js'

/** What the compiler writes of its own: keywords, functions, types, aliases, the tables of the gateway and their columns. */
const ownWords = new Set(
  `with as materialized select exists from where and or not in any is null case when then else end union all group having order by
  desc nulls first last limit cross left join lateral on collate array filter true false over row_number
  count sum avg min max coalesce least string_agg json_agg array_agg array_position json_build_array json_build_object row_to_json to_json json
  translate encode convert_to E int int4 int8 float8 numeric text bool date timestamptz timestamp interval at time zone to_char date_trunc
  gateway resource records id fetched_at record_count dataset_version dataset_id number published_at feed_head position changes_cursor
  fold like like_escape lower search_query ts_rank word_similarity to_point distance cube_enlarge
  fetched pg st h v r n j c d x o`.split(/\s+/),
)

const systemColumns = [
  '_dataset',
  '_resource',
  '_key',
  '_hash',
  '_version',
  '_to_version',
  '_updated_at',
  '_fetched_at',
  '_text',
  '_words',
  '_point',
  '_at_version',
]

/**
 * What is in a statement that neither the compiler nor the schema of the records put there. Parameters are places, so values that
 * came with a request are none of its text. `responseKeys`: names of GraphQL, which the answer has to repeat.
 */
export function foreignParts(text: string, types: RecordTypes, responseKeys: ReadonlySet<string>): string[] {
  const identifiers = new Set([...systemColumns, 'vi-x-icu', 'C'])
  for (const type of types.types.values()) {
    identifiers.add(type.code).add(`${type.code}~history`)
    for (const field of type.fields) identifiers.add(field.name)
  }
  const foreign: string[] = []
  const tokens = text.matchAll(
    /"((?:[^"]|"")*)"|'((?:[^']|'')*)'|(\$\d+)|([A-Za-z_][\w]*)|(\d+(?:\.\d+)?)|(\s+)|([^\s\w])/g,
  )
  for (const [token, identifier, literal, , word, , , sign] of tokens) {
    if (identifier !== undefined && !identifiers.has(identifier) && !responseKeys.has(identifier)) foreign.push(token)
    // Response keys and names of types, with the signs of JSON around them.
    if (literal !== undefined && literal !== '%' && !/^[\w{}[\]",:|+=/\\ .-]*$/.test(literal)) foreign.push(token)
    if (
      word !== undefined &&
      !ownWords.has(word) &&
      !systemColumns.includes(word) &&
      !/^_?[a-z]{1,2}\d+$|^_(rn|o|c|to_version)\d*$/.test(word)
    )
      foreign.push(token)
    if (sign !== undefined && !/^[(),.*:=<>[\]|&@+\-/%!;]$/.test(sign)) foreign.push(token)
  }
  return foreign
}
