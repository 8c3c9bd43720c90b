import { print, type GraphQLError } from 'graphql'
import { z } from 'zod'
import { buildRecordTypes } from '../../schema/build-record-types.js'
import { codeListFileOf, parseCodeList } from '../../schema/code-list-file.js'
import { parseRecordType } from '../../schema/parse-record-type.js'
import type { RecordTypes } from '../../schema/record-type.js'
import { valueOrThrow } from '../../schema/schema-problem.js'
import { tableSchemaOf } from '../../schema/table-schema.js'
import type { IntrospectionQuery } from './introspection.js'

/** What a thread needs to answer an introspection: record types and code lists as the files that would say the same. */
export const introspectionOrder = z.object({
  /** The base of the public schema, as SDL. */
  base: z.string(),
  types: z.array(z.unknown()),
  codeLists: z.array(z.unknown()),
  query: z.string(),
  variables: z.record(z.string(), z.unknown()),
})

export type IntrospectionOrder = z.infer<typeof introspectionOrder>

/** What the thread answers: JSON in UTF-8 by response key. */
export const introspectionReport = z.object({
  values: z.array(z.tuple([z.string(), z.instanceof(Uint8Array)])),
  errors: z.array(z.object({ message: z.string(), path: z.array(z.union([z.string(), z.number()])).optional() })),
})

export type IntrospectionReport = z.infer<typeof introspectionReport>

export function orderOf(base: string, { types, document, variables }: IntrospectionQuery): IntrospectionOrder {
  return {
    base,
    types: [...types.types.values()].map(tableSchemaOf),
    codeLists: [...types.codeLists.values()].map(codeListFileOf),
    query: print(document),
    variables: { ...variables },
  }
}

/** The record types of an order: what was public was right. */
export function typesOf(order: IntrospectionOrder): RecordTypes {
  const lists = order.codeLists.map((content) => valueOrThrow(parseCodeList('code list', content)))
  const byCode = new Map(lists.map((list) => [list.code, list]))
  const types = order.types.map((content) =>
    valueOrThrow(parseRecordType({ file: 'record type', theme: undefined, content }, byCode)),
  )
  return valueOrThrow(buildRecordTypes(types, lists, 1))
}

export function reportedError({ message, path }: GraphQLError): IntrospectionReport['errors'][number] {
  return path === undefined ? { message } : { message, path: [...path] }
}
