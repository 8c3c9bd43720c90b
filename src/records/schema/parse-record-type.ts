import { singularOf } from './names.js'
import { recordTypeFile, type FieldOfFile, type ForeignKeyOfFile } from './record-type-file.js'
import type { CodeList, Field, RecordType, Reference, ValueKind } from './record-type.js'
import { pathText, type Checked, type SchemaProblem } from './schema-problem.js'

export interface RecordTypeSource {
  /** Only for the problems. */
  readonly file: string
  /** Of the folder; a `theme` in the content counts more. */
  readonly theme: string | undefined
  readonly content: unknown
}

/** A record schema file's content as a RecordType, right by itself; `buildRecordTypes` checks it against the others. */
export function parseRecordType(
  source: RecordTypeSource,
  codeLists: ReadonlyMap<string, CodeList>,
): Checked<RecordType> {
  const { file } = source
  const parsed = recordTypeFile.safeParse(source.content)
  if (!parsed.success) {
    return {
      ok: false,
      problems: parsed.error.issues.map(({ path, message }) => ({ file, path: pathText(path), message })),
    }
  }
  const content = parsed.data
  const problems: SchemaProblem[] = []
  const report = (path: string, message: string) => problems.push({ file, path, message })
  const references = new Map<string, Reference>()
  for (const [index, foreignKey] of (content.foreignKeys ?? []).entries()) {
    const path = `foreignKeys[${index}]`
    const [name, ...others] = foreignKey.fields
    if (name === undefined || others.length > 0) {
      report(`${path}.fields`, 'A foreign key is one field, which holds the key of the target record.')
      continue
    }
    if (!content.fields.some((field) => field.name === name)) report(`${path}.fields`, `There is no field ${name}.`)
    if (references.has(name)) report(`${path}.fields`, `The field ${name} has two foreign keys.`)
    if (foreignKey.reference.fields.join() !== 'key') {
      report(
        `${path}.reference.fields`,
        'A foreign key refers to `key`: with anything else it could match two records.',
      )
    }
    references.set(name, referenceOf(foreignKey))
  }
  const fields = content.fields.map((field, index) => {
    const kind = kindOf(field, (path, message) => report(`fields[${index}]${path}`, message))
    const codeListCode = field.codeList ?? field.items?.codeList
    const codeList = codeListCode === undefined ? undefined : codeLists.get(codeListCode)
    if (codeListCode !== undefined && codeList === undefined) {
      report(`fields[${index}].codeList`, `There is no code list ${codeListCode}.`)
    }
    return fieldFrom(field, kind, codeList, references.get(field.name))
  })
  if (problems.length > 0) return { ok: false, problems }
  return {
    ok: true,
    value: {
      code: content.name,
      plural: content.plural,
      singular: singularOf(content.name),
      theme: content.theme ?? source.theme,
      follows: content.follows,
      title: { vi: content.title, en: content.titleEn },
      description: { vi: content.description, en: content.descriptionEn },
      fields,
      primaryKey: content.primaryKey,
      validity: content.validity,
      location: content.location,
    },
  }
}

function referenceOf({ reference, dataset, cardinality, reverse }: ForeignKeyOfFile): Reference {
  return { target: reference.resource, dataset, cardinality, reverse }
}

function fieldFrom(
  field: FieldOfFile,
  kind: ValueKind,
  codeList: CodeList | undefined,
  reference: Reference | undefined,
): Field {
  const { constraints = {}, description, descriptionEn } = field
  return {
    name: field.name,
    kind,
    list: field.type === 'array',
    codeList,
    reference,
    required: constraints.required ?? false,
    title: { vi: field.title, en: field.titleEn },
    description:
      description === undefined && descriptionEn === undefined
        ? undefined
        : { vi: description ?? descriptionEn ?? '', en: descriptionEn ?? description ?? '' },
    unit: field.unit,
    ordered: field.ordered ?? false,
    searched: field.searched ?? false,
    constraints: {
      minimum: boundText(constraints.minimum),
      maximum: boundText(constraints.maximum),
      minLength: constraints.minLength,
      maxLength: constraints.maxLength,
      pattern: constraints.pattern,
    },
    sensitivity: field.sensitivity ?? 'none',
    deprecated: field.deprecated,
  }
}

function boundText(bound: string | number | undefined): string | undefined {
  return bound === undefined ? undefined : String(bound)
}

/** Each Table Schema type with its formats; `default` is what no format means. */
const kinds: Readonly<Record<string, Readonly<Record<string, ValueKind>>>> = {
  string: { default: 'text', uri: 'url' },
  integer: { default: 'integer', big: 'bigInteger' },
  number: { default: 'float', decimal: 'decimal' },
  boolean: { default: 'boolean' },
  date: { default: 'date' },
  datetime: { default: 'dateTime' },
  object: { default: 'json' },
}

function kindOf(field: FieldOfFile, report: (path: string, message: string) => void): ValueKind {
  if (field.type === 'array' && field.items === undefined) report('.items', 'Say what the list holds: `items`.')
  if (field.type !== 'array' && field.items !== undefined) report('.items', 'Only an array has `items`.')
  const { type, format = 'default' } = field.type === 'array' ? { format: field.format, ...field.items } : field
  const formats = kinds[type ?? 'string'] ?? {}
  const kind = Object.hasOwn(formats, format) ? formats[format] : undefined
  if (kind === undefined) {
    report('.format', `The formats of ${type ?? 'string'} are ${Object.keys(formats).join(', ')}.`)
    return 'text'
  }
  if (field.codeList === undefined && field.items?.codeList === undefined) return kind
  if (kind !== 'text') report('.codeList', 'Only a string has a code list.')
  return 'code'
}
