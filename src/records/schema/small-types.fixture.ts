import { buildRecordTypes } from './build-record-types.js'
import { parseCodeList } from './code-list-file.js'
import { parseRecordType } from './parse-record-type.js'
import type { CodeList, RecordType, RecordTypes } from './record-type.js'
import { valueOrThrow } from './schema-problem.js'

/** A few small record types for tests that have every kind of field and every kind of relation between them. */

const named = (name: string, rest: object = {}) => ({ name, type: 'string', title: name, titleEn: name, ...rest })
const required = { constraints: { required: true } }

const described = (name: string, plural: string) => ({
  name,
  plural,
  title: `${name} (vi)`,
  titleEn: name,
  description: `Mô tả ${name}.`,
  descriptionEn: `Description of ${name}.`,
})

export const schoolLevels = {
  name: 'SchoolLevel',
  title: 'Cấp học',
  titleEn: 'School level',
  values: [
    { value: 'NURSERY', label: 'Nhà trẻ', labelEn: 'Nursery' },
    { value: 'KINDERGARTEN', label: 'Mẫu giáo', labelEn: 'Kindergarten' },
    { value: 'PRIMARY', label: 'Tiểu học', labelEn: 'Primary' },
    { value: 'LOWER_SECONDARY', label: 'Trung học cơ sở', labelEn: 'Lower secondary' },
    { value: 'UPPER_SECONDARY', label: 'Trung học phổ thông', labelEn: 'Upper secondary' },
  ],
}

export const administrativeUnitSchema = {
  ...described('AdministrativeUnit', 'administrativeUnits'),
  fields: [
    named('code', { ...required, ordered: true }),
    named('name', { searched: true, ordered: true }),
    named('validFrom', { ...required, type: 'date' }),
    named('validTo', { type: 'date' }),
    named('parent'),
  ],
  primaryKey: ['code', 'validFrom'],
  foreignKeys: [
    {
      fields: 'parent',
      reference: { resource: 'AdministrativeUnit', fields: 'key' },
      dataset: 'same',
      cardinality: 'one',
      reverse: 'children',
    },
  ],
  validity: { from: 'validFrom', to: 'validTo' },
}

export const schoolSchema = {
  ...described('School', 'schools'),
  fields: [
    named('code', { title: 'Mã trường', titleEn: 'School code', ...required }),
    named('name', { title: 'Tên trường', titleEn: 'School name', searched: true, ordered: true }),
    named('level', { codeList: 'SchoolLevel' }),
    named('pupils', { type: 'integer', unit: 'people', ordered: true, constraints: { minimum: 0 } }),
    named('openedOn', { type: 'date' }),
    named('district'),
    named('address', { searched: true }),
    named('latitude', { type: 'number', constraints: { minimum: -90, maximum: 90 } }),
    named('longitude', { type: 'number', constraints: { minimum: -180, maximum: 180 } }),
    named('budget', { type: 'number', format: 'decimal', unit: 'VND' }),
    named('seats', { type: 'integer', format: 'big' }),
    named('public', { type: 'boolean' }),
    named('reportedAt', { type: 'datetime' }),
    named('website', { format: 'uri' }),
    named('tags', { type: 'array', items: { type: 'string' } }),
    named('levels', { type: 'array', items: { type: 'string', codeList: 'SchoolLevel' } }),
    named('extra', { type: 'object' }),
    named('phone', { deprecated: 'Use website.', constraints: { pattern: '0\\d{9}', maxLength: 20 } }),
  ],
  primaryKey: ['code'],
  foreignKeys: [
    {
      fields: 'district',
      reference: { resource: 'AdministrativeUnit', fields: 'key' },
      dataset: 'places',
      cardinality: 'one',
      reverse: 'schools',
    },
  ],
  location: { latitude: 'latitude', longitude: 'longitude' },
}

export const busStopSchema = {
  ...described('BusStop', 'busStops'),
  fields: [named('code', required), named('name')],
  primaryKey: ['code'],
}

export const busRouteSchema = {
  ...described('BusRoute', 'busRoutes'),
  fields: [named('code', required), named('stops', { type: 'array', items: { type: 'string' } })],
  primaryKey: ['code'],
  foreignKeys: [
    {
      fields: 'stops',
      reference: { resource: 'BusStop', fields: 'key' },
      dataset: 'same',
      cardinality: 'many',
      reverse: 'routes',
    },
  ],
}

export const bedAvailabilitySchema = {
  ...described('BedAvailability', 'bedAvailabilities'),
  fields: [named('stop', required), named('available', { type: 'integer' })],
  primaryKey: ['stop'],
  foreignKeys: [
    {
      fields: 'stop',
      reference: { resource: 'BusStop', fields: 'key' },
      dataset: 'bus-network',
      cardinality: 'one',
      reverse: 'freeBeds',
    },
  ],
}

export const smallSchemas: readonly object[] = [
  administrativeUnitSchema,
  schoolSchema,
  busStopSchema,
  busRouteSchema,
  bedAvailabilitySchema,
]

export function codeList(content: object = schoolLevels): CodeList {
  return valueOrThrow(parseCodeList('code list', content))
}

export function recordType(content: object, lists: readonly CodeList[] = [codeList()]): RecordType {
  const byCode = new Map(lists.map((list) => [list.code, list]))
  return valueOrThrow(parseRecordType({ file: 'type', theme: undefined, content }, byCode))
}

/** AdministrativeUnit, School, BusStop, BusRoute and BedAvailability, or the given ones. */
export function smallTypes(schemas: readonly object[] = smallSchemas, revision = 1): RecordTypes {
  const lists = [codeList()]
  return valueOrThrow(
    buildRecordTypes(
      schemas.map((schema) => recordType(schema, lists)),
      lists,
      revision,
    ),
  )
}
