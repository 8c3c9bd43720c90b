import { describe, expect, test } from '@jest/globals'
import { SourceNumber, type SourceValue } from '../../../connectors/drivers/driver.js'
import { converterSchema } from '../manifest/field-mapping.js'
import { compileConverter, convertAll } from './converters.js'
import { Unconvertible } from './problem-reason.js'

const number = (text: string): SourceNumber => new SourceNumber(text)

function convert(value: SourceValue, ...converters: unknown[]): SourceValue {
  return convertAll(
    value,
    converters.map((converter) => compileConverter(converterSchema.parse(converter), '+07:00')),
  )
}

describe('every text', () => {
  test('becomes NFC without spaces at its ends, and nothing when it is empty', () => {
    expect(convert('  Quy Nho\u031bn ')).toBe('Quy Nhơn')
    expect(convert(' \u00a0 ')).toBeNull()
    expect(convert([' a ', '', null])).toEqual(['a'])
    expect(convert('0012')).toBe('0012')
  })

  test.each(['a\0b', '\ud800'])('with a character that cannot be kept is a problem', (text) => {
    expect(() => convert(text)).toThrow(Unconvertible)
  })
})

describe('vietnameseNumber', () => {
  test.each([
    ['1.234,5', '1234.5'],
    ['1.234.567', '1234567'],
    ['1.234', '1234'],
    ['12', '12'],
    ['0,5', '0.5'],
    ['-1.000,25', '-1000.25'],
    ['\u22125', '-5'],
    ['+7', '7'],
    ['1 234 567,5', '1234567.5'],
    ['1\u00a0234', '1234'],
    ['007', '7'],
    ['12.345.678.901.234.567.890,123456789', '12345678901234567890.123456789'],
  ])('reads %s as %s', (text, expected) => {
    expect(convert(text, 'vietnameseNumber')).toEqual(number(expected))
  })

  test.each([
    '1.5',
    '1.23',
    '12.34.567',
    '1,234,567',
    '1,234.5',
    '1.2345',
    '',
    'abc',
    '1e5',
    '5%',
    '--1',
    ',5',
    '1,',
    '1 23',
    'NaN',
  ])('does not guess "%s"', (text) => {
    if (text === '') expect(convert(text, 'vietnameseNumber')).toBeNull()
    else expect(() => convert(text, 'vietnameseNumber')).toThrow('is not a number written like 1.234,5')
  })

  test('lets a number of the source be', () => {
    expect(convert(number('1.5'), 'vietnameseNumber')).toEqual(number('1.5'))
  })
})

test.each([
  ['12,5', '12.5'],
  ['12.5', '12.5'],
  ['1234', '1234'],
])('decimalComma reads %s as %s', (text, expected) => {
  expect(convert(text, 'decimalComma')).toEqual(number(expected))
  expect(() => convert('1.234,5', 'decimalComma')).toThrow('is not a number')
})

describe('date', () => {
  test.each([
    ['05/09/1975', 'dd/MM/yyyy', '1975-09-05'],
    ['5/9/1975', 'd/M/yyyy', '1975-09-05'],
    ['15/12/1975', 'd/M/yyyy', '1975-12-15'],
    ['29/02/2024', 'dd/MM/yyyy', '2024-02-29'],
    ['1975-09-05', 'yyyy-MM-dd', '1975-09-05'],
    ['09/1975', 'MM/yyyy', '1975-09-01'],
    ['1975', 'yyyy', '1975-01-01'],
    ['5.9.1975', ['dd/MM/yyyy', 'd.M.yyyy'], '1975-09-05'],
    ['ngày 05 tháng 09 năm 1975', "'ngày' dd 'tháng' MM 'năm' yyyy", '1975-09-05'],
  ])('reads %s by %s as %s', (text, date, expected) => {
    expect(convert(text, { date })).toBe(expected)
  })

  test.each(['31/02/2020', '29/02/2023', '29/02/1900', '00/01/2020', '01/13/2020', '01/00/2020', '01/01/0000'])(
    '%s does not exist',
    (text) => {
      expect(() => convert(text, { date: 'dd/MM/yyyy' })).toThrow('is a day that does not exist')
    },
  )

  test.each(['5/9/75', '5/9/1975', '05-09-1975', '05/09/1975 00:00', '32874'])('"%s" is not dd/MM/yyyy', (text) => {
    expect(() => convert(text, { date: 'dd/MM/yyyy' })).toThrow('is not a date written like dd/MM/yyyy')
  })

  test.each(['dd/MM/yy', 'MM/dd', 'QQ yyyy', "'a yyyy", 'ngày yyyy'])('the format %s is refused', (date) => {
    expect(() => convert('a', { date })).toThrow('is not a date format')
  })
})

