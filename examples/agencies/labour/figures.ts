import { districts, type District } from '../office/places.js'
import { comma, dotted, rounded, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

export const surveyYears = [2018, 2019, 2020, 2021, 2022, 2023, 2024] as const
export type SurveyYear = (typeof surveyYears)[number]

/** People in the labour force in thousands, roughly, by district code. */
const thousands: Readonly<Record<string, number>> = {
  '540': 158,
  '542': 16,
  '543': 118,
  '544': 49,
  '545': 92,
  '546': 18,
  '547': 67,
  '548': 104,
  '549': 99,
  '550': 95,
  '551': 17,
}

/** Share of the labour force in towns. */
function urbanShare(district: District): number {
  if (district.code === '540') return 0.9
  return ['543', '549'].includes(district.code) ? 0.42 : 0.12
}

/** The year's file: a line for each district, urban and rural, men and women; the last line is a total. */
export function unemploymentLines(year: SurveyYear): string[][] {
  const lines = districts.flatMap((district) =>
    (['Thành thị', 'Nông thôn'] as const).flatMap((area) =>
      (['Nam', 'Nữ'] as const).map((sex) => {
        const random = seededRandom(`unemployment ${year} ${district.code} ${area} ${sex}`)
        const share = area === 'Thành thị' ? urbanShare(district) : 1 - urbanShare(district)
        const usual = (thousands[district.code] ?? 30) * 1000 * share * (sex === 'Nam' ? 0.51 : 0.49)
        const force = Math.round(usual * (1 + (year - 2021) * 0.004) * (0.99 + random.next() * 0.02))
        const base = (area === 'Thành thị' ? 3.4 : 2.1) + (year === 2021 ? 1.1 : 0) + (sex === 'Nữ' ? 0.3 : 0)
        const unemployed = Math.round((force * (base + random.next() * 0.8 - 0.4)) / 100)
        const rate = rounded((100 * unemployed) / force, 2)
        return [district.code, district.name, area, sex, dotted(force), dotted(unemployed), comma(rate)]
      }),
    ),
  )
  const slip = lines[25]
  if (year === 2020 && slip !== undefined) slip[6] = '#DIV/0!'
  const names = ['Mã huyện', 'Huyện', 'Khu vực', 'Giới tính', 'Lực lượng lao động', 'Thất nghiệp', 'Tỷ lệ (%)']
  return [names, ...lines, ['Toàn tỉnh', '', '', '', '', '', '']]
}

/** Employed people by ownership across the top, of one year. */
export function ownershipRows(year: SurveyYear): Row[] {
  return districts.flatMap((district) =>
    ['Nam', 'Nữ'].map((sex): Row => {
      const random = seededRandom(`ownership ${year} ${district.code} ${sex}`)
      const all = (thousands[district.code] ?? 30) * 1000 * 0.48
      const state = Math.round(all * (district.code === '540' ? 0.13 : 0.07) * (0.95 + random.next() * 0.1))
      const foreign = Math.round(all * (0.012 + (year - 2018) * 0.002) * (sex === 'Nữ' ? 1.6 : 1))
      return {
        'Mã huyện': district.code,
        'Huyện, thị xã, thành phố': district.name,
        'Giới tính': sex,
        'Số người có việc làm / Nhà nước': dotted(state),
        'Số người có việc làm / Ngoài Nhà nước': dotted(Math.round(all) - state - foreign),
        'Số người có việc làm / Có vốn đầu tư nước ngoài': foreign,
      }
    }),
  )
}
