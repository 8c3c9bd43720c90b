import { apiPlace } from '../office/api-place.js'
import { districtOf } from '../office/districts-by-code.js'
import { placeIn, placeSomewhere } from '../office/places.js'
import { seededRandom } from '../seeded-random.js'
import { namedHeritage } from './intangible-heritage.js'

const kinds = [
  ['Lễ hội truyền thống', 'Lễ hội', 'Cấp huyện'],
  ['Lễ hội văn hóa', 'Ngày hội văn hóa', 'Cấp tỉnh'],
  ['Lễ hội ngành nghề', 'Ngày hội làng nghề', 'Cấp huyện'],
  ['Biểu diễn nghệ thuật', 'Đêm nghệ thuật', 'Cấp tỉnh'],
  ['Triển lãm', 'Triển lãm ảnh và sách', 'Cấp tỉnh'],
  ['Thể thao cộng đồng', 'Giải chạy cộng đồng', 'Cấp tỉnh'],
  ['Thể thao cộng đồng', 'Hội đua thuyền', 'Cấp xã'],
  ['Sinh hoạt cộng đồng', 'Ngày hội đại đoàn kết', 'Cấp xã'],
  ['Sinh hoạt cộng đồng', 'Phiên chợ quê', 'Cấp xã'],
] as const

const slips: Readonly<Record<number, object>> = {
  33: { startsAt: '2025-04-31T08:00:00+07:00' },
  90: { kind: 'Hội chợ' },
  151: { expectedVisitors: 'đông' },
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** The calendar of 2024 and 2025; what is after the reference date is still to come. */
export function eventItems(): object[] {
  const random = seededRandom('events and festivals')
  const festivals = namedHeritage.filter(({ name }) => name.startsWith('Lễ hội'))
  return Array.from({ length: 240 }, (_, index) => {
    const somewhere = placeSomewhere(random, 0.4)
    const [kind, word, level] = random.pick(kinds)
    const isFestival = kind === 'Lễ hội truyền thống'
    const heritage = isFestival && random.next() < 0.4 ? random.pick(festivals) : undefined
    const home = heritage?.districts[0]
    const place = home === undefined ? somewhere : placeIn(districtOf(home), random)
    const year = index < 130 ? 2024 : 2025
    const month = isFestival ? random.between(1, 4) : random.between(1, 12)
    const day = random.between(1, 26)
    const start = `${year}-${twoDigits(month)}-${twoDigits(day)}`
    const isPast = start <= '2025-06-30'
    const chance = random.next()
    return {
      code: `SK${year}-${String(index + 1).padStart(3, '0')}`,
      name: heritage === undefined ? `${word} ${place.commune.name} ${year}` : `${heritage.name} ${year}`,
      kind,
      level,
      startsAt: `${start}T${twoDigits(random.between(6, 19))}:00:00+07:00`,
      endsAt:
        random.next() < 0.1
          ? null
          : `${year}-${twoDigits(month)}-${twoDigits(day + random.between(0, 2))}T22:00:00+07:00`,
      lunarDate: isFestival ? `${random.between(1, 16)} tháng ${random.pick(['Giêng', 'Hai', 'Ba'])}` : null,
      status: chance < 0.03 ? 'cancelled' : chance < 0.06 ? 'postponed' : isPast ? 'completed' : 'scheduled',
      venue: random.pick(['Quảng trường', 'Sân vận động', 'Đình làng', 'Trung tâm Văn hóa', 'Bãi biển']),
      organiser:
        level === 'Cấp tỉnh'
          ? 'Sở Văn hóa và Thể thao'
          : `UBND ${level === 'Cấp xã' ? place.commune.name : place.district.name}`,
      free: random.next() < 0.85,
      expectedVisitors: random.next() < 0.15 ? null : random.between(2, 400) * 50,
      heritage: heritage?.code ?? null,
      ...apiPlace(place, random, 0.1),
      ...slips[index],
    }
  })
}
