import { describe, expect, test } from '@jest/globals'
import type { Field } from '../../records/schema/record-type.js'
import { recordType, schoolSchema } from '../../records/schema/small-types.fixture.js'
import { looksPersonal, PersonalDataScreen } from './personal-data.js'

const field = recordType(schoolSchema).fields.find((one) => one.name === 'address')!
const refused = (rows: readonly string[], fields: readonly Field[] = [field]) => {
  const screen = new PersonalDataScreen(fields)
  try {
    for (const row of rows) screen.row([row])
    screen.end()
    return false
  } catch (error) {
    expect(error).toMatchObject({ code: 'PERSONAL_DATA', details: { field: 'address' } })
    return true
  }
}
const repeated = (text: string, count: number, others: number) => [
  ...Array<string>(others).fill('Trần Phú'),
  ...Array<string>(count).fill(text),
]

test.each([
  ['052201012345', 'CCCD'],
  ['CCCD: 079 098 012 345', 'CCCD'],
  ['0912345678', 'PHONE'],
  ['+84 91 234 56 78', 'PHONE'],
  ['Ông An, đt 0905.123.456', 'PHONE'],
  ['０９１２３４５６７８', 'PHONE'],
  ['an.nguyen@example.com', 'EMAIL'],
  ['13.7823456789', undefined],
  ['202506301230', undefined],
  ['52540301', undefined],
  ['123 Trần Hưng Đạo', undefined],
  ['02563821234', undefined],
  ['1.234.567.890.123', undefined],
])('%p looks like %p', (text, kind) => {
  expect(looksPersonal(text)).toBe(kind)
})

describe('a column', () => {
  test('with 20 hits in 100 rows is refused, wherever they are', () => {
    expect(refused(repeated('0912345678', 20, 80))).toBe(true)
    expect(refused([...repeated('', 0, 1000), ...repeated('0912345678', 20, 80)])).toBe(true)
    expect(refused(repeated('0912345678', 19, 81))).toBe(false)
  })

  test('of few rows is refused by its share, and never for one or two cells', () => {
    expect(refused(repeated('0912345678', 3, 2))).toBe(true)
    expect(refused(repeated('0912345678', 2, 0))).toBe(false)
    expect(refused(repeated('0912345678', 3, 60))).toBe(false)
  })

  test("that is declared an office's contact may hold telephone numbers, but no numbers of persons", () => {
    const contact: Field = { ...field, sensitivity: 'officialContact' }
    expect(refused(repeated('0912345678', 100, 0), [contact])).toBe(false)
    expect(refused(repeated('052201012345', 100, 0), [contact])).toBe(true)
  })
})