describe('dateTime', () => {
  test.each([
    ['2025-06-30T07:30:00+07:00', '2025-06-30T07:30:00+07:00'],
    ['2025-06-30T00:30:00Z', '2025-06-30T00:30:00Z'],
    ['2025-06-30 07:30', '2025-06-30T07:30:00+07:00'],
    ['2025-06-30T07:30:00.1234567', '2025-06-30T07:30:00.123456+07:00'],
    ['2025-06-30T07:30:00+0700', '2025-06-30T07:30:00+07:00'],
    ['1751241600', '2025-06-30T00:00:00.000Z'],
    ['1751241600000', '2025-06-30T00:00:00.000Z'],
  ])('reads %s as %s', (text, expected) => {
    expect(convert(text, 'dateTime')).toBe(expected)
  })

  test('reads seconds of a number, and formats', () => {
    expect(convert(number('1751241600'), 'dateTime')).toBe('2025-06-30T00:00:00.000Z')
    expect(convert('30/6/2025 7:05', { dateTime: 'd/M/yyyy H:mm' })).toBe('2025-06-30T07:05:00+07:00')
  })

  test.each(['2025-02-30T00:00', '2025-06-30T24:01', 'yesterday', '-5'])('%s is a problem', (text) => {
    expect(() => convert(text, 'dateTime')).toThrow(Unconvertible)
  })
})

describe('codes', () => {
  const codes = { 'Bệnh viện': 'HOSPITAL', 'Trạm y tế': 'STATION', constructor: 'X' }
  test('are looked up by text, whatever its Unicode form', () => {
    expect(convert('Bệnh viện'.normalize('NFD'), { codes })).toBe('HOSPITAL')
    expect(convert('constructor', { codes })).toBe('X')
    expect(() => convert('bệnh viện', { codes })).toThrow('"bệnh viện" is none of Bệnh viện, Trạm y tế')
    expect(() => convert('toString', { codes })).toThrow(Unconvertible)
  })

  test('can be looked up without regard to case, diacritics and spaces', () => {
    expect(convert('BENH  VIEN', { codes, fold: true })).toBe('HOSPITAL')
    expect(convert('Nhà thuốc', { codes, otherwise: 'OTHER' })).toBe('OTHER')
  })
})

test('boolean reads the usual words, or those that are given', () => {
  expect([
    convert('Có', 'boolean'),
    convert('KHÔNG', 'boolean'),
    convert('x', 'boolean'),
    convert(true, 'boolean'),
  ]).toEqual([true, false, true, true])
  expect(convert('mở', { boolean: { true: ['Mở'], false: ['Đóng'] } })).toBe(true)
  expect(() => convert('có lẽ', 'boolean')).toThrow('is neither yes nor no')
})

test('lists are converted item by item', () => {
  expect(convert('540; 542;;', { split: ';' })).toEqual(['540', '542'])
  expect(convert('1,5; 2', { split: ';' }, 'decimalComma')).toEqual([number('1.5'), number('2')])
})

test('other converters do as they are named', () => {
  expect(convert('đống đa', 'upper')).toBe('ĐỐNG ĐA')
  expect(convert('ĐỐNG ĐA', 'lower')).toBe('đống đa')
  expect(convert(number('52'), { padStart: 5 })).toBe('00052')
  expect(convert('Số   1', 'trim')).toBe('Số 1')
  expect(convert('…', { nullWhen: ['…', '-'] }, 'vietnameseNumber')).toBeNull()
})
