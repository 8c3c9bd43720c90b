import { describe, expect, test } from '@jest/globals'
import { districts } from '../../examples/agencies/education/districts.js'
import { createEducationAgency } from '../../examples/agencies/education/education-agency.js'
import { mistakes } from '../../examples/agencies/education/mistakes.js'
import { schoolsInYear } from '../../examples/agencies/education/school-rows.js'
import { levels, schoolYears, type Level } from '../../examples/agencies/education/schools.js'
import { countOf } from '../../examples/agencies/education/statistics.js'
import type { MappedRow } from '../../src/connectors/mapping/mapped-row.js'
import { createRowValidator } from '../../src/records/schema/validate-row.js'
import { mappedAgency } from '../../test/support/mapped-agency.js'
import { SourceNumber } from '../drivers/driver.js'

const places = new Set(districts.flatMap(({ code, communes }) => [code, ...communes.map((commune) => commune.code)]))
const agency = mappedAgency(createEducationAgency(), {
  resolve: ({ value }) => Promise.resolve(places.has(value) ? `${value}~key` : undefined),
})

interface Checked {
  /** The mapped values as text, of the rows that fit the record schema. */
  readonly fitting: readonly Readonly<Record<string, string | null>>[]
  /** `field: value` of what does not fit. */
  readonly setAside: readonly string[]
}

/** The manifest's only resource, mapped and checked. */
async function checked(connector: string): Promise<Checked> {
  const [resource] = await agency.read(connector)
  if (resource === undefined) throw new Error(`${connector} has no resource.`)
  const validate = createRowValidator(resource.type)
  const fitting: Readonly<Record<string, string | null>>[] = []
  const setAside: string[] = []
  for (const row of resource.rows) {
    const outcome = validate(row.values)
    const problems = [...row.problems, ...(outcome.ok ? [] : outcome.problems)]
    if (problems.length === 0) fitting.push(textsOf(row))
    else setAside.push(...new Set(problems.map(({ field, value }) => `${field}: ${value ?? ''}`)))
  }
  return { fitting, setAside }
}

function textsOf(row: MappedRow): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(row.values).map(([field, value]) => [
      field,
      value instanceof SourceNumber ? value.text : typeof value === 'string' ? value : null,
    ]),
  )
}

const schoolLists: readonly (readonly [connector: string, level: Level])[] = [
  ['kindergartens', 'KINDERGARTEN'],
  ['primary-schools', 'PRIMARY'],
  ['lower-secondary-schools', 'LOWER_SECONDARY'],
  ['upper-secondary-schools', 'UPPER_SECONDARY'],
]

describe("the education department's lists of schools", () => {
  test.each(schoolLists)('%s: every school but those with a slip, no total among them', async (connector, level) => {
    const { fitting } = await checked(connector)
    const slips = mistakes.filter((mistake) => mistake.level === level)
    // A code typed twice fits by itself; the harvest finds it when it compares the rows.
    const twice = slips.filter(({ change }) => change.code !== undefined).length
    expect(fitting).toHaveLength(schoolsInYear(level, '2024-2025').length - slips.length + twice)
    expect(new Set(fitting.map((row) => row['code'])).size).toBe(fitting.length - twice)
    expect(new Set(fitting.map((row) => row['level']))).toEqual(new Set([level]))
    expect(fitting.every((row) => row['district']?.endsWith('~key') === true)).toBe(true)
  })

  test('typed numbers, merged districts and both ways to write a day come out right', async () => {
    const { fitting } = await checked('upper-secondary-schools')
    for (const { school, pupils, teachers } of schoolsInYear('UPPER_SECONDARY', '2024-2025')) {
      const row = fitting.find(({ code }) => code === school.code)
      expect(row).toMatchObject({
        name: school.name,
        district: `${school.district.code}~key`,
        commune: `${school.commune.code}~key`,
        pupils: String(pupils),
        openedOn: school.openedOn ?? null,
        latitude: school.latitude === undefined ? null : String(school.latitude),
      })
      expect([String(teachers), null]).toContain(row?.['teachers'] ?? null)
    }
  })

  test('each slip is set aside with its field and value', async () => {
    expect((await checked('kindergartens')).setAside).toEqual(['pupils: chưa báo cáo', 'openedOn: 00/09/1998'])
    expect((await checked('primary-schools')).setAside).toEqual([
      'pupils: -35',
      'openedOn: 31/02/1998',
      'commune: 99999',
    ])
    expect((await checked('lower-secondary-schools')).setAside).toEqual([
      'latitude: 109.112233',
      'longitude: 13.889911',
      'name: ',
    ])
  })

  test('nurseries come from a Windows-1258 file with their tones', async () => {
    const { fitting, setAside } = await checked('nurseries')
    const nurseries = schoolsInYear('NURSERY', '2024-2025')
    expect(fitting.map(({ name }) => name)).toEqual(
      nurseries.filter((_, index) => index !== 31).map(({ school }) => school.name),
    )
    expect(setAside).toEqual(['code: '])
  })
})

describe("the education department's figures", () => {
  test.each([
    ['teachers-by-level', 'teachers'],
    ['pupils-by-level', 'pupils'],
  ] as const)('%s: one for each year, level and district', async (connector, measure) => {
    const { fitting, setAside } = await checked(connector)
    expect(setAside).toEqual([])
    const figures = new Map(
      fitting.map((row) => [`${row['schoolYear']} ${row['level']} ${row['district']}`, row['value']]),
    )
    expect(figures.size).toBe(schoolYears.length * levels.length * districts.length)
    expect(fitting).toHaveLength(figures.size)
    for (const year of schoolYears)
      for (const level of levels)
        for (const district of districts)
          expect(figures.get(`${year} ${level} ${district.code}~key`)).toBe(
            String(countOf(measure, district, level, year)),
          )
  })
})
