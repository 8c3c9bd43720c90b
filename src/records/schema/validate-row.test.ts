import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js'
import { SourceNumber, type SourceValue } from '../../../connectors/drivers/driver.js'
import { fieldOf } from './field-kind.js'
import { recordKey } from './record-key.js'
import { recordType } from './small-types.fixture.js'
import { createRowValidator } from './validate-row.js'

const field = (name: string, rest: object = {}) => ({ name, type: 'string', title: name, titleEn: name, ...rest })

const type = recordType({
  name: 'Thing',
  plural: 'things',
  title: 'Thứ',
  titleEn: 'Thing',
  description: 'Thứ.',
  descriptionEn: 'A thing.',
  fields: [
    field('code', { constraints: { required: true } }),
    field('date', { type: 'date', constraints: { required: true, minimum: '0001-01-01', maximum: '2030-01-01' } }),
    field('text', { constraints: { minLength: 2, maxLength: 5 } }),
    field('indexed', { ordered: true }),
    field('pattern', { constraints: { pattern: '\\d{3}|X' } }),
    field('integer', { type: 'integer', constraints: { minimum: 0 } }),
    field('wide', { type: 'integer' }),
    field('big', { type: 'integer', format: 'big' }),
    field('decimal', { type: 'number', format: 'decimal', constraints: { maximum: '10.05' } }),
    field('float', { type: 'number' }),
    field('boolean', { type: 'boolean' }),
    field('instant', { type: 'datetime' }),
    field('level', { codeList: 'SchoolLevel' }),
    field('url', { format: 'uri' }),
    field('json', { type: 'object' }),
    field('tags', { type: 'array', items: { type: 'string' } }),
    field('numbers', { type: 'array', items: { type: 'integer' } }),
  ],
  primaryKey: ['code', 'date'],
})
const validate = createRowValidator(type)
const row = (values: Record<string, SourceValue | undefined>) => validate({ code: 'a', date: '2025-06-30', ...values })

const number = (text: string) => new SourceNumber(text)

function columnOf(name: string, value: SourceValue): string | null {
  const result = row({ [name]: value })
  if (!result.ok) throw new Error(result.problems.map(({ reason }) => reason.en).join(' '))
  return result.columns[type.fields.findIndex((each) => each.name === name)] ?? null
}

function reasonsOf(values: Record<string, SourceValue | undefined>): string[] {
  const result = row(values)
  return result.ok ? [] : result.problems.map(({ field: name, reason }) => `${name}: ${reason.en}`)
}

const accepted: [string, SourceValue, string | null][] = [
  ['text', 'Đá', 'Đá'],
  ['text', 'Đá'.normalize('NFD'), 'Đá'],
  ['text', number('007'), '007'],
  ['text', true, 'true'],
  ['text', '', null],
  ['text', '   ', null],
  ['text', null, null],
  ['text', '😀😀😀😀😀', '😀😀😀😀😀'],
  ['pattern', '123', '123'],
  ['integer', '12', '12'],
  ['integer', ' +012 ', '12'],
  ['integer', '12.0', '12'],
  ['integer', number('1.2e3'), '1200'],
  ['integer', number('-0'), '0'],
  ['wide', '-2147483648', '-2147483648'],
  ['big', '9223372036854775807', '9223372036854775807'],
  ['decimal', number('0.1'), '0.1'],
  ['decimal', '-12345678901234567890123.4500', '-12345678901234567890123.45'],
  ['decimal', '1e-7', '0.0000001'],
  ['decimal', '10.05', '10.05'],
  ['float', number('109.22'), '109.22'],
  ['float', '1e300', '1e+300'],
  ['float', '-0.0', '0'],
  ['boolean', 'TRUE', 'true'],
  ['boolean', number('0'), 'false'],
  ['boolean', 'Có', 'true'],
  ['date', '2024-02-29', '2024-02-29'],
  ['instant', '2025-06-30T08:00:00+07:00', '2025-06-30T01:00:00Z'],
  ['instant', '2025-06-30 08:00:00.120Z', '2025-06-30T08:00:00.12Z'],
  ['level', 'PRIMARY', 'PRIMARY'],
  ['url', 'https://binhdinh.gov.vn/a?b=c', 'https://binhdinh.gov.vn/a?b=c'],
  ['json', { a: [number('1e2'), null, 'x'] }, '{"a":[1e2,null,"x"]}'],
  ['json', '{"a": 12345678901234567890}', '{"a": 12345678901234567890}'],
  ['json', '["1e99999"]', '["1e99999"]'],
  ['json', '[not json', '"[not json"'],
  ['tags', ['a', 'b "c" \\', null, ''], '{"a","b \\"c\\" \\\\"}'],
  ['tags', 'a,b', '{"a,b"}'],
  ['tags', [], '{}'],
  ['numbers', [number('1'), '2'], '{"1","2"}'],
]

