import { districts, placeInCommune, placeSomewhere } from '../office/places.js'
import { comma, dayBetween, dotted, gap, rounded, typedDay, withSlips, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

/** Markets by district, the district as one merged cell. */
export function marketRows(): Row[] {
  const rows = districts.flatMap((district) => {
    const random = seededRandom(`markets ${district.code}`)
    return district.communes.flatMap((commune) =>
      Array.from({ length: random.next() < 0.15 ? 2 : random.next() < 0.85 ? 1 : 0 }, (_, nth): Row => {
        const place = placeInCommune(district, commune, random)
        const urban = commune.designation !== 'Xã'
        const stalls = urban && random.next() < 0.2 ? random.between(401, 980) : random.between(30, urban ? 399 : 190)
        const isKnown = random.next() > 0.07
        return {
          'Mã huyện': district.code,
          'Mã chợ': `CH${commune.code}${nth + 1}`,
          'Tên chợ': `Chợ ${commune.name}${nth === 0 ? '' : ' mới'}`,
          Hạng: stalls > 400 ? 1 : stalls >= 200 ? 2 : 3,
          Loại: stalls > 700 && district.code === '549' ? 'Chợ đầu mối' : 'Chợ dân sinh',
          'Mức độ': random.pick(['Kiên cố', 'Bán kiên cố', 'Bán kiên cố', 'Tạm', null]),
          'Diện tích (m2)': dotted(stalls * random.between(8, 16)),
          'Số điểm kinh doanh': stalls,
          'Số hộ cố định': Math.round(stalls * (0.5 + random.next() * 0.45)),
          'Chợ đêm': random.next() < 0.04 ? 'Có' : 'Không',
          'Quản lý': random.pick(['Ban quản lý', 'Ban quản lý', 'UBND xã', 'Doanh nghiệp', 'Hợp tác xã', null]),
          'Năm xây dựng': gap(random, 0.1, random.between(1994, 2024)),
          'Mã xã': commune.code,
          'Địa chỉ': place.address,
          'Toạ độ / Vĩ độ': isKnown ? place.latitude : null,
          'Toạ độ / Kinh độ': isKnown ? place.longitude : null,
        }
      }),
    )
  })
  return withSlips(rows, {
    9: { 'Số điểm kinh doanh': 'khoảng 120' },
    64: { Hạng: 'chưa xếp' },
    101: { 'Toạ độ / Vĩ độ': 1377.5 },
  })
}

export function retailRows(): Row[] {
  const random = seededRandom('retail')
  const owners = operatingEnterprises(['47'], 40)
  const brands = ['Co.opmart', 'GO!', 'WinMart', 'MM Mega Market', 'Điện máy Xanh', 'Siêu thị Nội thất', 'Metro Home']
  return Array.from({ length: 34 }, (_, index): Row => {
    const place = placeSomewhere(random, 0.6)
    const kind = index % 6 === 5 ? 'Trung tâm thương mại' : random.pick(['Siêu thị tổng hợp', 'Siêu thị chuyên doanh'])
    const area = kind === 'Trung tâm thương mại' ? random.between(10_000, 32_000) : random.between(500, 5200)
    const articles = Math.max(kind === 'Siêu thị chuyên doanh' ? 500 : 4000, Math.round((area * 4) / 1000) * 1000)
    return {
      Mã: `ST${String(index + 1).padStart(3, '0')}`,
      Tên:
        kind === 'Trung tâm thương mại' ? `TTTM ${place.commune.name}` : `${random.pick(brands)} ${place.commune.name}`,
      'Loại hình': kind,
      Hạng: gap(random, 0.15, gradeOf(kind, area, articles)),
      'Diện tích kinh doanh (m2)': area,
      'Số tên hàng': dotted(articles),
      'Chỗ để ô tô': gap(random, 0.2, random.between(5, 300)),
      'Ngày hoạt động': typedDay(random, dayBetween(random, 2003, 2024)),
      'Mã số thuế': gap(random, 0.5, owners[index % owners.length]?.taxCode ?? null),
      'Mã huyện': place.district.code,
      'Mã xã': place.commune.code,
      'Địa chỉ': place.address,
      'Điện thoại': gap(random, 0.3, `0256 3${random.between(500_000, 999_999)}`),
      'Toạ độ / Vĩ độ': place.latitude,
      'Toạ độ / Kinh độ': place.longitude,
    }
  })
}

/** By Decision 1371/2004/QĐ-BTM: business area in m², and for supermarkets the number of articles. */
function gradeOf(kind: string, area: number, articles: number): string {
  if (kind === 'Trung tâm thương mại') return area >= 50_000 ? 'I' : area >= 30_000 ? 'II' : 'III'
  const [first, second] = kind === 'Siêu thị chuyên doanh' ? [1000, 500] : [5000, 2000]
  const [most, many] = kind === 'Siêu thị chuyên doanh' ? [2000, 1000] : [20_000, 10_000]
  if (area >= first && articles >= most) return 'I'
  return area >= second && articles >= many ? 'II' : 'III'
}

export function clusterRows(): Row[] {
  const random = seededRandom('clusters')
  const builders = operatingEnterprises(['42'], 60)
  const inCommune = new Map<string, number>()
  // A second one in a commune is told from the first by its number.
  const nameIn = (commune: string): string => {
    const nth = (inCommune.get(commune) ?? 0) + 1
    inCommune.set(commune, nth)
    return nth === 1 ? `CCN ${commune}` : `CCN ${commune} ${nth}`
  }
  const rows = districts.flatMap((district) =>
    Array.from({ length: district.code === '540' ? 3 : 6 }, (): Row => {
      const place = placeInCommune(district, random.pick(district.communes), random)
      const state = random.pick([
        'Đang hoạt động',
        'Đang hoạt động',
        'Đang hoạt động',
        'Đang xây dựng hạ tầng',
        'Đã thành lập',
        'Trong quy hoạch',
      ])
      const planned = rounded(random.between(100, 750) / 10, 1)
      const land = rounded(planned * 0.68, 1)
      const leased = state === 'Đang hoạt động' ? rounded(land * (0.35 + random.next() * 0.65), 1) : 0
      const isThere = state !== 'Trong quy hoạch'
      const builder = random.next() < 0.6 ? random.pick(builders) : undefined
      const day = dayBetween(random, 2004, 2024)
      return {
        'Mã huyện': district.code,
        'Tên cụm công nghiệp': nameIn(place.commune.name),
        'Tình trạng': state,
        'Thành lập / Số quyết định': isThere ? `${random.between(100, 4800)}/QĐ-UBND` : null,
        'Thành lập / Ngày': isThere ? typedDay(random, day) : null,
        'Diện tích (ha) / Quy hoạch': comma(planned),
        'Diện tích (ha) / Đất công nghiệp': comma(land),
        'Diện tích (ha) / Đã cho thuê': comma(leased),
        'Tỷ lệ lấp đầy (%)': isThere ? comma(rounded((100 * leased) / land, 1)) : null,
        'Chủ đầu tư hạ tầng': isThere ? (builder?.name ?? `UBND ${district.name}`) : null,
        'Mã số thuế': isThere ? (builder?.taxCode ?? null) : null,
        'Vốn hạ tầng (đồng)': isThere ? dotted(Math.round(planned * random.between(25, 60) * 100_000_000)) : null,
        'Số dự án': state === 'Đang hoạt động' ? random.between(2, 34) : 0,
        'Số lao động': state === 'Đang hoạt động' ? dotted(random.between(80, 2600)) : 0,
        'Xử lý nước thải (m3/ngày)': isThere && random.next() < 0.3 ? random.between(2, 20) * 100 : null,
        'Mã xã': place.commune.code,
        'Địa chỉ': place.address,
        'Toạ độ / Vĩ độ': place.latitude,
        'Toạ độ / Kinh độ': place.longitude,
      }
    }),
  )
  const numbered = rows.map((row, index): Row => ({
    'Mã huyện': row['Mã huyện'] ?? null,
    'Mã cụm': `CCN${String(index + 1).padStart(3, '0')}`,
    ...row,
  }))
  return withSlips(numbered, { 22: { 'Tỷ lệ lấp đầy (%)': '104,2' } })
}
