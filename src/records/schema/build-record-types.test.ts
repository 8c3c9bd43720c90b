import { describe, expect, test } from '@jest/globals'
import { buildRecordTypes } from './build-record-types.js'
import { parseCodeList } from './code-list-file.js'
import { parseRecordType } from './parse-record-type.js'
import {
  administrativeUnitSchema,
  bedAvailabilitySchema,
  codeList,
  recordType,
  schoolLevels,
  schoolSchema,
  smallSchemas,
  smallTypes,
} from './small-types.fixture.js'
import { digestOfCodeList, digestOfType, tableSchemaOf } from './table-schema.js'

const lists = new Map([['SchoolLevel', codeList()]])

/** All problems of these schema files, as `path: message`. */
function problemsOf(...schemas: object[]): string[] {
  const parsed = schemas.map((content) => parseRecordType({ file: 'file', theme: undefined, content }, lists))
  const broken = parsed.flatMap((checked) => (checked.ok ? [] : checked.problems))
  if (broken.length > 0) return broken.map(({ path, message }) => `${path}: ${message}`)
  const built = buildRecordTypes(
    parsed.flatMap((checked) => (checked.ok ? [checked.value] : [])),
    [...lists.values()],
    1,
  )
  return built.ok ? [] : built.problems.map(({ file, path, message }) => `${file} ${path}: ${message}`)
}

const plain = (name: string, rest: object = {}) => ({ name, type: 'string', title: name, titleEn: name, ...rest })
const code = plain('code', { constraints: { required: true } })

function clinic(changes: object = {}, ...fields: object[]): object {
  return {
    name: 'Clinic',
    plural: 'clinics',
    title: 'Phòng khám',
    titleEn: 'Clinic',
    description: 'Phòng khám.',
    descriptionEn: 'A clinic.',
    fields: [code, ...fields],
    primaryKey: ['code'],
    ...changes,
  }
}

const foreignKey = (changes: object = {}) => ({
  fields: 'district',
  reference: { resource: 'AdministrativeUnit', fields: 'key' },
  dataset: 'places',
  cardinality: 'one',
  ...changes,
})
const withDistrict = (changes: object) => clinic({ foreignKeys: [foreignKey(changes)] }, plain('district'))

test('good schemas are closed: references, reverse fields, and which of those are single', () => {
  const types = smallTypes()
  expect(types.reverseOf('AdministrativeUnit').map(({ name, single }) => ({ name, single }))).toEqual([
    { name: 'children', single: false },
    { name: 'schools', single: false },
  ])
  expect(types.reverseOf('BusStop').map(({ name, single }) => ({ name, single }))).toEqual([
    { name: 'routes', single: false },
    { name: 'freeBeds', single: true },
  ])
  expect(types.reverseOf('BedAvailability')).toEqual([])
  expect(types.types.get('AdministrativeUnit')?.singular).toBe('administrativeUnit')
})

test('a type written as a file again reads as the same type', () => {
  for (const schema of smallSchemas) {
    const type = recordType(schema)
    const again = parseRecordType(
      { file: 'again', theme: undefined, content: structuredClone(tableSchemaOf(type)) },
      lists,
    )
    expect(again).toMatchObject({ ok: true })
    if (again.ok) expect(digestOfType(again.value)).toBe(digestOfType(type))
  }
  expect(digestOfCodeList(codeList())).toBe(digestOfCodeList(codeList(structuredClone(schoolLevels))))
})

