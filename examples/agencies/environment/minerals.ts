import proj4 from 'proj4'
import { placeColumns } from '../office/place-columns.js'
import { placeSomewhere, type Place } from '../office/places.js'
import { comma, dayBetween, dotted, gap, rounded, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const minerals = [
  { name: 'Đá làm vật liệu xây dựng thông thường', sign: 'ĐXD', site: 'Núi', unit: 'm³', scale: 2_400_000 },
  { name: 'Đá làm vật liệu xây dựng thông thường', sign: 'ĐXD', site: 'Hòn', unit: 'm³', scale: 1_800_000 },
  { name: 'Đá ốp lát (granit)', sign: 'GR', site: 'Núi', unit: 'm³', scale: 1_200_000 },
  { name: 'Cát xây dựng', sign: 'CXD', site: 'Sông', unit: 'm³', scale: 260_000 },
  { name: 'Cát xây dựng', sign: 'CXD', site: 'Bãi bồi', unit: 'm³', scale: 180_000 },
  { name: 'Đất san lấp', sign: 'ĐSL', site: 'Núi', unit: 'm³', scale: 900_000 },
  { name: 'Đất san lấp', sign: 'ĐSL', site: 'Gò', unit: 'm³', scale: 600_000 },
  { name: 'Đất sét gạch ngói', sign: 'SGN', site: 'Thôn', unit: 'm³', scale: 350_000 },
  { name: 'Titan – zircon sa khoáng', sign: 'TI', site: 'Bãi', unit: 'Tấn', scale: 420_000 },
  { name: 'Cao lanh', sign: 'CL', site: 'Thôn', unit: 'Tấn', scale: 300_000 },
  { name: 'Nước khoáng', sign: 'NK', site: 'Suối', unit: 'm³/ngày', scale: 600 },
] as const

const names = [
  'Sơn Triều',
  'Hòn Chà',
  'Mỹ Đức',
  'Phú Tài',
  'Thuận Phong',
  'Cát Rang',
  'Nhơn Hòa',
  'An Tường',
  'Hội Vân',
]
const planDecision = { number: '1619/QĐ-TTg', day: '2023-12-14' }

interface Area {
  readonly code: string
  readonly mineral: (typeof minerals)[number]
  readonly name: string
  readonly kind: string
  readonly hectares: number
  readonly reserves: number
  readonly place: Place
}

let made: readonly Area[] | undefined

function areas(): readonly Area[] {
  return (made ??= makeAreas())
}

function makeAreas(): Area[] {
  const random = seededRandom('mineral areas')
  return Array.from({ length: 214 }, (_, index): Area => {
    const mineral = random.pick(minerals)
    const place = placeSomewhere(random, 0.08)
    const hectares = rounded(2 + random.next() ** 2 * 60, 2)
    return {
      code: `${mineral.sign}-${String(index + 1).padStart(3, '0')}`,
      mineral,
      name: `${mineral.site} ${random.pick(names)}, ${place.commune.designation.toLowerCase()} ${place.commune.name}`,
      kind: random.pick([
        'Khai thác',
        'Khai thác',
        'Thăm dò',
        'Thăm dò',
        'Dự trữ khoáng sản',
        'Cấm hoạt động khoáng sản',
      ]),
      hectares,
      reserves: Math.round((mineral.scale * (0.3 + random.next())) / 100) * 100,
      place,
    }
  })
}

/** Coordinates of a plan are in metres of the province's own projection: X is northing, Y is easting. */
const province = proj4(
  'EPSG:4326',
  '+proj=tmerc +lat_0=0 +lon_0=108.25 +k=0.9999 +x_0=500000 +y_0=0 +ellps=WGS84 ' +
    '+towgs84=-191.90441429,-39.30318279,-111.45032835,-0.00928836,0.01975479,-0.00427372,0.252906278 +units=m +no_defs',
)

export function mineralAreaRows(): Row[] {
  const random = seededRandom('mineral area rows')
  const rows = areas().map((area): Row => {
    const [easting = 0, northing = 0] = province.forward([area.place.longitude, area.place.latitude])
    return {
      'Số hiệu': area.code,
      'Khu vực': area.name,
      'Loại khoáng sản': area.mineral.name,
      'Quy hoạch': area.kind,
      'Diện tích (ha)': comma(area.hectares),
      'Trữ lượng': gap(random, 0.06, dotted(area.reserves)),
      'Đơn vị tính': area.mineral.unit,
      'Toạ độ VN-2000 / X (m)': comma(rounded(northing, 2)),
      'Toạ độ VN-2000 / Y (m)': comma(rounded(easting, 2)),
      ...placeColumns(area.place),
      'Quyết định phê duyệt': planDecision.number,
      'Ngày phê duyệt': { date: planDecision.day },
    }
  })
  const [twice] = rows
  return withSlips(rows, {
    // Exchanged when they were copied.
    38: { 'Toạ độ VN-2000 / X (m)': '595.120,50', 'Toạ độ VN-2000 / Y (m)': '1.545.880,10' },
    97: { 'Diện tích (ha)': '12,5 + 3,1' },
    150: { 'Số hiệu': twice?.['Số hiệu'] ?? null },
  })
}

export function mineralLicenceRows(): Row[] {
  const random = seededRandom('mineral licences')
  const holders = operatingEnterprises(['0810', '2396', '4212', '4663'], 120)
  const inUse = areas().filter(({ kind }) => kind === 'Khai thác' || kind === 'Thăm dò')
  const rows = Array.from({ length: 176 }, (_, index): Row => {
    const area = random.pick(inUse)
    const holder = random.pick(holders)
    const isExploration = area.kind === 'Thăm dò'
    const issued = dayBetween(random, 2010, 2025)
    const until = yearsAfter(issued, isExploration ? 2 : random.pick([5, 8, 10, 15, 20, 28]))
    const ministry = area.mineral.sign === 'TI'
    const reserves = Math.round(area.reserves * 0.6)
    return {
      'Số giấy phép': `${String(index + 11)}/GP-${ministry ? 'BTNMT' : 'UBND'} (${issued.slice(0, 4)})`,
      'Loại giấy phép': isExploration ? 'Thăm dò' : 'Khai thác',
      'Tổ chức được cấp phép': holder.name,
      'Mã số thuế': holder.taxCode,
      'Loại khoáng sản': area.mineral.name,
      'Khu vực': area.name,
      'Số hiệu quy hoạch': gap(random, 0.15, area.code),
      'Cơ quan cấp': ministry ? 'Bộ' : 'UBND tỉnh',
      'Diện tích (ha)': comma(rounded(area.hectares * 0.8, 2)),
      'Chiều sâu (m)': isExploration ? null : random.between(3, 45),
      'Trữ lượng / Được khai thác': isExploration ? null : dotted(reserves),
      'Trữ lượng / Công suất năm': isExploration ? null : dotted(Math.round(reserves / 12)),
      'Trữ lượng / Đơn vị': area.mineral.unit,
      'Ngày cấp': typedDay(random, issued),
      'Hạn đến': typedDay(random, until),
      'Tình trạng': until < '2025-06-30' ? 'Hết hiệu lực' : random.next() < 0.03 ? 'Đã thu hồi' : 'Còn hiệu lực',
      ...placeColumns(area.place),
      'Vĩ độ': comma(area.place.latitude),
      'Kinh độ': comma(area.place.longitude),
    }
  })
  return withSlips(rows, {
    21: { 'Ngày cấp': '31/09/2019' },
    88: { 'Mã huyện': '541' },
    120: { 'Trữ lượng / Được khai thác': '1.2 triệu' },
  })
}