const refused: [string, SourceValue, string][] = [
  ['text', 'a', 'Must have at least 2 characters.'],
  ['text', 'abcdef', 'Must have at most 5 characters.'],
  ['text', 'a\0b', 'The text has characters that cannot be stored (U+0000 or half of a surrogate pair).'],
  ['text', 'a\uD800', 'The text has characters that cannot be stored (U+0000 or half of a surrogate pair).'],
  ['text', ['ab'], 'Must be a text, not a list or an object.'],
  ['indexed', 'x'.repeat(1501), 'Must take at most 1500 bytes in UTF-8.'],
  ['pattern', '1234', 'Must match the pattern \\d{3}|X.'],
  ['pattern', '123\n', 'Must match the pattern \\d{3}|X.'],
  ['integer', '-1', 'Must be at least 0.'],
  ['integer', '1.5', 'Must be a whole number.'],
  ['integer', '1.234', 'Must be a whole number.'],
  ['integer', '1,234', 'Must be a whole number.'],
  ['integer', '12a', 'Must be a whole number.'],
  ['integer', '0x10', 'Must be a whole number.'],
  ['wide', '2147483648', 'Must be between -2147483648 and 2147483647.'],
  ['big', '9223372036854775808', 'Must be between -9223372036854775808 and 9223372036854775807.'],
  ['decimal', '10.050000000000000000001', 'Must be at most 10.05.'],
  ['decimal', number('1e999'), 'Must be a number.'],
  ['float', number('1e999'), 'Must be a number.'],
  ['float', 'NaN', 'Must be a number.'],
  ['float', 'Infinity', 'Must be a number.'],
  ['float', '.', 'Must be a number.'],
  ['boolean', 'maybe', 'Must be true or false.'],
  ['date', '2023-02-29', 'Must be a day of the calendar, written YYYY-MM-DD.'],
  ['date', '30/06/2025', 'Must be a day of the calendar, written YYYY-MM-DD.'],
  ['date', '0000-01-01', 'Must be a day of the calendar, written YYYY-MM-DD.'],
  ['date', '2030-01-02', 'Must be at most 2030-01-01.'],
  ['instant', '2025-06-30T08:00:00', 'Must be a date and time with its offset, such as 2025-06-30T08:00:00+07:00.'],
  ['instant', '2025-06-30T24:00:00Z', 'Must be a date and time with its offset, such as 2025-06-30T08:00:00+07:00.'],
  [
    'instant',
    '0001-01-01T00:00:00+07:00',
    'Must be a date and time with its offset, such as 2025-06-30T08:00:00+07:00.',
  ],
  ['level', 'Primary', 'Is not in the code list SchoolLevel.'],
  ['level', 'constructor', 'Is not in the code list SchoolLevel.'],
  ['url', 'javascript:alert(1)', 'Must be an address that begins with http or https.'],
  ['url', 'https://a b', 'Must be an address that begins with http or https.'],
  ['json', { a: '\0' }, 'Must be JSON, nested at most 100 deep.'],
  ['json', '{"a": "\\u0000"}', 'Must be JSON, nested at most 100 deep.'],
  ['json', '[1e99999]', 'Must be JSON, nested at most 100 deep.'],
  ['json', number('1e99999'), 'Must be JSON, nested at most 100 deep.'],
  ['json', nested(101), 'Must be JSON, nested at most 100 deep.'],
  ['numbers', ['1', 'x'], 'Must be a whole number.'],
]