describe('a schema file is refused with a sentence', () => {
  test.each<[string, object, string]>([
    ['a property that is not known', clinic({ plurl: 'x' }), ': Unrecognized key: "plurl"'],
    [
      'a name that GraphQL does not allow',
      clinic({ name: 'Phòng' }),
      'name: Must be a name such as BusRoute: letters and digits, with a capital first.',
    ],
    ['a name that Postgres would cut', clinic({ name: 'A'.repeat(56) }), 'name: Must have at most 55 characters.'],
    [
      'a field name that Postgres would cut',
      clinic({}, plain('a'.repeat(64))),
      'fields[1].name: Must have at most 63 characters.',
    ],
    [
      'a code list that does not exist',
      clinic({}, plain('kind', { codeList: 'Colour' })),
      'fields[1].codeList: There is no code list Colour.',
    ],
    [
      'a code list on a number',
      clinic({}, plain('kind', { type: 'integer', codeList: 'SchoolLevel' })),
      'fields[1].codeList: Only a string has a code list.',
    ],
    [
      'a format that is not known',
      clinic({}, plain('when', { type: 'date', format: 'dd/MM/yyyy' })),
      'fields[1].format: The formats of date are default.',
    ],
    [
      'a list of nothing',
      clinic({}, plain('tags', { type: 'array' })),
      'fields[1].items: Say what the list holds: `items`.',
    ],
    [
      'a foreign key without a dataset',
      withDistrict({ dataset: undefined }),
      'foreignKeys[0].dataset: Must say which dataset the target record is in: its code, or `same`.',
    ],
    [
      'a foreign key to a field that may match two rows',
      withDistrict({ reference: { resource: 'AdministrativeUnit', fields: 'code' } }),
      'foreignKeys[0].reference.fields: A foreign key refers to `key`: with anything else it could match two records.',
    ],
    [
      'a foreign key of no field',
      withDistrict({ fields: 'commune' }),
      'foreignKeys[0].fields: There is no field commune.',
    ],
    [
      'a foreign key of two fields',
      withDistrict({ fields: ['code', 'district'] }),
      'foreignKeys[0].fields: A foreign key is one field, which holds the key of the target record.',
    ],
  ])('%s', (_, schema, problem) => {
    expect(problemsOf(administrativeUnitSchema, schema)).toEqual([problem])
  })

  test.each<[string, object, string]>([
    ['a key of an unknown field', clinic({ primaryKey: ['nr'] }), 'primaryKey[0]: There is no field nr.'],
    [
      'a key that may be missing',
      clinic({ primaryKey: ['nr'] }, plain('nr')),
      'primaryKey[0]: The field nr must be required, since it is part of the key.',
    ],
    [
      'a key that is a list',
      clinic(
        { primaryKey: ['nr'] },
        plain('nr', { type: 'array', items: { type: 'string' }, constraints: { required: true } }),
      ),
      'primaryKey[0]: The field nr is a list, which cannot be part of a key.',
    ],
    [
      'a key whose text is not one',
      clinic({ primaryKey: ['nr'] }, plain('nr', { type: 'number', constraints: { required: true } })),
      'primaryKey[0]: The field nr is float, which cannot be part of a key.',
    ],
    ['the same field twice', clinic({}, plain('a'), plain('a')), 'fields[2].name: There are two fields a.'],
    [
      'two fields alike in groupBy',
      clinic({}, plain('openedOn'), plain('openedON')),
      'fields[2].name: The fields openedOn and openedON would both be OPENED_ON in groupBy.',
    ],
    [
      'a target that does not exist',
      withDistrict({ reference: { resource: 'Ward', fields: 'key' } }),
      'fields[1]: The foreign key district refers to Ward, which is no record type.',
    ],
    [
      'a reverse field that the target has',
      withDistrict({ reverse: 'name' }),
      'fields[1]: The reverse field name of district is already a field of AdministrativeUnit.',
    ],
    [
      'a reverse field that another type has there',
      withDistrict({ reverse: 'children' }),
      'fields[1]: The reverse field children of district on AdministrativeUnit is also that of AdministrativeUnit.parent.',
    ],
    [
      'a reserved reverse field',
      withDistrict({ reverse: 'dataset' }),
      'fields[1]: The reverse field name dataset is reserved.',
    ],
    [
      'a list that refers to one',
      withDistrict({ cardinality: 'many' }),
      'fields[1].type: A foreign key to many records is an array of strings, and one to one record a string.',
    ],
    [
      'a location of texts',
      clinic({ location: { latitude: 'code', longitude: 'y' } }, plain('y', { type: 'number' })),
      'location.latitude: There is no number field code.',
    ],
    [
      'a validity outside the key',
      clinic(
        { validity: { from: 'start', to: 'end' } },
        plain('start', { type: 'date' }),
        plain('end', { type: 'date' }),
      ),
      'validity.from: The start of the validity must be part of the key, so that a code may be used again.',
    ],
    [
      'a pattern that may take for ever',
      clinic({}, plain('a', { constraints: { pattern: '(a+)+b' } })),
      'fields[1].constraints.pattern: The pattern repeats a group that itself repeats or branches, which can take for ever.',
    ],
    [
      'a bound that is none',
      clinic({}, plain('a', { type: 'date', constraints: { minimum: '2023-02-30' } })),
      'fields[1].constraints.minimum: 2023-02-30 is no bound for date.',
    ],
    [
      'bounds the wrong way round',
      clinic({}, plain('a', { type: 'integer', constraints: { minimum: 10, maximum: 9 } })),
      'fields[1].constraints: The minimum is above the maximum.',
    ],
    [
      'an order of lists',
      clinic({}, plain('a', { type: 'array', items: { type: 'string' }, ordered: true })),
      'fields[1].ordered: Only single values have an order.',
    ],
    [
      'a search in numbers',
      clinic({}, plain('a', { type: 'integer', searched: true })),
      'fields[1].searched: Only a single string can be searched.',
    ],
  ])('%s', (_, schema, problem) => {
    expect(problemsOf(administrativeUnitSchema, schema)).toContain(`Clinic ${problem}`)
  })

  test.each(['id', 'key', 'dataset', 'updatedAt', 'and', 'or', 'not', 'distance', 'relevance', 'count', 'constructor'])(
    'a field named %s',
    (name) => {
      expect(problemsOf(clinic({}, plain(name)))).toEqual([
        `Clinic fields[1].name: The field name ${name} is reserved.`,
      ])
    },
  )

  test('a field whose name begins with an underscore', () => {
    expect(problemsOf(clinic({}, plain('__type')))).toEqual([
      'fields[1].name: Must be a name such as openedOn: letters and digits, with a small letter first.',
    ])
  })
})

