import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { loadPlan, PlanFileError } from './plan-file.js'

const planFolder = join(import.meta.dirname, '../../plan/binh-dinh-2023-2025')

describe('the plan of Bình Định 2023–2025', () => {
  test('has 14 themes, 17 agencies and 167 rows that name 163 datasets', async () => {
    const { themes, agencies, datasets } = await loadPlan(planFolder)
    expect(themes).toHaveLength(14)
    expect(agencies.filter((agency) => agency.inPlan)).toHaveLength(17)
    expect(datasets.map((dataset) => dataset.row)).toEqual(Array.from({ length: 167 }, (_, index) => index + 1))
    expect(datasets.filter((dataset) => dataset.duplicateOf === null)).toHaveLength(163)
  })

  test('leaves the lead of the 40 rows of three themes to the agencies that the theme names', async () => {
    const { themes, datasets } = await loadPlan(planFolder)
    const open = datasets.filter((dataset) => dataset.leadAgency === null)
    expect(open).toHaveLength(40)
    expect([...new Set(open.map((dataset) => dataset.theme))]).toEqual(['finance', 'culture-tourism', 'society'])
    for (const dataset of open) {
      expect(dataset.candidateAgencies).toEqual(themes.find((theme) => theme.code === dataset.theme)!.leadAgencies)
    }
    const assigned = datasets.filter((dataset) => dataset.leadAgency !== null)
    expect(assigned.every((dataset) => dataset.candidateAgencies.length === 0)).toBe(true)
  })

  test('gives row 155 to health, whose cell was printed one line too high', async () => {
    const { datasets } = await loadPlan(planFolder)
    expect(datasets.find((dataset) => dataset.row === 155)!.leadAgency).toBe('health')
    expect(datasets.find((dataset) => dataset.row === 156)!.leadAgency).toBe('external-relations')
  })

  test('links the rows that repeat or overlap with others', async () => {
    const { datasets } = await loadPlan(planFolder)
    const rowOf = new Map(datasets.map((dataset) => [dataset.code, dataset.row]))
    const repeats = datasets.flatMap(({ row, duplicateOf }) =>
      duplicateOf === null ? [] : [[row, rowOf.get(duplicateOf)]],
    )
    expect(repeats).toEqual([
      [19, 14],
      [20, 16],
      [21, 16],
      [22, 17],
    ])
    const overlaps = datasets.flatMap(({ row, related }) =>
      related.length === 0 ? [] : [[row, ...related.map((code) => rowOf.get(code))]],
    )
    expect(overlaps).toEqual([
      [52, 76, 146],
      [66, 140],
      [76, 52, 146],
      [82, 84],
      [84, 82],
      [112, 119],
      [115, 117],
      [117, 115],
      [119, 112],
      [140, 66],
      [146, 52, 76, 147],
      [147, 146],
    ])
  })

  test('keeps the printed titles, without the stray quotation marks', async () => {
    const { datasets } = await loadPlan(planFolder)
    const title = (row: number) => datasets.find((dataset) => dataset.row === row)!.titleVi
    expect(title(5)).toBe('Dữ liệu các trường tiểu học')
    expect(title(59)).toBe('Dữ liệu danh sách doanh nghiệp (đăng ký mới, tạm ngưng, giải thể, hoạt động trở lại)')
    expect(title(61)).toMatch(/ giải thể\)$/)
  })

  test('has codes that others rely on', async () => {
    const { datasets } = await loadPlan(planFolder)
    const codes = new Map(datasets.map((dataset) => [dataset.row, dataset.code]))
    expect([1, 2, 3, 4, 5, 6, 7, 33, 35, 39, 149, 150, 154].map((row) => codes.get(row))).toEqual([
      'teachers-by-level',
      'pupils-by-level',
      'nurseries',
      'kindergartens',
      'primary-schools',
      'lower-secondary-schools',
      'upper-secondary-schools',
      'bus-network',
      'traffic-cameras',
      'car-parks',
      'pharmacies',
      'health-facilities',
      'vaccination-sites',
    ])
  })

  test('ends its agencies on 2025-06-30, each with one successor from the next day', async () => {
    const { agencies } = await loadPlan(planFolder)
    const successors = agencies.filter((agency) => !agency.inPlan)
    for (const agency of agencies.filter((entry) => entry.inPlan)) {
      expect(agency.validTo).toBe('2025-06-30')
      expect(successors.filter((successor) => successor.predecessors.includes(agency.code))).toHaveLength(1)
    }
    expect(successors.every((successor) => successor.validFrom === '2025-07-01')).toBe(true)
  })
})

