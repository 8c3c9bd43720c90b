import { peopleOf } from '../office/district-people.js'
import { withLastLine } from '../office/last-line.js'
import { districts, type Commune, type District } from '../office/places.js'
import { comma, csvRows, dotted, rounded, withSlips, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

export const populationYears = [2019, 2020, 2021, 2022, 2023, 2024] as const
export type PopulationYear = (typeof populationYears)[number]

/** km2, by district code. */
const areas: Readonly<Record<string, number>> = {
  '540': 286.1,
  '542': 696.9,
  '543': 420.8,
  '544': 753.2,
  '545': 556.1,
  '546': 716.9,
  '547': 692.2,
  '548': 680.7,
  '549': 244.5,
  '550': 219.9,
  '551': 804.2,
}

interface Counts {
  readonly area: number
  readonly people: number
  readonly male: number
  readonly urban: number
  readonly households: number
}

/** A commune's share of its district's people and area; wards are small and full, mountain communes wide and empty. */
function countsOf(district: District, commune: Commune, year: PopulationYear): Counts {
  const weight = (one: Commune): number => {
    const random = seededRandom(`population ${one.code}`)
    return (one.designation === 'Xã' ? 1 : 1.5) * (0.6 + random.next() * 0.8)
  }
  const wide = (one: Commune): number => {
    const random = seededRandom(`area ${one.code}`)
    return (one.designation === 'Xã' ? 1 : 0.3) * (0.5 + random.next())
  }
  const total = (of: (one: Commune) => number) => district.communes.reduce((sum, one) => sum + of(one), 0)
  const grown = peopleOf(district.code) * (1 + (year - 2019) * 0.0025)
  const people = Math.round((grown * weight(commune)) / total(weight))
  const random = seededRandom(`population ${commune.code} ${year}`)
  return {
    area: rounded(((areas[district.code] ?? 300) * wide(commune)) / total(wide), 2),
    people,
    male: Math.round(people * (0.487 + random.next() * 0.012)),
    urban: commune.designation === 'Xã' ? 0 : people,
    households: Math.round(people / (3.3 + random.next() * 0.4)),
  }
}

function rowOf(level: string, code: string, name: string, counts: Counts): Row {
  const { area, people, male, urban, households } = counts
  return {
    Cấp: level,
    'Mã ĐVHC': code,
    'Tên đơn vị': name,
    'Diện tích (km2)': comma(area),
    'Dân số': dotted(people),
    Nam: dotted(male),
    Nữ: dotted(people - male),
    'Thành thị': dotted(urban),
    'Nông thôn': dotted(people - urban),
    'Mật độ (người/km2)': comma(rounded(people / area, 1)),
    'Số hộ': dotted(households),
  }
}

/** The year's file: each district with its communes below it; the last line is a note. */
export function populationLines(year: PopulationYear): string[][] {
  const rows = districts.flatMap((district) => {
    const communes = district.communes.map((commune) => ({ commune, counts: countsOf(district, commune, year) }))
    const sum = (of: (counts: Counts) => number) => communes.reduce((all, { counts }) => all + of(counts), 0)
    const whole: Counts = {
      area: rounded(
        sum(({ area }) => area),
        2,
      ),
      people: sum(({ people }) => people),
      male: sum(({ male }) => male),
      urban: sum(({ urban }) => urban),
      households: sum(({ households }) => households),
    }
    return [
      rowOf('huyện', district.code, district.name, whole),
      ...communes.map(({ commune, counts }) =>
        rowOf('xã', commune.code, `${commune.designation} ${commune.name}`, counts),
      ),
    ]
  })
  const slips = year === 2022 ? { 25: { 'Dân số': '8.12x' }, 90: { 'Mã ĐVHC': '99999' } } : {}
  return withLastLine(csvRows(withSlips(rows, slips)), '', '', 'Ghi chú: dân số trung bình năm')
}
