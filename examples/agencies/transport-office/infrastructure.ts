import { mappedColumns } from '../office/place-columns.js'
import { districtOf } from '../office/districts-by-code.js'
import { placeIn } from '../office/places.js'
import { dayBetween, gap, referenceDay, rounded, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

const seaports = `VNHPH Hải Phòng|Đặc biệt|1|20.86|106.68;VNVUT Bà Rịa – Vũng Tàu|Đặc biệt|4|10.53|107.02;VNHON Quảng Ninh|Loại I|1|20.97|107.05;VNNGH Thanh Hóa|Loại I|1|19.32|105.81;VNCLO Nghệ An|Loại I|2|18.82|105.71;VNHTH Hà Tĩnh|Loại I|2|18.10|106.40;VNDAD Đà Nẵng|Loại I|3|16.10|108.22;VNDQT Quảng Ngãi|Loại I|3|15.40|108.80;VNUIH Bình Định|Loại I|3|13.77|109.25;VNNHA Khánh Hòa|Loại I|3|12.20|109.21;VNSGN TP. Hồ Chí Minh|Loại I|4|10.76|106.72;VNDNA Đồng Nai|Loại I|4|10.90|106.84;VNVCA Cần Thơ|Loại I|5|10.05|105.76;VNLAN Long An|Loại I|5|10.62|106.74;VNTVH Trà Vinh|Loại I|5|9.60|106.50;VNQNM Quảng Nam|Loại II|3|15.48|108.66;VNCHM Thừa Thiên Huế|Loại II|2|16.33|107.92;VNQBI Quảng Bình|Loại II|2|17.90|106.48;VNQTR Quảng Trị|Loại II|2|16.90|107.19;VNVIT Bình Thuận|Loại II|3|11.31|108.80;VNNTH Ninh Thuận|Loại II|3|11.36|108.98;VNBDG Bình Dương|Loại III|4|10.92|106.80;VNPYN Phú Yên|Loại III|3|13.30|109.30;VNTBI Thái Bình|Loại III|1|20.53|106.58`
const terminals = [
  [
    'Bến cảng Quy Nhơn',
    'Bến cảng',
    1068,
    12.5,
    50_000,
    'Công ty Cổ phần Cảng Quy Nhơn',
    'Công-ten-nơ, dăm gỗ, hàng rời',
  ],
  ['Bến cảng Thị Nại', 'Bến cảng', 372, 8.5, 10_000, 'Công ty Cổ phần Cảng Thị Nại', 'Tổng hợp'],
  ['Bến cảng Tân cảng Quy Nhơn', 'Bến cảng', 415, 10.5, 30_000, 'Công ty Cổ phần Tân cảng Quy Nhơn', 'Tổng hợp'],
  ['Bến cảng xăng dầu Quy Nhơn', 'Bến cảng', 158, 9.3, 10_000, 'Công ty Xăng dầu Bình Định', 'Xăng dầu'],
  ['Bến cảng Đống Đa', 'Bến cảng', 106, 4.2, 3_000, 'Đơn vị khai thác bến', 'Tổng hợp'],
  ['Bến phao chuyển tải', 'Bến phao', null, 14, 70_000, 'Cảng vụ hàng hải', 'Hàng rời'],
  ['Khu neo đậu vịnh Quy Nhơn', 'Khu neo đậu', null, 15, 100_000, 'Cảng vụ hàng hải', 'Neo đậu'],
] as const

/** Million tonnes a year. */
const usualCapacity: Readonly<Record<string, number>> = { 'Đặc biệt': 110, 'Loại I': 22, 'Loại II': 6, 'Loại III': 2 }

export function seaportRows(): Row[] {
  const random = seededRandom('seaports')
  const ports = seaports.split(';').map((line): Row => {
    const [head = '', shape = '', group = '', latitude = '', longitude = ''] = line.split('|')
    return portRow({
      Mã: head.slice(0, 5),
      Tên: `Cảng biển ${head.slice(6)}`,
      'Hạng mục': 'Cảng biển',
      'Loại cảng': shape,
      'Nhóm cảng': Number(group),
      Tỉnh: head.slice(6),
      'Năng lực (triệu tấn/năm)': rounded((usualCapacity[shape] ?? 5) * (0.6 + random.next() * 0.8), 1),
      'Vĩ độ': Number(latitude),
      'Kinh độ': Number(longitude),
    })
  })
  const own = terminals.map(([name, kind, berth, depth, ship, operator, cargo], index): Row =>
    portRow({
      Mã: `VNUIH-${String(index + 1).padStart(2, '0')}`,
      Tên: name,
      'Hạng mục': kind,
      'Thuộc cảng biển': 'VNUIH',
      'Nhóm cảng': 3,
      Tỉnh: 'Bình Định',
      'Đơn vị khai thác': operator,
      'Chiều dài cầu bến': berth,
      'Độ sâu trước bến': depth,
      'Tàu lớn nhất (DWT)': ship,
      'Loại hàng': cargo,
      'Mã huyện': '540',
      'Vĩ độ': rounded(13.77 + index * 0.004, 4),
      'Kinh độ': rounded(109.24 + index * 0.003, 4),
    }),
  )
  return withSlips([...ports, ...own], { 5: { 'Nhóm cảng': 'II' } })
}

function portRow(known: Row): Row {
  const empty = ['Mã', 'Tên', 'Hạng mục', 'Thuộc cảng biển', 'Loại cảng', 'Nhóm cảng', 'Tỉnh', 'Đơn vị khai thác']
  const sizes = ['Chiều dài cầu bến', 'Độ sâu trước bến', 'Tàu lớn nhất (DWT)', 'Năng lực (triệu tấn/năm)', 'Loại hàng']
  const names = [...empty, ...sizes, 'Mã huyện', 'Vĩ độ', 'Kinh độ']
  return Object.fromEntries(names.map((name) => [name, known[name] ?? null]))
}

/** Name, kilometre from Hà Nội, grade, province, latitude, longitude and, in the province, the district. */
const stations = `Hà Nội|0|1|Hà Nội|21.02|105.84;Phủ Lý|56|3|Hà Nam|20.54|105.91;Nam Định|87|2|Nam Định|20.42|106.16;Ninh Bình|115|2|Ninh Bình|20.24|105.97;Thanh Hóa|175|2|Thanh Hóa|19.80|105.77;Vinh|319|1|Nghệ An|18.69|105.66;Đồng Hới|522|1|Quảng Bình|17.47|106.60;Đông Hà|622|2|Quảng Trị|16.81|107.09;Huế|688|1|Thừa Thiên Huế|16.46|107.58;Đà Nẵng|791|1|Đà Nẵng|16.07|108.21;Tam Kỳ|865|2|Quảng Nam|15.57|108.47;Quảng Ngãi|928|2|Quảng Ngãi|15.12|108.78;Đức Phổ|968|3|Quảng Ngãi|14.81|108.96;Tam Quan|991|4|Bình Định|14.56|109.05|543;Bồng Sơn|1017|3|Bình Định|14.43|109.02|543;Vạn Phú|1033|4|Bình Định|14.30|109.03|545;Phù Mỹ|1049|4|Bình Định|14.17|109.05|545;Khánh Phước|1060|4|Bình Định|14.08|109.05|548;Phù Cát|1071|4|Bình Định|14.00|109.06|548;Bình Định|1085|4|Bình Định|13.89|109.11|549;Diêu Trì|1096|1|Bình Định|13.81|109.15|550;Tân Vinh|1111|4|Bình Định|13.71|109.08|551;Vân Canh|1123|4|Bình Định|13.62|109.00|551;La Hai|1155|3|Phú Yên|13.37|109.11;Tuy Hòa|1198|2|Phú Yên|13.09|109.30;Nha Trang|1315|1|Khánh Hòa|12.25|109.18;Tháp Chàm|1408|2|Ninh Thuận|11.60|108.95;Bình Thuận|1551|2|Bình Thuận|10.98|107.98;Biên Hòa|1697|2|Đồng Nai|10.95|106.82;Sóng Thần|1711|1|Bình Dương|10.88|106.76;Sài Gòn|1726|1|TP. Hồ Chí Minh|10.78|106.68`

export function stationRows(): Row[] {
  const random = seededRandom('railway stations')
  const main = stations.split(';').map((line, index): Row => {
    const [name = '', kilometre = '0', grade = '4', province = '', latitude = '', longitude = '', district] =
      line.split('|')
    return {
      'Mã ga': `TN${String(index + 1).padStart(3, '0')}`,
      'Tên ga': name,
      Tuyến: 'Hà Nội – TP. Hồ Chí Minh',
      'Lý trình (km)': Number(kilometre),
      'Cấp ga': `Cấp ${grade}`,
      'Số đường ga': grade === '4' ? 3 : random.between(4, 12),
      'Đón trả khách': grade === '4' && random.next() < 0.4 ? 'Không' : 'Có',
      'Xếp dỡ hàng': random.next() < 0.4 ? 'Có' : 'Không',
      'Tình trạng': 'Đang khai thác',
      Tỉnh: province,
      'Mã huyện': district ?? null,
      'Vĩ độ': Number(latitude),
      'Kinh độ': Number(longitude),
    }
  })
  const branch: Row = {
    ...main[20],
    'Mã ga': 'QN001',
    'Tên ga': 'Quy Nhơn',
    Tuyến: 'Diêu Trì – Quy Nhơn',
    'Lý trình (km)': 10.3,
    'Cấp ga': 'Cấp 3',
    'Mã huyện': '540',
    'Vĩ độ': 13.7756,
    'Kinh độ': 109.2215,
  }
  return withSlips([...main, branch], { 12: { 'Lý trình (km)': 'Km 968+200' } })
}

const expressways = `CT.01|Mai Sơn – Quốc lộ 45|Ninh Bình|Thanh Hóa|Ninh Bình; Thanh Hóa|63|4|2023-04-29;CT.01|Quốc lộ 45 – Nghi Sơn|Thanh Hóa|Nghi Sơn|Thanh Hóa|43|4|2023-09-01;CT.01|Nghi Sơn – Diễn Châu|Nghi Sơn|Diễn Châu|Thanh Hóa; Nghệ An|50|4|2023-09-01;CT.01|Cam Lộ – La Sơn|Cam Lộ|La Sơn|Quảng Trị; Thừa Thiên Huế|98|2|2022-12-31;CT.01|La Sơn – Hòa Liên|La Sơn|Hòa Liên|Thừa Thiên Huế; Đà Nẵng|66|2|2022-04-15;CT.01|Đà Nẵng – Quảng Ngãi|Túy Loan|Nghĩa Kỳ|Đà Nẵng; Quảng Nam; Quảng Ngãi|139|4|2018-09-02;CT.01|Quảng Ngãi – Hoài Nhơn|Nghĩa Kỳ|Hoài Nhơn|Quảng Ngãi; Bình Định|88|4|;CT.01|Hoài Nhơn – Quy Nhơn|Hoài Nhơn|An Nhơn|Bình Định|70|4|;CT.01|Quy Nhơn – Chí Thạnh|An Nhơn|Chí Thạnh|Bình Định; Phú Yên|62|4|;CT.01|Chí Thạnh – Vân Phong|Chí Thạnh|Vân Phong|Phú Yên; Khánh Hòa|48|4|;CT.01|Vân Phong – Nha Trang|Vân Phong|Diên Khánh|Khánh Hòa|83|4|;CT.01|Nha Trang – Cam Lâm|Diên Khánh|Cam Lâm|Khánh Hòa|49|4|2023-05-19;CT.01|Cam Lâm – Vĩnh Hảo|Cam Lâm|Vĩnh Hảo|Khánh Hòa; Ninh Thuận; Bình Thuận|79|4|2024-04-26;CT.01|Vĩnh Hảo – Phan Thiết|Vĩnh Hảo|Phan Thiết|Bình Thuận|101|4|2023-05-19;CT.01|Phan Thiết – Dầu Giây|Phan Thiết|Dầu Giây|Bình Thuận; Đồng Nai|99|4|2023-04-29;CT.20|Quy Nhơn – Pleiku|An Nhơn|Pleiku|Bình Định; Gia Lai|125|4|plan`

/** The codes of the province's districts that a section passes, in the order of the road. */
const districtsOfExpressways: Readonly<Record<string, string>> = {
  'Quảng Ngãi – Hoài Nhơn': '543',
  'Hoài Nhơn – Quy Nhơn': '543; 544; 545; 548; 549',
  'Quy Nhơn – Chí Thạnh': '549; 550; 551; 540',
  'Quy Nhơn – Pleiku': '549; 547',
}

export function expresswayRows(): Row[] {
  const random = seededRandom('expressways')
  return expressways.split(';CT').map((line, index): Row => {
    const [sign = '', name = '', from = '', to = '', provinces = '', length = '0', lanes = '4', opened = ''] = (
      index === 0 ? line : `CT${line}`
    ).split('|')
    const isOpen = opened.includes('-')
    return {
      'Mã đoạn': `${sign}-${String(index + 1).padStart(2, '0')}`,
      'Ký hiệu': sign,
      'Tên đoạn': name,
      'Điểm đầu': from,
      'Điểm cuối': to,
      'Các tỉnh': provinces,
      'Mã các huyện': districtsOfExpressways[name] ?? null,
      'Chiều dài': Number(length),
      'Số làn xe': Number(lanes),
      'Làn dừng khẩn cấp': name === 'Đà Nẵng – Quảng Ngãi' ? 'Có' : 'Không',
      'Tốc độ tối đa': opened === 'plan' ? null : name === 'Đà Nẵng – Quảng Ngãi' ? 120 : 90,
      'Tốc độ tối thiểu': opened === 'plan' ? null : 60,
      'Số nút giao': random.between(2, 6),
      'Tổng mức đầu tư (tỷ đồng)': Number(length) * random.between(130, 240),
      'Giá dịch vụ (đồng/km)': name === 'Đà Nẵng – Quảng Ngãi' ? 1500 : null,
      'Tình trạng': opened === 'plan' ? 'Quy hoạch' : isOpen ? 'Đang khai thác' : 'Đang thi công',
      'Ngày khai thác': isOpen ? { date: opened } : null,
    }
  })
}

/** Waters, and the districts that lie on them. */
const waters = [
  ['Đầm Thị Nại', ['540', '550']],
  ['Sông Hà Thanh', ['540', '550', '551']],
  ['Sông Kôn', ['546', '547', '549']],
  ['Sông Lại Giang', ['543', '544']],
  ['Sông An Lão', ['542']],
  ['Đầm Đề Gi', ['545', '548']],
  ['Đầm Trà Ổ', ['545']],
  ['Vịnh Quy Nhơn', ['540']],
  ['Hồ Định Bình', ['546']],
] as const
const kinds = [
  'Cảng thủy nội địa',
  'Bến thủy nội địa',
  'Bến thủy nội địa',
  'Bến khách ngang sông',
  'Bến khách ngang sông',
  'Khu neo đậu',
] as const

export function inlandPortRows(): Row[] {
  const random = seededRandom('inland ports')
  const rows = Array.from({ length: 74 }, (_, index): Row => {
    const [water, shores] = random.pick(waters)
    const place = placeIn(districtOf(random.pick(shores)), random)
    const kind = random.pick(kinds)
    const issued = dayBetween(random, 2018, 2025)
    const until = yearsAfter(issued, 5)
    const carriesPeople = kind === 'Bến khách ngang sông'
    return {
      Mã: `TND${String(index + 1).padStart(3, '0')}`,
      Tên: `${kind} ${place.commune.name}`,
      Loại: kind,
      'Công dụng':
        kind === 'Khu neo đậu'
          ? 'Tránh trú bão'
          : carriesPeople
            ? 'Hành khách'
            : random.pick(['Hàng hóa', 'Tổng hợp', 'Hành khách']),
      'Sông, đầm, vịnh': water,
      Bờ: water.startsWith('Sông') ? random.pick(['Trái', 'Phải']) : null,
      'Chiều dài bến': gap(random, 0.1, random.between(10, 120)),
      'Phương tiện lớn nhất (tấn)': random.pick([10, 50, 100, 300, 600]),
      'Sức chở khách lớn nhất': carriesPeople ? random.between(10, 60) : null,
      'Đơn vị khai thác': carriesPeople ? 'Hộ kinh doanh' : `Ban Quản lý cảng, bến ${place.district.name}`,
      'Số giấy phép': gap(random, 0.08, `${random.between(10, 400)}/GP-SGTVT`),
      'Ngày cấp': typedDay(random, issued),
      'Hết hạn': typedDay(random, until),
      'Hiệu lực': until < referenceDay ? 'Hết hiệu lực' : 'Còn hiệu lực',
      ...mappedColumns(place, random),
    }
  })
  return withSlips(rows, { 30: { 'Công dụng': 'Khác' }, 61: { 'Mã xã': '00000' } })
}
