import { expect, test } from '@jest/globals'
import { profileColumns } from './profile-columns.js'

const column = (values: readonly string[]) =>
  profileColumns(
    ['Điện thoại'],
    values.map((value, index) => ({ number: index + 2, values: { 'Điện thoại': value } })),
  )[0]

const offices = ['02563822294', '02563846114', '02563893555', '02563822666', '02563821357', '02563891111']

test('a column of which one in seven is a mobile number is suspect: its rows would be too many to set aside', () => {
  expect(column([...offices, '0905123456'])?.personal).toBe('PHONE')
})

test('a column of offices’ numbers is not, nor for one mobile number in fifty', () => {
  expect(column(offices)?.personal).toBeUndefined()
  const many = Array.from({ length: 49 }, (_, index) => `025638${String(22_000 + index)}`)
  expect(column([...many, '0905123456'])?.personal).toBeUndefined()
})
