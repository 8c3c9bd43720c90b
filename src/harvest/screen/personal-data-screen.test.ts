import { describe, expect, test } from '@jest/globals'
import type { Field } from '../../records/schema/record-type.js'
import { recordType, schoolSchema } from '../../records/schema/small-types.fixture.js'
import { PersonalDataScreen } from './personal-data-screen.js'

const address = recordType(schoolSchema).fields.find((one) => one.name === 'address')!
const named = (vi: string, kind: Field['kind'] = 'text'): Field => ({
  ...address,
  name: 'x',
  kind,
  title: { vi, en: 'x' },
})

/** What is not to be published of these rows of one column. */
function screened(rows: readonly string[], field: Field = address) {
  const screen = new PersonalDataScreen([field])
  const cells = rows.flatMap((row) => screen.row([row]))
  screen.end()
  return {
    refused: screen.refused.length > 0,
    setAside: cells.filter((cell) => !screen.isByChance(cell)).length,
  }
}
const refused = (rows: readonly string[], field?: Field) => screened(rows, field).refused
const repeated = (text: string, count: number, others: number) => [
  ...Array<string>(others).fill('Trần Phú'),
  ...Array<string>(count).fill(text),
]
const numbered = (from: number, count: number, digits: number) =>
  Array.from({ length: count }, (_, index) => String(from + index).padStart(digits, '0'))

describe('a cell', () => {
  test('of a person is found wherever it is, also the only one among 100,000', () => {
    const rows = repeated('0912345678', 1, 100_000)
    expect(screened(rows)).toEqual({ refused: false, setAside: 1 })
    expect(screened(['0912345678'])).toEqual({ refused: false, setAside: 1 })
  })

  test('in a column of equally long codes is one of them by chance, and is not when there are as many as that is rare', () => {
    expect(screened([...numbered(410_000_0000, 200, 10), '0912345678'])).toEqual({ refused: false, setAside: 0 })
    expect(screened([...numbered(520_000_000_000, 200, 12), '052201012345'])).toEqual({ refused: false, setAside: 0 })
    const many = numbered(410_000_0000, 60, 10).flatMap((code, index) =>
      index % 6 === 0 ? [code, `09123456${index + 10}`] : [code],
    )
    expect(screened(many)).toEqual({ refused: false, setAside: 10 })
  })

  test('counts by the name of its column where its form alone does not tell', () => {
    expect(screened(['212345678', '212345679'], named('Số CMND'))).toMatchObject({ setAside: 2 })
    expect(screened(['212345678'], named('Số quyết định'))).toMatchObject({ setAside: 0 })
    expect(screened(['912345678'], named('Số điện thoại', 'integer'))).toMatchObject({ setAside: 1 })
    expect(screened(['52201012345'], named('Số CCCD', 'decimal'))).toMatchObject({ setAside: 1 })
    expect(screened(['52201012345'], named('Thu ngân sách', 'decimal'))).toMatchObject({ setAside: 0 })
    expect(screened(numbered(212_345_000, 100, 9), named('Số CMND'))).toMatchObject({ refused: true })
    const listed: Field = { ...named('Số CMND'), list: true }
    expect(screened(['{212345678,"212345679"}', '{}', '{Phú}'], listed)).toMatchObject({ setAside: 1 })
    const mapped = new PersonalDataScreen([address], { fields: { address: { column: 'CMND', convert: [] } } })
    expect(mapped.row(['212345678'])).toMatchObject([{ kind: 'CMND' }])
  })

  test('of JSON counts by the names of its members', () => {
    const owners = named('Chủ sở hữu', 'json')
    expect(
      screened(['[{"ten":"A","so_cccd":52201012345}]', '{"hoChieu":"x","soHoChieu":"B1234567"}'], owners),
    ).toMatchObject({
      setAside: 2,
    })
    expect(screened(['{"area":52201012345,"cccd":null}', '{"soCCCD":"không có"}', '"so_cccd"'], owners)).toMatchObject({
      setAside: 0,
    })
  })

  test('that refers to another record is no telephone number, and may be the number of a person', () => {
    const reference = { target: 'School', dataset: 'same', cardinality: 'one', reverse: undefined } as const
    expect(screened(['0912345678'], { ...address, reference })).toMatchObject({ setAside: 0 })
    expect(screened(['052201012345'], { ...address, reference })).toMatchObject({ setAside: 1 })
  })

  test('with a unit is a measure', () => {
    const budget: Field = { ...address, kind: 'bigInteger', unit: 'VND' }
    expect(screened(['84912345678'], budget)).toMatchObject({ setAside: 0 })
  })
})

describe('a name', () => {
  const screen = () =>
    new PersonalDataScreen([named('Họ và tên'), { ...named('Ngày sinh', 'date'), name: 'born' }, named('Ghi chú')])

  test('with a date of birth in the same row is of a person', () => {
    expect(screen().row(['Nguyễn Văn An', '1985-04-30', null])).toMatchObject([{ kind: 'NAME_AND_BIRTH' }])
    expect(screen().row(['Nguyễn Văn An', null, null])).toEqual([])
    expect(screen().row(['THPT Trần Phú', '1985-04-30', null])).toEqual([])
  })

  test('with a year or a date in another column is not', () => {
    const opened = new PersonalDataScreen([named('Tên trường'), { ...named('Ngày thành lập', 'date'), name: 'opened' }])
    expect(opened.row(['Trần Phú', '1985-04-30'])).toEqual([])
  })
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
    const contact: Field = { ...address, sensitivity: 'officialContact' }
    expect(screened(repeated('0912345678', 100, 0), contact)).toEqual({ refused: false, setAside: 0 })
    expect(refused(repeated('052201012345', 100, 0), contact)).toBe(true)
  })
})
