import { addressColumns } from '../office/place-columns.js'
import { districts, placeSomewhere } from '../office/places.js'
import { comma, dayBetween, dotted, gap, rounded, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const breeds = `
  LON-01|Lợn Móng Cái|Lợn|Giống bản địa|Thịt|140|115|Có
  LON-02|Lợn Landrace|Lợn|Giống ngoại|Thịt|300|240|Không
  LON-03|Lợn Yorkshire|Lợn|Giống ngoại|Thịt|310|250|Không
  LON-04|Lợn Duroc|Lợn|Giống ngoại|Thịt|320|260|Không
  LON-05|Lợn đen Vĩnh Thạnh|Lợn|Giống bản địa|Thịt|60|50|Có
  BO-01|Bò vàng Bình Định|Bò|Giống bản địa|Kiêm dụng|280|210|Có
  BO-02|Bò lai Zebu|Bò|Giống lai|Thịt|520|380|Không
  BO-03|Bò BBB lai|Bò|Giống lai|Thịt|680|480|Không
  BO-04|Bò Holstein Friesian|Bò sữa|Giống ngoại|Sữa|900|600|Không
  TRAU-01|Trâu nội|Trâu|Giống bản địa|Cày kéo|420|350|Không
  DE-01|Dê cỏ|Dê|Giống bản địa|Thịt|38|28|Không
  DE-02|Dê Bách Thảo|Dê|Giống bản địa|Kiêm dụng|60|42|Có
  GA-01|Gà ta chọn tạo MD1|Gà|Giống lai|Thịt|2,6|1,9|Không
  GA-02|Gà chọi Bình Định|Gà|Giống bản địa|Thịt|4,0|2,8|Có
  GA-03|Gà Isa Brown|Gà|Giống ngoại|Trứng|2,4|1,9|Không
  VIT-01|Vịt cỏ|Vịt, ngan, ngỗng|Giống bản địa|Trứng|1,7|1,5|Có
  VIT-02|Vịt Super M|Vịt, ngan, ngỗng|Giống ngoại|Thịt|3,4|3,0|Không
  ONG-01|Ong nội|Ong|Giống bản địa|Mật|||Không
`

/** Days to the first birth or egg. */
const firstBirth: Readonly<Record<string, number>> = {
  Lợn: 360,
  Bò: 1080,
  'Bò sữa': 810,
  Trâu: 1380,
  Dê: 420,
  Gà: 175,
  'Vịt, ngan, ngỗng': 165,
}
/** Young weaned in a year, or eggs of birds that are kept for meat. */
const young: Readonly<Record<string, number>> = {
  Lợn: 20,
  Bò: 0.7,
  'Bò sữa': 0.8,
  Trâu: 0.5,
  Dê: 2.4,
  Gà: 90,
  'Vịt, ngan, ngỗng': 180,
}

export function breedRows(): Row[] {
  return breeds
    .trim()
    .split('\n')
    .map((line): Row => {
      const [code = '', name = '', species = '', origin = '', purpose = '', male = '', female = '', conserved = ''] =
        line.trim().split('|')
      return {
        'Mã giống': code,
        'Tên giống': name,
        'Vật nuôi': species,
        'Nguồn gốc': origin,
        'Hướng sản xuất': purpose,
        'Khối lượng (kg) / Con đực': male === '' ? null : male,
        'Khối lượng (kg) / Con cái': female === '' ? null : female,
        'Tuổi đẻ lứa đầu (ngày)': species === 'Ong' ? null : (firstBirth[species] ?? null),
        'Số con hoặc trứng một năm':
          species === 'Ong'
            ? null
            : purpose === 'Trứng'
              ? origin === 'Giống ngoại'
                ? 300
                : 220
              : (young[species] ?? null),
        'Cơ sở giữ giống': conserved === 'Có' ? 'Trung tâm Giống nông nghiệp Bình Định' : null,
        'Cần bảo tồn': conserved,
      }
    })
}

const feeds = [
  ['Thức ăn hỗn hợp hoàn chỉnh', 'Hỗn hợp cho lợn thịt', 'Lợn', 17, 3100],
  ['Thức ăn hỗn hợp hoàn chỉnh', 'Hỗn hợp cho gà thịt', 'Gà', 20, 3000],
  ['Thức ăn hỗn hợp hoàn chỉnh', 'Hỗn hợp cho vịt đẻ', 'Vịt, ngan, ngỗng', 18, 2750],
  ['Thức ăn đậm đặc', 'Đậm đặc cho lợn', 'Lợn', 42, 2700],
  ['Thức ăn đậm đặc', 'Đậm đặc cho bò', 'Bò; Bò sữa', 32, 2500],
  ['Thức ăn bổ sung', 'Premix khoáng – vitamin', 'Lợn; Gà', 2, null],
] as const

const stages: Readonly<Record<(typeof feeds)[number][2], readonly string[]>> = {
  Lợn: ['Tập ăn', 'Từ 15–30 kg', 'Từ 30 kg đến xuất chuồng'],
  Gà: ['Từ 1–21 ngày', 'Từ 22 ngày đến xuất chuồng'],
  'Vịt, ngan, ngỗng': ['Hậu bị', 'Đẻ trứng'],
  'Bò; Bò sữa': ['Vỗ béo', 'Cho sữa'],
  'Lợn; Gà': ['Mọi giai đoạn'],
}

export function feedProductRows(): Row[] {
  const random = seededRandom('feed products')
  const makers = operatingEnterprises(['1030', '1071', '4632'], 60)
  const rows = Array.from({ length: 380 }, (_, index): Row => {
    const [kind, name, species, protein, energy] = random.pick(feeds)
    const maker = random.pick(makers)
    return {
      'Mã số': `35-${String(index + 1).padStart(4, '0')}-BĐ`,
      'Tên sản phẩm': `${name} ${random.between(101, 999)}`,
      Loại: kind,
      'Vật nuôi': species,
      'Giai đoạn': random.pick(stages[species]),
      'Protein thô (%)': comma(rounded(protein * (0.9 + random.next() * 0.2), 1)),
      'Năng lượng (kcal/kg)': energy === null ? null : dotted(energy + random.between(-80, 80)),
      'Độ ẩm (%)': '13',
      'Xơ thô (%)': comma(rounded(3 + random.next() * 5, 1)),
      'Canxi (%)': comma(rounded(kind === 'Thức ăn bổ sung' ? 12 + random.next() * 8 : 0.7 + random.next() * 0.5, 2)),
      'Phốt pho (%)': comma(rounded(kind === 'Thức ăn bổ sung' ? 4 + random.next() * 4 : 0.5 + random.next() * 0.3, 2)),
      'Kháng sinh': 'Không',
      'Cơ sở sản xuất': maker.name,
      'Mã số thuế': maker.taxCode,
      'Tiêu chuẩn': `TCCS ${random.between(1, 60)}:2023`,
      'Ngày công bố': typedDay(random, dayBetween(random, 2020, 2025)),
    }
  })
  return withSlips(rows, { 44: { 'Protein thô (%)': '≥ 18' }, 190: { 'Vật nuôi': 'Heo' } })
}

const ingredients = [
  'Ngô hạt',
  'Cám gạo',
  'Bã sắn',
  'Khô dầu lạc',
  'Bột cá',
  'Rơm lúa',
  'Cỏ voi',
  'Cỏ VA06',
  'Thân cây ngô ủ chua',
  'Bã bia',
  'Thân lá lạc',
  'Bột vỏ sò',
]

export function ingredientRows(): Row[] {
  const random = seededRandom('feed ingredients')
  return ingredients.map((name, index): Row => ({
    Mã: `NL-${String(index + 1).padStart(2, '0')}`,
    'Tên thức ăn': name,
    Loại: index < 5 ? 'Thức ăn đơn (nguyên liệu)' : 'Thức ăn truyền thống',
    'Vật nuôi': index < 5 ? 'Lợn; Gà' : 'Bò; Trâu; Dê',
    'Protein thô (%)': comma(rounded(3 + random.next() * 35, 1)),
    'Xơ thô (%)': comma(rounded(2 + random.next() * 30, 1)),
    'Độ ẩm (%)': comma(rounded(10 + random.next() * 60, 1)),
  }))
}

const keepers = operatingEnterprisesOnce()

function operatingEnterprisesOnce(): () => ReturnType<typeof operatingEnterprises> {
  let made: ReturnType<typeof operatingEnterprises> | undefined
  return () => (made ??= operatingEnterprises(['0118', '0210', '0311', '0321', '1020', '1030', '4632'], 320))
}
const species = [
  ['Lợn', 0.2],
  ['Lợn', 0.2],
  ['Gà', 0.005],
  ['Bò', 0.7],
  ['Vịt, ngan, ngỗng', 0.006],
] as const

export function farmRows(): Row[] {
  const random = seededRandom('livestock farms')
  const rows = Array.from({ length: 240 }, (_, index): Row => {
    const [animal, unit] = random.pick(species)
    const units = rounded(12 + random.next() ** 2 * 900, 1)
    const keeper = random.pick(keepers())
    return {
      'Mã trang trại': `TT-${String(index + 1).padStart(4, '0')}`,
      'Tên trang trại': `Trang trại ${animal.toLowerCase()} ${keeper.name}`,
      'Vật nuôi': animal,
      'Quy mô':
        units >= 300
          ? 'Trang trại quy mô lớn (từ 300 ĐVN)'
          : units >= 30
            ? 'Trang trại quy mô vừa (30 đến dưới 300 ĐVN)'
            : 'Trang trại quy mô nhỏ (10 đến dưới 30 ĐVN)',
      'Số con': dotted(Math.round((units / unit) * 0.9)),
      'Công suất': dotted(Math.round(units / unit)),
      ĐVN: comma(units),
      'An toàn dịch bệnh': random.next() < 0.2 ? 'Có' : 'Không',
      Biogas: random.next() < 0.7 ? 'Có' : 'Không',
      VietGAHP: random.next() < 0.15 ? 'Có' : 'Không',
      'Ngày rà soát': typedDay(random, '2025-04-01'),
      'Mã số thuế': keeper.taxCode,
      ...addressColumns(placeSomewhere(random, 0.04), random),
    }
  })
  return withSlips(rows, { 19: { 'Số con': 'hơn 2.000' }, 111: { 'Kinh độ': '13,99' } })
}

const places = [
  ['Cơ sở giết mổ tập trung', 'Cơ sở giết mổ', 'Lợn; Bò', 'Con/ngày', 120],
  ['Cơ sở chế biến thịt, trứng, sữa', 'Cơ sở chế biến nem, chả', 'Lợn', 'Tấn/năm', 300],
  ['Chợ gia súc, gia cầm', 'Chợ gia súc', 'Bò; Trâu', 'Con/ngày', 80],
  ['Điểm thu gom', 'Điểm thu gom sữa', 'Bò sữa', 'Tấn/năm', 900],
  ['Cơ sở ấp nở', 'Lò ấp', 'Gà; Vịt, ngan, ngỗng', 'Nghìn trứng/năm', 2400],
] as const

export function establishmentRows(): Row[] {
  const random = seededRandom('livestock establishments')
  return Array.from({ length: 130 }, (_, index): Row => {
    const [kind, name, animals, unit, usual] = random.pick(places)
    // Slaughterhouses and processors are companies, the others are markets and households.
    const company = kind === places[0][0] || kind.startsWith('Cơ sở chế biến') ? random.pick(keepers()) : undefined
    const place = company?.place ?? placeSomewhere(random, 0.2)
    return {
      'Mã cơ sở': `CS-${String(index + 1).padStart(3, '0')}`,
      'Tên cơ sở': `${name} ${place.commune.name}`,
      Loại: kind,
      'Vật nuôi': animals,
      'Công suất': dotted(Math.round(usual * (0.2 + random.next()))),
      'Đơn vị': unit,
      'Mã vệ sinh thú y': gap(random, 0.3, `52-${index + 1}`),
      'Mã số thuế': company?.taxCode ?? null,
      'Ngày kiểm tra': typedDay(random, dayBetween(random, 2023, 2025)),
      ...addressColumns(place, random),
    }
  })
}

export type CertificateList = 'feed' | 'farm' | 'fertiliser' | 'pesticide'
const certificateKinds: Readonly<
  Record<CertificateList, readonly (readonly [kind: string, scope: string, usual: number | null])[]>
> = {
  feed: [['Đủ điều kiện sản xuất thức ăn chăn nuôi', 'Thức ăn hỗn hợp hoàn chỉnh, thức ăn đậm đặc', 60_000]],
  farm: [['Đủ điều kiện chăn nuôi trang trại quy mô lớn', 'Lợn thịt, lợn nái', 6_000]],
  fertiliser: [
    ['Đủ điều kiện sản xuất phân bón', 'Phân bón hữu cơ, hữu cơ vi sinh', 12_000],
    ['Đủ điều kiện buôn bán phân bón', 'Phân bón các loại', null],
    ['Đủ điều kiện buôn bán phân bón', 'Phân bón các loại', null],
  ],
  pesticide: [
    ['Đủ điều kiện buôn bán thuốc BVTV', 'Thuốc bảo vệ thực vật', null],
    ['Đủ điều kiện buôn bán thuốc BVTV', 'Thuốc bảo vệ thực vật', null],
    ['Đủ điều kiện sản xuất thuốc BVTV', 'Đóng gói thuốc bảo vệ thực vật', 800],
  ],
}

const authorities: Readonly<Record<CertificateList, string>> = {
  feed: 'Chi cục Chăn nuôi và Thú y',
  farm: 'Sở Nông nghiệp và Phát triển nông thôn',
  fertiliser: 'Chi cục Trồng trọt và Bảo vệ thực vật',
  pesticide: 'Chi cục Trồng trọt và Bảo vệ thực vật',
}

/** Certificates of organisations; households that trade are counted by the districts and not named. */
export function certificateRows(list: CertificateList, count: number): Row[] {
  const random = seededRandom(`certificates ${list}`)
  const rows = Array.from({ length: count }, (_, index): Row => {
    const [kind, scope, usual] = random.pick(certificateKinds[list])
    const holder = random.pick(keepers())
    const issued = dayBetween(random, 2018, 2025)
    // Certificates for producing feed, for large farms and for trade in fertilisers have no term.
    const until =
      list === 'feed' || list === 'farm' || kind === 'Đủ điều kiện buôn bán phân bón' ? null : yearsAfter(issued, 5)
    return {
      'Số giấy': `${index + 1}/GCN-${list === 'feed' || list === 'farm' ? 'CNTY' : 'TTBVTV'}/${issued.slice(0, 4)}`,
      Loại: kind,
      'Tổ chức': holder.name,
      'Mã số thuế': holder.taxCode,
      'Phạm vi': scope,
      // On 1 March 2025 the department became one with that of environment.
      'Cơ quan cấp': list === 'farm' && issued >= '2025-03-01' ? 'Sở Nông nghiệp và Môi trường' : authorities[list],
      'Công suất': usual === null ? null : dotted(Math.round(usual * (0.2 + random.next()))),
      'Đơn vị': usual === null ? null : list === 'farm' ? 'Con' : 'Tấn/năm',
      'Mã trang trại': list === 'farm' ? `TT-${String(random.between(1, 240)).padStart(4, '0')}` : null,
      'Ngày cấp': typedDay(random, issued),
      'Hạn đến': until === null ? null : { date: until },
      'Tình trạng': until !== null && until < '2025-06-30' ? 'Hết hiệu lực' : 'Còn hiệu lực',
      ...addressColumns(holder.place, random),
    }
  })
  return withSlips(rows, { 7: { 'Ngày cấp': '29/02/2023' } })
}

export function foodRows(): Row[] {
  const random = seededRandom('agricultural food')
  const rows = Array.from({ length: 520 }, (_, index): Row => {
    const holder = random.pick(keepers())
    const issued = dayBetween(random, 2022, 2025)
    return {
      'Mã cơ sở': `NN-${String(index + 1).padStart(4, '0')}`,
      'Tên cơ sở': `Cơ sở ${index + 1} – ${holder.name}`,
      'Loại hình': random.pick(['Sản xuất', 'Kinh doanh', 'Sản xuất, kinh doanh']),
      'Sản phẩm': random.pick([
        'Thủy sản đông lạnh',
        'Nước mắm',
        'Rau, quả tươi',
        'Thịt tươi',
        'Cà phê, hạt điều',
        'Chả cá',
      ]),
      'Số giấy': gap(random, 0.08, `${index + 200}/GCN-ATTP`),
      'Ngày cấp': typedDay(random, issued),
      'Hạn đến': { date: yearsAfter(issued, 3) },
      'Mã số thuế': holder.taxCode,
      ...addressColumns(holder.place, random),
    }
  })
  return withSlips(rows, { 60: { 'Ngày cấp': '31/04/2024' }, 333: { 'Mã huyện': '541' } })
}

const herds = [
  ['Lợn', 56_000, 0.075, 0, 0],
  ['Bò', 26_000, 0.22, 0, 0],
  ['Bò sữa', 240, 0, 0, 1.1],
  ['Trâu', 1_600, 0.24, 0, 0],
  ['Gà', 620_000, 0.0019, 9, 0],
  ['Vịt, ngan, ngỗng', 160_000, 0.0026, 12, 0],
] as const

export function herdRows(): Row[] {
  const random = seededRandom('herds')
  const rows = [2021, 2022, 2023, 2024, 2025].flatMap((year) =>
    ['Quý I', 'Quý II', 'Quý III', 'Quý IV'].slice(0, year === 2025 ? 2 : 4).flatMap((quarter) =>
      districts.flatMap((district, nth) =>
        herds.map(([animal, usual, weight, eggs, milk]): Row => {
          const herd = Math.round(usual * (0.4 + ((nth * 5) % 11) / 9) * (0.92 + random.next() * 0.16))
          const sold = Math.round(herd * 0.35)
          return {
            Năm: year,
            Quý: quarter,
            'Mã huyện': district.code,
            'Vật nuôi': animal,
            'Số con': dotted(herd),
            'Con cái sinh sản': dotted(Math.round(herd * 0.12)),
            'Xuất chuồng (con)': dotted(sold),
            'Thịt hơi (tấn)': weight === 0 ? null : comma(rounded(sold * weight, 1)),
            'Trứng (nghìn quả)': eggs === 0 ? null : dotted(Math.round((herd * eggs) / 1000)),
            'Sữa (tấn)': milk === 0 ? null : comma(rounded(herd * milk, 1)),
            'Ghi chú': year === 2025 ? 'sơ bộ' : null,
          }
        }),
      ),
    ),
  )
  return withSlips(rows, { 55: { 'Số con': '-' }, 800: { 'Thịt hơi (tấn)': '#REF!' } })
}
