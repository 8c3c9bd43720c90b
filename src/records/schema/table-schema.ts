import { createHash } from 'node:crypto'
import { codeListFileOf } from './code-list-file.js'
import type { CodeList, Field, RecordType, ValueKind } from './record-type.js'

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json | undefined }

/** The record type as a schema file, which `parseRecordType` reads as the same type. Properties that say nothing are left out. */
export function tableSchemaOf(type: RecordType): Json {
  const foreignKeys = type.fields.flatMap(({ name, reference }) =>
    reference === undefined
      ? []
      : [
          {
            fields: name,
            reference: { resource: reference.target, fields: 'key' },
            dataset: reference.dataset,
            cardinality: reference.cardinality,
            reverse: reference.reverse,
          },
        ],
  )
  return {
    name: type.code,
    plural: type.plural,
    title: type.title.vi,
    titleEn: type.title.en,
    description: type.description.vi,
    descriptionEn: type.description.en,
    follows: type.follows,
    theme: type.theme,
    fields: type.fields.map(fieldSchemaOf),
    primaryKey: type.primaryKey,
    foreignKeys: foreignKeys.length === 0 ? undefined : foreignKeys,
    validity: type.validity,
    location: type.location,
  }
}

/** How a Table Schema writes the kinds of values. */
export const standardTypes: Readonly<Record<ValueKind, { readonly type: string; readonly format?: string }>> = {
  text: { type: 'string' },
  url: { type: 'string', format: 'uri' },
  code: { type: 'string' },
  integer: { type: 'integer' },
  bigInteger: { type: 'integer', format: 'big' },
  decimal: { type: 'number', format: 'decimal' },
  float: { type: 'number' },
  boolean: { type: 'boolean' },
  date: { type: 'date' },
  dateTime: { type: 'datetime' },
  json: { type: 'object' },
}

function fieldSchemaOf(field: Field): Json {
  const { constraints } = field
  const standard = standardTypes[field.kind]
  const checks = { required: field.required || undefined, ...constraints }
  return {
    name: field.name,
    ...(field.list ? { type: 'array', items: standard } : standard),
    title: field.title.vi,
    titleEn: field.title.en,
    description: field.description?.vi,
    descriptionEn: field.description?.en,
    constraints: Object.values(checks).some((check) => check !== undefined) ? checks : undefined,
    codeList: field.codeList?.code,
    unit: field.unit,
    ordered: field.ordered || undefined,
    searched: field.searched || undefined,
    sensitivity: field.sensitivity === 'none' ? undefined : field.sensitivity,
    deprecated: field.deprecated,
  }
}

const digests = new WeakMap<RecordType | CodeList, string>()

/** The same for equal types, whatever the file's layout. */
export function digestOfType(type: RecordType): string {
  return rememberedDigest(type, tableSchemaOf)
}

export function digestOfCodeList(list: CodeList): string {
  return rememberedDigest(list, codeListFileOf)
}

/** All types are compared with the stored ones at each change, of which few are new. */
function rememberedDigest<Part extends RecordType | CodeList>(part: Part, contentOf: (part: Part) => Json): string {
  let digest = digests.get(part)
  if (digest === undefined) {
    digest = digestOf(contentOf(part))
    digests.set(part, digest)
  }
  return digest
}

function digestOf(content: Json): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}
