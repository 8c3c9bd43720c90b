import type { Field, RecordType, RecordTypes } from '../../src/records/schema/record-type.js'

const bilingual = (vi: string, en: string) => ({ vi, en })

const blank: Field = {
  name: 'code',
  kind: 'text',
  list: false,
  codeList: undefined,
  reference: undefined,
  required: true,
  title: bilingual('Mã trường', 'School code'),
  description: undefined,
  unit: undefined,
  ordered: true,
  searched: false,
  constraints: {
    minimum: undefined,
    maximum: undefined,
    minLength: undefined,
    maxLength: undefined,
    pattern: undefined,
  },
  sensitivity: 'none',
  deprecated: undefined,
}

const level = {
  code: 'SchoolLevel',
  title: bilingual('Cấp học', 'School level'),
  values: [
    { value: 'NURSERY', label: bilingual('Nhà trẻ', 'Nursery') },
    { value: 'PRIMARY', label: bilingual('Tiểu học', 'Primary') },
  ],
}

const to = (target: string, cardinality: 'one' | 'many') => ({
  target,
  dataset: 'places',
  cardinality,
  reverse: undefined,
})

const school: RecordType = {
  code: 'School',
  plural: 'schools',
  singular: 'school',
  theme: 'education',
  follows: undefined,
  title: bilingual('Trường học', 'School'),
  description: bilingual('Một trường học.', 'A school.'),
  fields: [
    blank,
    { ...blank, name: 'level', kind: 'code', codeList: level, title: bilingual('Cấp', 'Level') },
    { ...blank, name: 'pupils', kind: 'integer', unit: 'people', title: bilingual('Số học sinh', 'Pupils') },
    { ...blank, name: 'budget', kind: 'decimal', unit: 'VND' },
    { ...blank, name: 'district', reference: to('AdministrativeUnit', 'one') },
    { ...blank, name: 'stops', list: true, reference: to('BusStop', 'many') },
    { ...blank, name: 'tags', list: true },
  ],
  primaryKey: ['code'],
  validity: undefined,
  location: undefined,
}

/** One public record type, enough to describe. */
export const schoolTypes: RecordTypes = {
  revision: 1,
  types: new Map([['School', school]]),
  codeLists: new Map([['SchoolLevel', level]]),
  reverseOf: () => [],
}