describe('a name belongs to one', () => {
  const named = (name: string, plural = `${name.charAt(0).toLowerCase()}${name.slice(1)}s`) => clinic({ name, plural })

  test.each<[string, object[], string]>([
    [
      'a control-plane type',
      [named('Theme', 'topics')],
      'Theme name: The type Theme (record type Theme) is already that of the gateway itself.',
    ],
    [
      'a shared filter',
      [named('StringFilter')],
      'StringFilter name: The type StringFilter (record type StringFilter) is already that of the gateway itself.',
    ],
    [
      'a root field of the gateway',
      [clinic({ plural: 'themes' })],
      'Clinic plural: The query field themes (plural of Clinic) is already that of the gateway itself.',
    ],
    [
      'a root field of another type',
      [clinic({ plural: 'schools' }), schoolSchema],
      'School plural: The query field schools (plural of School) is already that of the plural of Clinic.',
    ],
    [
      'its own singular',
      [clinic({ plural: 'clinic' })],
      'Clinic name: The query field clinic (singular of Clinic) is already that of the plural of Clinic.',
    ],
    [
      'a type generated for another',
      [named('ClinicWhere'), clinic()],
      'Clinic name: The type ClinicWhere (Where of Clinic) is already that of the record type ClinicWhere.',
    ],
    [
      'two generated types',
      [named('ClinicList'), clinic()],
      'Clinic name: The type ClinicListWhere (ListWhere of Clinic) is already that of the Where of ClinicList.',
    ],
    [
      'a code list',
      [named('SchoolLevel')],
      'SchoolLevel name: The type SchoolLevel (record type SchoolLevel) is already that of the code list SchoolLevel.',
    ],
    [
      'a filter of a code list',
      [named('SchoolLevelFilter')],
      'SchoolLevel name: The type SchoolLevelFilter (filter of code list SchoolLevel) is already that of the record type SchoolLevelFilter.',
    ],
    [
      'the same type twice',
      [clinic(), clinic({ plural: 'others' })],
      'Clinic name: The type Clinic (record type Clinic) is already that of the record type Clinic.',
    ],
  ])('%s', (_, schemas, problem) => {
    expect(problemsOf(administrativeUnitSchema, ...schemas)).toContain(problem)
  })

  test('a name of the control schema', () => {
    const built = buildRecordTypes([recordType(clinic())], [], 1, {
      taken: { types: new Set(['ClinicEdge']), queryFields: new Set(), subscriptionFields: new Set() },
    })
    expect(built).toMatchObject({ ok: false, problems: [{ file: 'Clinic', path: 'name' }] })
  })
})

test('all problems of all files are told at once', () => {
  expect(problemsOf(clinic({ primaryKey: ['x'] }), bedAvailabilitySchema, schoolSchema)).toHaveLength(3)
})

test('a code list names its values as enums do, each once', () => {
  const values = ['PRIMARY', 'PRIMARY', 'tiểu'].map((value) => ({ value, label: 'x', labelEn: 'x' }))
  expect(parseCodeList('f', { ...schoolLevels, values })).toMatchObject({
    problems: [{ path: 'values[2].value', message: expect.stringContaining('capitals, digits and underscores') }],
  })
  expect(parseCodeList('f', { ...schoolLevels, values: values.slice(0, 2) })).toMatchObject({
    problems: [{ path: 'values[1].value', message: 'The value PRIMARY is there twice.' }],
  })
})