describe('a plan with mistakes', () => {
  let folder: string

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'plan-'))
    await cp(planFolder, folder, { recursive: true })
  })
  afterEach(async () => {
    await rm(folder, { recursive: true, force: true })
  })

  async function replace(file: string, from: string, to: string): Promise<void> {
    const path = join(folder, file)
    const before = await readFile(path, 'utf8')
    expect(before).toContain(from)
    await writeFile(path, before.replace(from, to))
  }

  async function problems(): Promise<readonly string[]> {
    const error = await loadPlan(folder).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    if (!(error instanceof PlanFileError)) throw new Error('The plan was accepted.', { cause: error })
    return error.problems
  }

  test('is refused when two rows have the same code', async () => {
    await replace('datasets.json', '"code": "libraries"', '"code": "nurseries"')
    expect(await problems()).toEqual(['datasets.json, rows 3 and 8: both have the code nurseries.'])
  })

  test('is refused when a row names a theme that does not exist', async () => {
    await replace('datasets.json', '"theme": "education"', '"theme": "schools"')
    expect(await problems()).toEqual(['datasets.json, row 1: there is no theme schools.'])
  })

  test('is refused when the lead is not an agency of the theme', async () => {
    await replace('datasets.json', '"leadAgency": "education"', '"leadAgency": "health"')
    expect(await problems()).toEqual(['datasets.json, row 1: the theme education does not name the agency health.'])
  })

  test('is refused when a row repeats a row that is itself a duplicate', async () => {
    const chained = '"duplicateOf": "mobile-phone-subscriptions-2"'
    await replace('datasets.json', '"duplicateOf": "fixed-broadband-subscriptions"', chained)
    expect(await problems()).toEqual([
      'datasets.json, row 20: mobile-phone-subscriptions-2 is itself a duplicate; name the dataset that both repeat.',
    ])
  })

  test('is refused when only one of two rows names the other as related', async () => {
    await replace('datasets.json', '"related": ["animal-feed-products"]', '"related": []')
    expect(await problems()).toEqual([
      'datasets.json, row 84: livestock-breeds-and-feed does not name it as related in turn.',
    ])
  })

  test('is refused when a successor begins before its predecessor has ended', async () => {
    await replace('agencies.json', '"validFrom": "2025-07-01"', '"validFrom": "2025-06-30"')
    expect(await problems()).toEqual([
      'agencies.json, gia-lai-education: its predecessor education does not end before it begins.',
    ])
  })

  test('is refused when a theme is led by an agency outside the plan', async () => {
    await replace('themes.json', '["education"]', '["education", "gia-lai-education"]')
    expect(await problems()).toEqual(['themes.json, theme I: the plan has no agency gia-lai-education.'])
  })

  test('is refused with the file and the entry when a value has the wrong form', async () => {
    await replace('datasets.json', '"frequency": "YEARLY"', '"frequency": "SOMETIMES"')
    await replace('agencies.json', '"validTo": "2025-06-30"', '"validTo": "30/06/2025"')
    const found = await problems()
    expect(found).toHaveLength(2)
    expect(found[0]).toMatch(/^agencies\.json, entry 1, validTo: /)
    expect(found[1]).toMatch(/^datasets\.json, entry 1, frequency: /)
  })

  test('is refused when a file is missing or is not JSON', async () => {
    await writeFile(join(folder, 'themes.json'), '[{')
    expect((await problems())[0]).toMatch(/^themes\.json is not readable: /)
    await rm(join(folder, 'plan.json'))
    expect((await problems())[0]).toMatch(/^plan\.json is not readable: /)
  })
})