describe('a value', () => {
  test.each(accepted)('of %s: %j is stored as %j', (name, value, expected) => {
    expect(columnOf(name, value)).toBe(expected)
  })

  test.each(refused)('of %s: %j is refused', (name, value, reason) => {
    expect(reasonsOf({ [name]: value })).toEqual([`${name}: ${reason}`])
  })

  test('without an offset is in the zone that is given', () => {
    const inZone = createRowValidator(type, { zone: 'Asia/Ho_Chi_Minh' })
    const result = inZone({ code: 'a', date: '2025-06-30', instant: '2025-06-30 08:00' })
    expect(result.ok && result.columns[11]).toBe('2025-06-30T01:00:00Z')
  })
})

describe('a row', () => {
  test('that lacks what is required, or has it empty, says so for each field in both languages', () => {
    expect(validate({ date: '' })).toEqual({
      ok: false,
      problems: ['code', 'date'].map((name) => ({
        field: name,
        value: name === 'date' ? '' : undefined,
        reason: { en: 'The value is missing.', vi: 'Thiếu giá trị.' },
      })),
    })
  })

  test('shows at most 200 characters of a wrong value, never half of one', () => {
    const result = row({ integer: 'x'.repeat(198) + '😀'.repeat(50) })
    const value = result.ok ? undefined : result.problems[0]?.value
    expect(value).toBe(`${'x'.repeat(198)}…`)
  })

  test('has a key of its primary-key values in their one written form', () => {
    const result = validate({ code: '50%~x', date: '2025-06-30' })
    expect(result.ok && result.key).toBe('50%25%7Ex~2025-06-30')
    // What is written with an escape is not what has it for its value.
    expect(recordKey(['%7E', '~', ''])).toBe('%257E~%7E~')
  })

  test('whose key is too long for an index is refused', () => {
    expect(reasonsOf({ code: 'x'.repeat(800) })).toEqual(['code, date: Must take at most 700 bytes in UTF-8.'])
  })

  test('takes no value from the prototype of what it is given', () => {
    expect(fieldOf(type, 'constructor')).toBeUndefined()
    const inherited: Record<string, SourceValue> = {}
    Object.setPrototypeOf(inherited, { code: 'a', date: '2025-06-30' })
    expect(validate(inherited).ok).toBe(false)
  })
})

describe('what is stored', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(async () => {
    await database.dispose()
  })

  const columnTypes: Record<string, string> = {
    integer: 'int4',
    wide: 'int4',
    big: 'int8',
    decimal: 'numeric',
    float: 'float8',
    boolean: 'boolean',
    date: 'date',
    instant: 'timestamptz',
    json: 'jsonb',
    tags: 'text[]',
    numbers: 'int4[]',
  }

  test('is read by Postgres as the column type, each accepted value of the table above', async () => {
    for (const [name, value] of accepted) {
      const text = columnOf(name, value)
      await database.pool.query(`select $1::text::${columnTypes[name] ?? 'text'}`, [text])
    }
    const { rows } = await database.pool.query('select $1::text::text[] as tags', [
      columnOf('tags', ['b "c" \\', 'NULL', '{}']),
    ])
    expect(rows).toEqual([{ tags: ['b "c" \\', 'NULL', '{}'] }])
  })
})

function nested(depth: number): SourceValue {
  return depth === 0 ? 'x' : [nested(depth - 1)]
}
