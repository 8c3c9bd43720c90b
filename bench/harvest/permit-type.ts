import { buildRecordTypes } from '../../src/records/schema/build-record-types.js'
import { parseRecordType } from '../../src/records/schema/parse-record-type.js'
import type { RecordTypes } from '../../src/records/schema/record-type.js'
import { valueOrThrow } from '../../src/records/schema/schema-problem.js'

/** A record type of ten fields, of the usual kinds; with the indexes of an ordinary one, or with that of its key only. */
export function permitType(indexed: boolean): RecordTypes {
  const field = (name: string, rest: object): object => ({ name, title: name, titleEn: name, ...rest })
  const ordered = indexed ? { ordered: true } : {}
  const content = {
    name: 'Permit',
    plural: 'permits',
    title: 'Giấy phép',
    titleEn: 'Permit',
    description: 'Giấy phép, để đo.',
    descriptionEn: 'Permits, for measuring.',
    fields: [
      field('code', { type: 'string', constraints: { required: true } }),
      field('name', { type: 'string', ...(indexed ? { searched: true, ordered: true } : {}) }),
      field('district', { type: 'string' }),
      field('address', { type: 'string' }),
      field('holders', { type: 'integer', constraints: { minimum: 0 }, ...ordered }),
      field('fee', { type: 'number', format: 'decimal' }),
      field('issuedOn', { type: 'date', ...ordered }),
      field('valid', { type: 'boolean' }),
      field('latitude', { type: 'number', constraints: { minimum: -90, maximum: 90 } }),
      field('longitude', { type: 'number', constraints: { minimum: -180, maximum: 180 } }),
    ],
    primaryKey: ['code'],
    ...(indexed ? { location: { latitude: 'latitude', longitude: 'longitude' } } : {}),
  }
  const type = valueOrThrow(parseRecordType({ file: 'permit.json', theme: undefined, content }, new Map()))
  return valueOrThrow(buildRecordTypes([type], [], 1))
}

export const permitFields = [
  'code',
  'name',
  'district',
  'address',
  'holders',
  'fee',
  'issuedOn',
  'valid',
  'latitude',
  'longitude',
] as const
