import { districts, placeIn, type District } from '../office/places.js'
import { seededRandom } from '../seeded-random.js'

export type Medium = 'KK' | 'NM' | 'NB' | 'NDD' | 'DAT'

/** A point of the monitoring network. */
export interface Station {
  readonly code: string
  readonly name: string
  readonly medium: Medium
  readonly isAutomatic: boolean
  readonly waterBody: string | undefined
  readonly district: District
  readonly communeCode: string
  readonly latitude: number
  readonly longitude: number
  readonly since: string
}

const rivers: Readonly<Record<string, readonly string[]>> = {
  '540': ['Sông Hà Thanh', 'Hồ Phú Hòa', 'Đầm Thị Nại'],
  '542': ['Sông An Lão'],
  '543': ['Sông Lại Giang', 'Đầm Trà Ổ'],
  '544': ['Sông Kim Sơn', 'Hồ Vạn Hội'],
  '545': ['Sông La Tinh', 'Đầm Trà Ổ'],
  '546': ['Sông Kôn', 'Hồ Định Bình'],
  '547': ['Sông Kôn', 'Hồ Thuận Ninh'],
  '548': ['Sông La Tinh', 'Đầm Đề Gi', 'Hồ Hội Sơn'],
  '549': ['Sông Kôn', 'Sông Gò Chàm'],
  '550': ['Sông Hà Thanh', 'Đầm Thị Nại'],
  '551': ['Sông Hà Thanh', 'Hồ Quang Hiển'],
}
const coast = ['540', '543', '545', '548']
const sites: Readonly<Record<Medium, readonly string[]>> = {
  KK: ['Khu vực trung tâm', 'Ngã tư quốc lộ 1', 'Khu công nghiệp', 'Khu dân cư'],
  NM: ['Cầu', 'Hạ lưu đập', 'Trạm bơm', 'Điểm hợp lưu'],
  NB: ['Bãi tắm', 'Cảng cá', 'Vùng nuôi'],
  NDD: ['Giếng khoan UBND', 'Giếng trạm y tế', 'Giếng trường học'],
  DAT: ['Ruộng lúa', 'Vùng rau', 'Gần bãi chôn lấp', 'Gần cụm công nghiệp'],
}

let made: readonly Station[] | undefined

/** All points; the same at each call. */
export function stations(): readonly Station[] {
  return (made ??= [
    ...pointsOf('KK', (code) => (code === '540' ? 4 : 1)),
    ...pointsOf('NM', () => 4),
    ...pointsOf('NB', (code) => (coast.includes(code) ? 3 : 0)),
    ...pointsOf('NDD', () => 2),
    ...pointsOf('DAT', () => 3),
  ])
}

function pointsOf(medium: Medium, countIn: (districtCode: string) => number): Station[] {
  const random = seededRandom(`stations ${medium}`)
  return districts.flatMap((district) =>
    Array.from({ length: countIn(district.code) }, (_, index): Station => {
      const place = placeIn(district, random)
      return {
        code: `${medium}-${district.code}-${index + 1}`,
        name: `${random.pick(sites[medium])} ${place.commune.name}`,
        medium,
        isAutomatic: medium === 'KK' && district.code === '540' && index < 2,
        waterBody: waterBodyOf(medium, district.code, index),
        district,
        communeCode: place.commune.code,
        latitude: place.latitude,
        longitude: place.longitude,
        since: `${random.between(2011, 2022)}-0${random.between(1, 9)}-01`,
      }
    }),
  )
}

function waterBodyOf(medium: Medium, district: string, index: number): string | undefined {
  if (medium === 'NB') return 'Biển ven bờ'
  if (medium !== 'NM') return undefined
  const bodies = rivers[district] ?? []
  return bodies[index % bodies.length]
}

/** As the monitoring system tells of them. */
export function stationItems(media: readonly Medium[]): object[] {
  return stations()
    .filter(({ medium }) => media.includes(medium))
    .map((station, index) => ({
      maDiem: station.code,
      tenDiem: station.name,
      thanhPhan: station.medium,
      tuDong: station.isAutomatic,
      nguonNuoc: station.waterBody ?? null,
      tinhTrang: index % 29 === 17 ? 'BAO_TRI' : 'HOAT_DONG',
      tuNgay: station.since,
      huyen: station.district.code,
      xa: station.communeCode,
      toaDo: { lat: station.latitude, lng: station.longitude },
    }))
}
