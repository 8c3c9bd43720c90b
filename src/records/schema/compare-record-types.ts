import type { CodeList, Field, RecordType, RecordTypes } from './record-type.js'

export interface SchemaChange {
  /** What existing clients, rows or cursors cannot live with. */
  readonly breaking: boolean
  /** A sentence that names the type and the field. */
  readonly message: string
}

export interface SchemaComparison {
  readonly kind: 'none' | 'additive' | 'breaking'
  readonly changes: readonly SchemaChange[]
}

/** What changed between two sets of record types, code lists included. */
export function compareRecordTypes(before: RecordTypes, after: RecordTypes): SchemaComparison {
  const changes: SchemaChange[] = []
  for (const list of before.codeLists.values()) changes.push(...codeListChanges(list, after.codeLists.get(list.code)))
  for (const list of after.codeLists.values()) {
    if (!before.codeLists.has(list.code)) changes.push(additive(`The code list ${list.code} is new.`))
  }
  for (const type of before.types.values()) changes.push(...typeChanges(type, after.types.get(type.code)))
  for (const type of after.types.values()) {
    if (!before.types.has(type.code)) changes.push(additive(`The record type ${type.code} is new.`))
  }
  return comparison(changes)
}

/** What changed between two versions of one record type; its code lists are compared by name only. */
export function compareRecordType(before: RecordType, after: RecordType | undefined): SchemaComparison {
  return comparison(typeChanges(before, after))
}

export function compareCodeList(before: CodeList, after: CodeList | undefined): SchemaComparison {
  return comparison(codeListChanges(before, after))
}

function comparison(changes: readonly SchemaChange[]): SchemaComparison {
  if (changes.length === 0) return { kind: 'none', changes }
  return { kind: changes.some((change) => change.breaking) ? 'breaking' : 'additive', changes }
}

function breaking(message: string): SchemaChange {
  return { breaking: true, message }
}

function additive(message: string): SchemaChange {
  return { breaking: false, message }
}

function codeListChanges(before: CodeList, after: CodeList | undefined): SchemaChange[] {
  if (after === undefined) return [breaking(`The code list ${before.code} was removed.`)]
  const values = new Set(after.values.map(({ value }) => value))
  const known = new Set(before.values.map(({ value }) => value))
  const changes = [
    ...[...known]
      .filter((value) => !values.has(value))
      .map((value) => breaking(`The code list ${before.code} lost ${value}.`)),
    ...[...values]
      .filter((value) => !known.has(value))
      .map((value) => additive(`The code list ${before.code} gained ${value}.`)),
  ]
  if (changes.length === 0 && !same(before, after)) return [additive(`The code list ${before.code} reads differently.`)]
  return changes
}

function typeChanges(before: RecordType, after: RecordType | undefined): SchemaChange[] {
  const T = before.code
  if (after === undefined) return [breaking(`The record type ${T} was removed.`)]
  const changes: SchemaChange[] = []
  if (before.plural !== after.plural)
    changes.push(breaking(`The plural of ${T} was ${before.plural} and is ${after.plural}.`))
  if (before.primaryKey.join() !== after.primaryKey.join()) {
    changes.push(breaking(`The key of ${T} was ${before.primaryKey.join(', ')} and is ${after.primaryKey.join(', ')}.`))
  }
  for (const part of ['validity', 'location'] as const) {
    if (before[part] === undefined && after[part] !== undefined) changes.push(additive(`${T} has a ${part} now.`))
    else if (!same(before[part], after[part])) changes.push(breaking(`The ${part} of ${T} changed.`))
  }
  if (before.fields.some((field) => field.searched) && !after.fields.some((field) => field.searched)) {
    changes.push(breaking(`${T} can no longer be searched.`))
  }
  const fields = new Map(after.fields.map((field) => [field.name, field]))
  for (const field of before.fields) changes.push(...fieldChanges(T, field, fields.get(field.name)))
  const known = new Set(before.fields.map((field) => field.name))
  for (const field of after.fields) {
    if (known.has(field.name)) continue
    const message = `${T}.${field.name} is new`
    changes.push(
      field.required
        ? breaking(`${message} and required, which the rows that are there do not meet.`)
        : additive(`${message}.`),
    )
  }
  if (changes.length === 0 && !same(described(before), described(after))) return [additive(`${T} reads differently.`)]
  return changes
}

/** All but the code lists, which are compared once and not with each type. */
function described(type: RecordType): unknown {
  return { ...type, fields: type.fields.map((field) => ({ ...field, codeList: field.codeList?.code })) }
}

function fieldChanges(typeCode: string, before: Field, after: Field | undefined): SchemaChange[] {
  const name = `${typeCode}.${before.name}`
  if (after === undefined) return [breaking(`${name} was removed.`)]
  const changes: SchemaChange[] = []
  if (before.kind !== after.kind) changes.push(breaking(`${name} was ${before.kind} and is ${after.kind}.`))
  if (before.list !== after.list) changes.push(breaking(`${name} ${after.list ? 'became' : 'is no longer'} a list.`))
  if (before.codeList?.code !== after.codeList?.code && before.kind === after.kind) {
    changes.push(breaking(`${name} has another code list.`))
  }
  if (!before.required && after.required) changes.push(breaking(`${name} became required.`))
  changes.push(...referenceChanges(name, before, after))
  if (changes.length === 0 && !same(before.constraints, after.constraints)) {
    changes.push(additive(`The constraints of ${name} changed; they hold for rows that are read from now on.`))
  }
  return changes
}

function referenceChanges(name: string, before: Field, after: Field): SchemaChange[] {
  const was = before.reference
  const is = after.reference
  if (was === undefined && is === undefined) return []
  if (was === undefined) return [breaking(`${name} became a relation.`)]
  if (is === undefined) return [breaking(`${name} is no longer a relation.`)]
  if (was.target !== is.target) return [breaking(`${name} refers to ${is.target}, no longer to ${was.target}.`)]
  if (was.dataset !== is.dataset)
    return [breaking(`${name} refers to the dataset ${is.dataset}, no longer to ${was.dataset}.`)]
  if (was.cardinality !== is.cardinality)
    return [breaking(`${name} refers to ${is.cardinality}, no longer to ${was.cardinality}.`)]
  if (was.reverse === is.reverse) return []
  if (was.reverse === undefined) return [additive(`${is.target}.${is.reverse ?? ''} is new.`)]
  return [breaking(`${was.target}.${was.reverse} was removed.`)]
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
