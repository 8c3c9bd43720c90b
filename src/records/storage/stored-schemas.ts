import type { ClientBase, Pool } from 'pg'
import { z } from 'zod'
import { parseCodeList } from '../schema/code-list-file.js'
import { parseRecordType } from '../schema/parse-record-type.js'
import type { CodeList, RecordType, RecordTypes } from '../schema/record-type.js'
import { valueOrThrow } from '../schema/schema-problem.js'
import { digestOfCodeList, digestOfType } from '../schema/table-schema.js'

export type Origin = 'file' | 'runtime'

/** A definition that the database has and that is not the one asked about. */
export interface StoredDifference {
  readonly part: 'type' | 'list'
  readonly code: string
  readonly version: number
  readonly origin: Origin
  readonly definition: unknown
}

export interface StoredSchemas {
  /** Grows with each applied change: the sum of all versions. */
  readonly revision: number
  readonly differences: readonly StoredDifference[]
  /** Types and lists that were asked about and that the database does not have. */
  readonly missing: readonly { readonly part: 'type' | 'list'; readonly code: string }[]
}

const part = z.enum(['type', 'list'])

const answer = z.tuple([
  z.object({
    revision: z.coerce.number(),
    differences: z.array(
      z.object({
        part,
        code: z.string(),
        version: z.number(),
        origin: z.enum(['file', 'runtime']),
        definition: z.unknown(),
      }),
    ),
    missing: z.array(z.object({ part, code: z.string() })),
  }),
])

/** In one statement: how what the database has differs from the given types. */
export async function readStoredSchemas(client: Pool | ClientBase, types: RecordTypes): Promise<StoredSchemas> {
  const lists = [...types.codeLists.values()].map((list) => ['list', list.code, digestOfCodeList(list)] as const)
  const given = [...types.types.values()].map((type) => ['type', type.code, digestOfType(type)] as const)
  const all = [...lists, ...given]
  const { rows } = await client.query(
    `with given as (select * from unnest($1::text[], $2::text[], $3::text[]) as given (part, code, digest)),
     stored as (
       select 'list' as part, code, version, origin, digest, definition from gateway.code_list
       union all
       select 'type', code, version, origin, digest, definition from gateway.record_type
     ),
     joined as (
       select part, code, stored.version, stored.origin, stored.definition, stored.digest
       from given full join (select * from stored where digest <> '') as stored using (part, code)
       where stored.digest is distinct from given.digest
     )
     select
       (select coalesce(sum(version), 0)::int from stored) as revision,
       (select coalesce(json_agg(joined), '[]') from joined where digest is not null) as differences,
       (select coalesce(json_agg(joined), '[]') from joined where digest is null) as missing`,
    [all.map((row) => row[0]), all.map((row) => row[1]), all.map((row) => row[2])],
  )
  return answer.parse(rows)[0]
}

/** The code lists and types that the differences define, right by themselves. `known` are the lists that types may use besides. */
export function parseStored(
  differences: readonly StoredDifference[],
  known: ReadonlyMap<string, CodeList>,
): { readonly codeLists: ReadonlyMap<string, CodeList>; readonly types: ReadonlyMap<string, RecordType> } {
  const codeLists = new Map(
    differences
      .filter((stored) => stored.part === 'list')
      .map(({ code, definition }) => [code, valueOrThrow(parseCodeList(code, definition))]),
  )
  const all = new Map([...known, ...codeLists])
  const types = new Map(
    differences
      .filter((stored) => stored.part === 'type')
      .map(({ code, definition }) => [
        code,
        valueOrThrow(parseRecordType({ file: code, theme: undefined, content: definition }, all)),
      ]),
  )
  return { codeLists, types }
}

/** The type with its fields' code lists taken from these; the same object when they are the ones it has. */
export function relinked(type: RecordType, codeLists: ReadonlyMap<string, CodeList>): RecordType {
  const current = (list: CodeList) => codeLists.get(list.code) ?? list
  if (type.fields.every(({ codeList }) => codeList === undefined || current(codeList) === codeList)) return type
  return {
    ...type,
    fields: type.fields.map((field) =>
      field.codeList === undefined ? field : { ...field, codeList: current(field.codeList) },
    ),
  }
}
