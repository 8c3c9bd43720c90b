import { z } from 'zod'
import { fieldNamePattern, longestFieldName, longestTypeName, typeNamePattern } from './names.js'

const sentence = z.string().trim().min(1, 'Must not be empty.')

const typeName = z
  .string()
  .max(longestTypeName, `Must have at most ${longestTypeName} characters.`)
  .regex(typeNamePattern, 'Must be a name such as BusRoute: letters and digits, with a capital first.')

const fieldName = z
  .string()
  .max(longestFieldName, `Must have at most ${longestFieldName} characters.`)
  .regex(fieldNamePattern, 'Must be a name such as openedOn: letters and digits, with a small letter first.')

const bound = z.union([z.number(), z.string()], 'Must be a number or a string.')

const constraints = z.strictObject({
  required: z.boolean().optional(),
  minimum: bound.optional(),
  maximum: bound.optional(),
  minLength: z.int().min(0).optional(),
  maxLength: z.int().min(1).optional(),
  pattern: z.string().optional(),
})

const scalarType = z.enum(['string', 'integer', 'number', 'boolean', 'date', 'datetime', 'object'])

const field = z.strictObject({
  name: fieldName,
  type: z.enum([...scalarType.options, 'array']),
  format: z.string().optional(),
  items: z.strictObject({ type: scalarType, format: z.string().optional(), codeList: typeName.optional() }).optional(),
  title: sentence,
  titleEn: sentence,
  description: sentence.optional(),
  descriptionEn: sentence.optional(),
  example: z.unknown().optional(),
  rdfType: z.string().optional(),
  constraints: constraints.optional(),
  codeList: typeName.optional(),
  unit: sentence.optional(),
  ordered: z.boolean().optional(),
  searched: z.boolean().optional(),
  sensitivity: z.enum(['none', 'officialContact']).optional(),
  deprecated: sentence.optional(),
})

const names = z.union([fieldName.transform((name) => [name]), z.array(fieldName)])

const foreignKey = z.strictObject({
  fields: names,
  reference: z.strictObject({
    resource: typeName,
    fields: z.union([z.string().transform((name) => [name]), z.array(z.string())]),
  }),
  dataset: z
    .string('Must say which dataset the target record is in: its code, or `same`.')
    .regex(/^[a-z][a-z0-9-]*$/, 'Must be the code of a dataset, such as bus-network, or `same`.'),
  cardinality: z.enum(['one', 'many']),
  reverse: fieldName.optional(),
})

/** A record schema file: a Frictionless Table Schema with the gateway's own properties beside the standard ones. */
export const recordTypeFile = z.strictObject({
  $schema: z.string().optional(),
  name: typeName,
  plural: fieldName,
  title: sentence,
  titleEn: sentence,
  description: sentence,
  descriptionEn: sentence,
  follows: sentence.optional(),
  theme: z.string().optional(),
  fields: z.array(field).min(1, 'Must have at least one field.'),
  primaryKey: z.array(fieldName).min(1, 'Must name at least one field.'),
  foreignKeys: z.array(foreignKey).optional(),
  validity: z.strictObject({ from: fieldName, to: fieldName }).optional(),
  location: z.strictObject({ latitude: fieldName, longitude: fieldName }).optional(),
})

export type RecordTypeFile = z.output<typeof recordTypeFile>
export type FieldOfFile = RecordTypeFile['fields'][number]
export type ForeignKeyOfFile = NonNullable<RecordTypeFile['foreignKeys']>[number]
