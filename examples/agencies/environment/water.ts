import { districtOf } from '../office/districts-by-code.js'
import { mappedColumns } from '../office/place-columns.js'
import { placeIn, placeSomewhere, districts } from '../office/places.js'
import { comma, dayBetween, dotted, gap, rounded, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const aquifers = ['Tầng chứa nước qh', 'Tầng chứa nước qp', 'Đới nứt nẻ đá granit']
const waters = [
  'Sông Kôn',
  'Sông Hà Thanh',
  'Sông Lại Giang',
  'Sông La Tinh',
  'Hồ Định Bình',
  'Hồ Núi Một',
  'Sông Đinh',
]
const hydropower = ['Vĩnh Sơn', 'Trà Xom', 'Ken Lút Hạ', 'Văn Phong', 'Tiên Thuận', 'Nước Xáng', 'Sông Hinh Thượng']

/** The districts on the sea. */
const coastal = ['540', '543', '545', '548', '550'] as const

/** Licences for ground, surface and sea water. */
export function waterLicenceRows(): Row[] {
  const random = seededRandom('water licences')
  const holders = operatingEnterprises(['1020', '1104', '1410', '1629', '3100', '4101', '5510', '0321'], 240)
  const rows = Array.from({ length: 268 }, (_, index): Row => {
    const holder = random.pick(holders)
    const chance = random.next()
    const issued = dayBetween(random, 2014, 2025)
    const until = yearsAfter(issued, random.pick([3, 5, 5, 10]))
    const place = chance > 0.93 ? placeIn(districtOf(random.pick(coastal)), random) : placeSomewhere(random, 0.35)
    const own = chance < 0.06 ? hydro(random.pick(hydropower)) : chance < 0.62 ? ground() : surface(chance > 0.93)
    return {
      'Số giấy phép': `${index + 20}/GP-STNMT/${issued.slice(0, 4)}`,
      ...own,
      'Tổ chức được cấp phép': holder.name,
      'Mã số thuế': holder.taxCode,
      'Cơ quan cấp': chance < 0.06 ? 'Bộ' : chance > 0.5 ? 'UBND tỉnh' : 'Sở',
      'Ngày cấp': typedDay(random, issued),
      'Hạn đến': typedDay(random, until),
      'Tình trạng': until < '2025-06-30' ? 'Hết hiệu lực' : 'Còn hiệu lực',
      ...mappedColumns(place, random),
    }
  })
  return withSlips(rows, {
    14: { 'Lưu lượng (m³/ngày)': 'không xác định' },
    73: { 'Hạn đến': 'gia hạn' },
    201: { 'Mục đích': 'tưới; cây cảnh' },
  })

  function hydro(plant: string): Row {
    return works('Khai thác, sử dụng nước mặt', `Thủy điện ${plant}`, random.pick(waters.slice(0, 4)), 'Thủy điện', {
      'Công suất (MW)': comma(rounded(3 + random.next() * 60, 1)),
    })
  }
  function ground(): Row {
    const wells = random.between(1, 6)
    const kind = random.next() < 0.12 ? 'Thăm dò nước dưới đất' : 'Khai thác nước dưới đất'
    const use = random.pick([
      'Sản xuất, kinh doanh, dịch vụ',
      'Cấp nước sinh hoạt; Sản xuất, kinh doanh, dịch vụ',
      'Chăn nuôi',
    ])
    return works(kind, `Cụm ${wells} giếng khoan`, random.pick(aquifers), use, {
      'Lưu lượng (m³/ngày)': dotted(wells * random.between(12, 220)),
      'Số giếng': wells,
    })
  }
  function surface(fromSea: boolean): Row {
    const use = fromSea ? 'Nuôi trồng thủy sản' : random.pick(['Cấp nước sinh hoạt', 'Tưới nông nghiệp'])
    const kind = fromSea ? 'Khai thác nước biển' : 'Khai thác, sử dụng nước mặt'
    const source = fromSea ? 'Biển ven bờ' : random.pick(waters)
    return works(kind, `Trạm bơm ${source}`, source, use, {
      'Lưu lượng (m³/ngày)': dotted(random.between(5, 300) * 100),
    })
  }
}

function works(kind: string, name: string, source: string, use: string, own: Row): Row {
  return {
    'Loại giấy phép': kind,
    'Công trình': name,
    'Nguồn nước': source,
    'Mục đích': use,
    'Lưu lượng (m³/ngày)': null,
    'Công suất (MW)': null,
    'Số giếng': null,
    ...own,
  }
}

const sections = [
  ['SK-1', 'Sông Kôn', 'Đập Định Bình', 'Cầu Kiên Mỹ', 46.2, '546'],
  ['SK-2', 'Sông Kôn', 'Cầu Kiên Mỹ', 'Đập Văn Phong', 14.8, '547'],
  ['SK-3', 'Sông Kôn', 'Đập Bình Thạnh', 'Đập An Thuận', 21.5, '549'],
  ['HT-1', 'Sông Hà Thanh', 'Cầu Vân Canh', 'Cầu Diêu Trì', 33.1, '551'],
  ['HT-2', 'Sông Hà Thanh', 'Cầu Diêu Trì', 'Đầm Thị Nại', 13.4, '540'],
  ['LG-1', 'Sông Lại Giang', 'Ngã ba An Lão – Kim Sơn', 'Cầu Bồng Sơn', 12.3, '543'],
  ['LG-2', 'Sông Lại Giang', 'Cầu Bồng Sơn', 'Cửa An Dũ', 14.9, '543'],
  ['AL-1', 'Sông An Lão', 'Đập Sông Vố', 'Ngã ba An Lão – Kim Sơn', 41.0, '542'],
  ['KS-1', 'Sông Kim Sơn', 'Cầu Bến Vách', 'Ngã ba An Lão – Kim Sơn', 36.6, '544'],
  ['LT-1', 'Sông La Tinh', 'Hồ Hội Sơn', 'Đập Cây Gai', 28.4, '548'],
  ['LT-2', 'Sông La Tinh', 'Đập Cây Gai', 'Đầm Đề Gi', 16.7, '545'],
  ['GC-1', 'Sông Gò Chàm', 'Đập Thạnh Hòa', 'Đầm Thị Nại', 24.2, '550'],
  ['PH-1', 'Hồ Phú Hòa', 'Toàn hồ', 'Toàn hồ', null, '540'],
] as const
const loads = ['BOD5', 'COD', 'Amoni', 'Tổng N', 'Tổng P'] as const
const loadScale = { BOD5: 3800, COD: 9600, Amoni: 320, 'Tổng N': 980, 'Tổng P': 180 } as const

/** How much each section of a river or lake can still take in. */
export function capacityRows(): Row[] {
  const random = seededRandom('carrying capacity')
  const rows = sections.flatMap(([code, water, from, to, length, district]) =>
    loads.map((parameter): Row => {
      const most = rounded(loadScale[parameter] * (0.4 + random.next()), 1)
      const present = rounded(most * (0.45 + random.next() * 0.7), 1)
      const left = rounded(most - present, 1)
      return {
        'Mã đoạn': code,
        'Nguồn nước': water,
        Từ: from,
        Đến: to,
        'Chiều dài (km)': length === null ? null : comma(length),
        'Thông số': parameter,
        'Tải lượng (kg/ngày) / Tối đa': comma(most),
        'Tải lượng (kg/ngày) / Hiện có': comma(present),
        'Tải lượng (kg/ngày) / Còn lại': comma(left),
        'Không còn khả năng chịu tải': left <= 0 ? 'x' : 'Không',
        'Ngày phê duyệt': { date: '2024-11-08' },
        'Mã huyện': district,
      }
    }),
  )
  return withSlips(rows, { 27: { 'Tải lượng (kg/ngày) / Hiện có': '#REF!' } })
}

const kinds = [
  { kind: 'Cụm công nghiệp', name: 'CCN', regulation: 'QCVN 40:2011/BTNMT', flow: 600 },
  { kind: 'Khu công nghiệp, khu kinh tế', name: 'KCN', regulation: 'QCVN 40:2011/BTNMT', flow: 4000 },
  { kind: 'Cơ sở y tế', name: 'Trung tâm Y tế', regulation: 'QCVN 28:2010/BTNMT', flow: 180 },
  { kind: 'Nước thải đô thị', name: 'Nhà máy xử lý nước thải', regulation: 'QCVN 14:2008/BTNMT', flow: 7000 },
  { kind: 'Trang trại chăn nuôi', name: 'Trang trại', regulation: 'QCVN 62-MT:2016/BTNMT', flow: 150 },
] as const

/** Who discharges how much into which water. `permitNumbers`: environmental permits of factories. */
export function wastewaterRows(
  permits: readonly { readonly number: string; readonly taxCode: string; readonly holder: string }[],
): Row[] {
  const random = seededRandom('wastewater sources')
  const factories = permits.map((permit) => ({
    own: {
      'Tên cơ sở': `Nhà máy ${permit.holder}`,
      'Loại nguồn': 'Nhà máy, cơ sở sản xuất',
      'Quy chuẩn': 'QCVN 40:2011/BTNMT',
    },
    links: { 'Giấy phép môi trường': permit.number, 'Mã số thuế': permit.taxCode },
    flow: random.between(10, 900),
    place: placeSomewhere(random, 0.45),
  }))
  const others = districts.flatMap((district) =>
    kinds.map(({ kind, name, regulation, flow }) => {
      const place = placeIn(district, random)
      return {
        own: { 'Tên cơ sở': `${name} ${place.commune.name}`, 'Loại nguồn': kind, 'Quy chuẩn': regulation },
        links: { 'Giấy phép môi trường': null, 'Mã số thuế': null },
        flow: Math.round(flow * (0.4 + random.next())),
        place,
      }
    }),
  )
  const rows = [...others, ...factories].map(({ own, links, flow, place }, index): Row => {
    const measured = rounded(flow * (0.3 + random.next() * 0.6), 1)
    return {
      'Mã nguồn thải': `NT-${String(index + 1).padStart(4, '0')}`,
      ...own,
      'Nguồn tiếp nhận': random.pick(waters),
      'Lưu lượng (m³/ngày) / Thiết kế': dotted(flow),
      'Lưu lượng (m³/ngày) / Thực tế': gap(random, 0.1, measured),
      Cột: random.pick(['A', 'B']),
      'Quan trắc tự động': flow > 500 ? 'Có' : 'Không',
      ...links,
      ...mappedColumns(place, random),
    }
  })
  return withSlips(rows, { 33: { 'Lưu lượng (m³/ngày) / Thiết kế': '~500' }, 61: { 'Vĩ độ': '138,2' } })
}
