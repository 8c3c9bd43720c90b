import { describe, expect, test } from '@jest/globals'
import { SourceNumber, type SourceValue } from '../../connectors/drivers/driver.js'
import { valuesOfColumn } from './column-values.js'
import { camelCase, fieldNames, slug } from './field-names.js'
import { inferKind } from './infer-kind.js'

const kindOf = (header: string, ...values: readonly SourceValue[]): string =>
  inferKind(header, valuesOfColumn(values)).kind
const notesOf = (header: string, ...values: readonly SourceValue[]): string =>
  (inferKind(header, valuesOfColumn(values)).notes ?? []).map(({ en }) => en).join(' ')
const convertOf = (header: string, ...values: readonly SourceValue[]): unknown =>
  inferKind(header, valuesOfColumn(values)).convert

describe('what is not a number stays text', () => {
  test.each([
    ['a leading zero', 'Số', ['052', '101', '7']],
    ['a letter', 'Số', ['0164A', '165', '166']],
    ['a telephone number', 'Liên hệ', ['0912345678', '0987654321']],
    ['a code by its name', 'Mã trường', ['52101', '7']],
    ['a code by the name of its element', 'DiaChi/@maHuyen', ['540', '7']],
    ['a tax code as programs write it', 'MaSoThue', ['4101234567', '41']],
    ['a licence number', 'Số giấy phép', ['12', '13']],
    ['numbers of one length that are all different', 'Ký tự', ['521001', '521002', '521003']],
  ])('%s', (_what, header, values) => {
    expect(kindOf(header, ...values)).toBe('text')
  })

  test('codes that a workbook holds as numbers are said to have lost their zeros', () => {
    expect(kindOf('Mã huyện', new SourceNumber('540'))).toBe('text')
    expect(notesOf('Mã huyện', new SourceNumber('540'))).toContain('leading zeros may be lost')
  })
})

describe('numbers', () => {
  test('as Việt Nam writes them, when one value proves it', () => {
    expect([kindOf('Diện tích', '1.234,5', '980'), notesOf('Diện tích', '1.234,5', '980')]).toEqual(['decimal', ''])
    expect(convertOf('Diện tích', '1.234,5', '980')).toEqual(['vietnameseNumber'])
    expect(kindOf('Dân số', '1.234.567', '980')).toBe('integer')
    expect(kindOf('Kinh phí', '12.345.678.901')).toBe('bigInteger')
  })

  test('that can be read in two ways are said to be ambiguous', () => {
    expect(kindOf('Dân số', '1.234', '2.345')).toBe('integer')
    expect(notesOf('Dân số', '1.234', '2.345')).toContain('one thousand two hundred thirty-four')
    expect(kindOf('Tỉ lệ', '1,234', '2,345')).toBe('decimal')
    expect(notesOf('Tỉ lệ', '1,234', '2,345')).toContain('Ambiguous')
  })

  test('with a decimal point, and typed ones', () => {
    expect([kindOf('Vĩ độ', '13.78', '14.1'), convertOf('Vĩ độ', '13.78', '14.1')]).toEqual(['decimal', undefined])
    expect(kindOf('Số lớp', new SourceNumber('12'))).toBe('integer')
    expect(kindOf('Điểm', new SourceNumber('1.5'))).toBe('decimal')
  })

  test('a few mistakes do not make a column of text', () => {
    expect(kindOf('Số lớp', ...Array.from({ length: 19 }, (_, index) => `${index + 1}`), 'không rõ')).toBe('integer')
  })
})

describe('dates', () => {
  test('the order of day and month is what some value proves', () => {
    expect(convertOf('Ngày', '02/03/2024', '25/03/2024')).toEqual([{ date: 'd/M/yyyy' }])
    expect(convertOf('Ngày', '02/03/2024', '03/25/2024')).toEqual([{ date: 'M/d/yyyy' }])
    expect(notesOf('Ngày', '02/03/2024', '25/03/2024')).toBe('')
  })

  test('without a proof it is said to be ambiguous', () => {
    expect(notesOf('Ngày', '02/03/2024', '04/05/2024')).toContain('"02/03/2024" is read as day/month/year')
  })

  test('of several spellings all are read', () => {
    expect(convertOf('Ngày', '25/03/2024', '2024-03-26', '27-03-2024')).toEqual([
      { date: ['d/M/yyyy', 'd-M-yyyy', 'yyyy-MM-dd'] },
    ])
  })
})

test('other kinds', () => {
  expect(kindOf('Đạt chuẩn', 'x', 'x')).toBe('boolean')
  expect(kindOf('Đạt chuẩn', 'Có', 'Không')).toBe('boolean')
  expect(kindOf('Trang', 'https://a.vn/x')).toBe('url')
  expect(kindOf('Lúc', '2025-06-30T07:00:00+07:00')).toBe('dateTime')
  expect(kindOf('Chi tiết', { a: 'b' })).toBe('json')
  expect(kindOf('Trống')).toBe('text')
})

test('names of fields are ASCII, valid, different, and keep off reserved words', () => {
  const headers = ['Mã giếng', 'Tên', 'Tên', 'Số ghế (cái)', '2024', '', 'key', 'id', 'Đường kính']
  const names = [...fieldNames([...new Set(headers)], new Map([['Mã giếng', 'code']])).values()]
  expect(names).toEqual(['code', 'name', 'soGhe', 'n2024', 'column5', 'column6', 'column7', 'duongKinh'])
  expect(camelCase('!!!')).toBeUndefined()
  expect(slug('Danh sách giếng 2024.xlsx')).toBe('danh-sach-gieng-2024-xlsx')
})

test('names of elements make the names of fields that their words would make', () => {
  expect(camelCase('SoCongChungVien')).toBe('soCongChungVien')
  expect(slug('ToChuc')).toBe('to-chuc')
  expect([
    ...fieldNames(['DiaChi/ToaDo/ViDo', 'ls:TinhTrang', '@ma', 'KetQua2024/SoViec'], new Map()).values(),
  ]).toEqual(['latitude', 'status', 'code', 'ketQua2024SoViec'])
})
