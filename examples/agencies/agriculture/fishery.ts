import { mappedColumns } from '../office/place-columns.js'
import { districts, placeIn, type District } from '../office/places.js'
import { comma, dayBetween, dotted, gap, rounded, typedDay, withSlips, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const coast: readonly District[] = districts.filter(({ code }) => ['540', '543', '545', '548', '550'].includes(code))
const groups = [
  ['Cá nổi nhỏ', 26_000],
  ['Cá nổi lớn', 14_000],
  ['Cá đáy', 9_000],
  ['Cá rạn san hô', 900],
  ['Mực, bạch tuộc', 5_200],
  ['Giáp xác', 2_100],
  ['Tôm hùm giống', 40],
] as const

export function assessmentRows(): Row[] {
  const random = seededRandom('fishery resources')
  return [2018, 2020, 2022, 2024].flatMap((year) =>
    ['Gió mùa Tây Nam', 'Gió mùa Đông Bắc'].flatMap((season) =>
      ['Vùng ven bờ', 'Vùng lộng'].flatMap((zone) =>
        groups.map(([group, tonnes]): Row => {
          const biomass = Math.round(tonnes * (zone === 'Vùng lộng' ? 1 : 0.35) * (0.8 + random.next() * 0.4))
          return {
            'Năm điều tra': year,
            Mùa: season,
            'Vùng biển': zone,
            'Nhóm nguồn lợi': group,
            'Số loài': random.between(6, 120),
            'Trữ lượng (tấn)': dotted(biomass),
            'Mật độ (tấn/km²)': comma(rounded(biomass / 7000, 3)),
            'Năng suất (kg/giờ)': comma(rounded(2 + random.next() * 60, 1)),
            'Khai thác bền vững (tấn/năm)': dotted(Math.round(biomass * 0.45)),
            'Chưa trưởng thành (%)': comma(rounded(12 + random.next() * 50, 1)),
          }
        }),
      ),
    ),
  )
}

const habitats = [
  ['Rạn san hô', 'Rạn san hô', 60],
  ['Thảm cỏ biển', 'Thảm cỏ biển', 45],
  ['Rừng ngập mặn', 'Rừng ngập mặn', 30],
  ['Thảm rong biển', 'Thảm rong', 40],
  ['Bãi giống, bãi ương', 'Bãi ương giống', null],
] as const

export function habitatRows(): Row[] {
  const random = seededRandom('marine habitats')
  const rows = coast.flatMap((district) =>
    habitats.flatMap(([kind, name, cover]) =>
      [1, 2].map((): Row => {
        const place = placeIn(district, random)
        return {
          'Tên, vị trí': `${name} ${place.commune.name}`,
          Loại: kind,
          'Diện tích (ha)': comma(rounded(2 + random.next() * 120, 1)),
          'Độ phủ (%)': cover === null ? null : comma(rounded(cover * (0.3 + random.next()), 1)),
          'Tình trạng': random.pick(['Tốt', 'Trung bình', 'Trung bình', 'Xấu']),
          'Ngày điều tra': typedDay(random, dayBetween(random, 2019, 2024)),
          ...mappedColumns(place, random),
        }
      }),
    ),
  )
  return rows.map((row, index) => ({ 'Mã sinh cảnh': `SC-${String(index + 1).padStart(3, '0')}`, ...row }))
}

const protectedAreas = [
  [
    'BTB-01',
    'Khu vực bảo vệ hệ sinh thái Bãi Trước, Nhơn Hải',
    '21604',
    'Khu vực giao cộng đồng quản lý',
    12.1,
    'Rạn san hô; Thảm rong biển',
  ],
  [
    'BTB-02',
    'Khu vực bảo vệ rạn san hô Bãi Dứa, Nhơn Lý',
    '21598',
    'Khu vực giao cộng đồng quản lý',
    8.02,
    'Rạn san hô',
  ],
  [
    'BTB-03',
    'Khu vực bảo vệ bãi đẻ rùa biển Hòn Khô, Nhơn Hải',
    '21604',
    'Khu vực bảo vệ nguồn lợi thủy sản',
    24.5,
    'Bãi đẻ rùa biển; Rạn san hô',
  ],
  [
    'BTB-04',
    'Khu vực bảo vệ nguồn lợi thủy sản Nhơn Châu (Cù Lao Xanh)',
    '21607',
    'Khu vực giao cộng đồng quản lý',
    26.3,
    'Rạn san hô; Thảm cỏ biển',
  ],
  ['BTB-05', 'Khu vực bảo vệ rạn san hô Ghềnh Ráng', '21595', 'Khu vực giao cộng đồng quản lý', 9.4, 'Rạn san hô'],
  [
    'BTB-06',
    'Khu sinh thái Cồn Chim – đầm Thị Nại',
    '21550',
    'Khu vực bảo vệ nguồn lợi thủy sản',
    480,
    'Rừng ngập mặn; Thảm cỏ biển; Đầm phá',
  ],
] as const

export function protectedAreaRows(): Row[] {
  const city = districts.find(({ code }) => code === '540')
  if (city === undefined) throw new Error('There is no district 540.')
  return protectedAreas.map(([code, name, commune, category, hectares, kinds], index): Row => ({
    'Mã khu': code,
    'Tên khu': name,
    Loại: category,
    'Phân hạng IUCN': 'VI',
    'Diện tích (ha) / Tổng': comma(hectares),
    'Diện tích (ha) / Bảo vệ nghiêm ngặt': comma(rounded(hectares * 0.4, 2)),
    'Diện tích (ha) / Phục hồi sinh thái': comma(rounded(hectares * 0.35, 2)),
    'Diện tích (ha) / Dịch vụ – hành chính': comma(rounded(hectares * 0.25, 2)),
    'Sinh cảnh': kinds,
    'Quyết định': `${4850 + index}/QĐ-UBND`,
    'Ngày thành lập': { date: `20${18 + (index % 5)}-12-2${index}` },
    'Đơn vị quản lý': index === 5 ? 'Chi cục Thủy sản' : 'Tổ chức cộng đồng bảo vệ nguồn lợi thủy sản',
    'Mã huyện': '540',
    'Mã xã': commune,
    'Vĩ độ': comma(rounded(city.latitude + index * 0.01, 5)),
    'Kinh độ': comma(rounded(city.longitude + 0.04 + index * 0.01, 5)),
  }))
}

const farming = [
  ['Tôm thẻ chân trắng', 'Ao nuôi thâm canh', 'Nước lợ', 9],
  ['Tôm thẻ chân trắng', 'Công nghệ cao, trong nhà', 'Nước lợ', 24],
  ['Tôm thẻ chân trắng; Cua', 'Ao nuôi quảng canh cải tiến', 'Nước lợ', 1.2],
  ['Tôm hùm', 'Lồng bè', 'Nước mặn', null],
  ['Cá mú; Cá bớp', 'Lồng bè', 'Nước mặn', null],
  ['Cá rô phi, diêu hồng', 'Ao nuôi bán thâm canh', 'Nước ngọt', 7],
  ['Giống thủy sản', 'Sản xuất giống', 'Nước mặn', 0.5],
] as const

export function aquacultureRows(): Row[] {
  const random = seededRandom('aquaculture farms')
  const owners = operatingEnterprises(['0321', '0311', '1020'], 180)
  const rows = Array.from({ length: 290 }, (_, index): Row => {
    const [kinds, method, water, yieldPerHectare] = random.pick(farming)
    const place = placeIn(random.pick(water === 'Nước ngọt' ? districts : coast), random)
    const hectares = rounded(0.4 + random.next() ** 2 * 22, 2)
    const cages = random.between(4, 90) * 64
    const owner = random.pick(owners)
    return {
      'Mã cơ sở': `52-NTTS-${String(index + 1).padStart(4, '0')}`,
      'Tên cơ sở': `Cơ sở nuôi ${index + 1} – ${owner.name}`,
      'Đối tượng': kinds,
      'Hình thức': method,
      'Môi trường nước': water,
      'Diện tích (ha)': yieldPerHectare === null ? null : comma(hectares),
      'Thể tích lồng (m³)': yieldPerHectare === null ? dotted(cages) : null,
      'Sản lượng (tấn)': comma(rounded(yieldPerHectare === null ? cages * 0.006 : hectares * yieldPerHectare, 1)),
      'Số đăng ký': gap(random, 0.1, `${index + 60}/XN-CCTS`),
      'Ngày cấp': typedDay(random, dayBetween(random, 2019, 2025)),
      VietGAP: random.next() < 0.12 ? 'Có' : 'Không',
      'Mã số thuế': owner.taxCode,
      ...mappedColumns(place, random),
    }
  })
  return withSlips(rows, { 50: { 'Diện tích (ha)': '2ha' }, 140: { 'Đối tượng': 'Tôm thẻ' } })
}

const gears = ['Lưới kéo', 'Lưới vây', 'Lưới rê', 'Câu', 'Chụp, mành', 'Lồng bẫy', 'Nghề khác']

/** That a vessel may land in a year. */
function tonnesOf(gear: string, zone: string): number {
  const coastal = gear === 'Lưới kéo' || gear === 'Lưới vây' ? 9 : 4
  return zone === 'Vùng lộng' ? coastal * 3 : coastal
}

export function quotaRows(): Row[] {
  const random = seededRandom('fishing quotas')
  return [2022, 2023, 2024, 2025].flatMap((year) =>
    ['Vùng ven bờ', 'Vùng lộng'].flatMap((zone) =>
      gears.flatMap((gear) =>
        coast.map((district): Row => {
          // Set once for the five years from 2021.
          const quota = seededRandom(`quota ${zone} ${gear} ${district.code}`).between(
            4,
            zone === 'Vùng lộng' ? 120 : 260,
          )
          return {
            Năm: year,
            Vùng: zone,
            Nghề: gear,
            'Mã huyện': district.code,
            'Hạn ngạch': quota,
            'Đã cấp': Math.round(quota * (0.6 + random.next() * 0.4)),
            'Sản lượng cho phép (tấn)': random.next() < 0.1 ? null : dotted(quota * tonnesOf(gear, zone)),
            'Quyết định': zone === 'Vùng lộng' ? '1845/QĐ-UBND' : '1846/QĐ-UBND',
            'Ngày quyết định': { date: '2021-05-14' },
          }
        }),
      ),
    ),
  )
}
