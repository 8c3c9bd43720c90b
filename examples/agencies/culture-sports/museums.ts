import { districtOf } from '../office/districts-by-code.js'
import { districts, placeIn } from '../office/places.js'
import { typedDay, type Row } from '../office/rows.js'
import { officePhone } from '../office/telephones.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

/** `name | English name | kind | grade | founded on | governing body | district | collected objects` */
const table = `
  Bảo tàng tỉnh Bình Định | Binh Dinh Museum | Bảo tàng cấp tỉnh | Hạng II | 1980-05-12 | Sở Văn hóa và Thể thao | 540 | 620
  Bảo tàng Quang Trung | Quang Trung Museum | Bảo tàng lưu niệm | Hạng II | 1978-11-25 | Sở Văn hóa và Thể thao | 547 | 340
  Bảo tàng Gốm Champa – Gò Sành | Go Sanh Cham Ceramics Museum | Bảo tàng ngoài công lập | Chưa xếp hạng | 2017-03-18 | Hội Di sản văn hóa | 540 | 180
  Bảo tàng Mỹ thuật Bình Định | Binh Dinh Art Museum | Bảo tàng chuyên ngành | Hạng III | 2009-06-01 | Sở Văn hóa và Thể thao | 540 | 90
  Nhà lưu niệm danh nhân Đào Tấn | Dao Tan Memorial House | Bảo tàng lưu niệm | Chưa xếp hạng | 2007-08-23 | UBND huyện Tuy Phước | 550 | 60
  Nhà trưng bày văn hóa các dân tộc Vĩnh Thạnh | Vinh Thanh Ethnic House | Bảo tàng chuyên ngành | Chưa xếp hạng | 2015-09-02 | UBND huyện Vĩnh Thạnh | 546 | 70
`
const museums = table
  .trim()
  .split('\n')
  .map((line, index) => {
    const [name = '', nameEn = '', kind = '', grade = '', founded = '', body = '', code = '', objects = ''] = line
      .split('|')
      .map((part) => part.trim())
    return {
      code: `BT0${index + 1}`,
      name,
      nameEn,
      kind,
      grade,
      founded,
      body,
      district: districtOf(code),
      objects: Number(objects),
    }
  })

export function museumRows(): Row[] {
  const random = seededRandom('museums')
  return museums.map((museum, index): Row => {
    const place = placeIn(museum.district, random)
    return {
      Mã: museum.code,
      'Tên bảo tàng': museum.name,
      'Tên tiếng Anh': museum.nameEn,
      'Loại bảo tàng': museum.kind,
      'Xếp hạng': museum.grade,
      'Ngày thành lập': typedDay(random, museum.founded),
      'Cơ quan chủ quản': museum.body,
      'Diện tích trưng bày (m2)': random.between(180, 3400),
      'Số hiện vật': museum.objects * random.between(12, 19),
      'Lượt khách năm trước': random.between(2, 160) * 1000 + random.between(0, 999),
      'Giá vé': index === 0 ? 0 : random.between(0, 4) * 5000,
      'Giờ mở cửa': 'Tu-Su 07:00-11:00,13:30-17:00',
      'Điện thoại': officePhone(random),
      Website: index < 2 ? `https://baotang${index + 1}.example.vn` : null,
      'Địa chỉ': place.address,
      'Mã huyện': museum.district.code,
      'Mã xã': place.commune.code,
      'Vĩ độ': place.latitude,
      'Kinh độ': place.longitude,
    }
  })
}

const antiquities = [
  ['Tượng thần Shiva', 'Đá', 'Thế kỷ XII – XIII', 1100, 1300, 'Champa'],
  ['Phù điêu nữ thần Mahishasuramardini', 'Đá', 'Thế kỷ XII', 1100, 1200, 'Champa'],
  ['Lá đề trang trí', 'Đá', 'Thế kỷ XII – XIII', 1100, 1300, 'Champa'],
  ['Bình vôi Gò Sành', 'Gốm, sứ', 'Thế kỷ XIV – XV', 1300, 1500, 'Champa'],
  ['Đĩa men ngọc Gò Sành', 'Gốm, sứ', 'Thế kỷ XIV – XV', 1300, 1500, 'Champa'],
  ['Trống đồng', 'Đồng', 'Thế kỷ III TCN – I', -300, 100, 'Đông Sơn'],
  ['Mộ chum', 'Đất nung', '500 TCN – 100', -500, 100, 'Sa Huỳnh'],
  ['Khuyên tai hai đầu thú', 'Đá', '500 TCN – 100', -500, 100, 'Sa Huỳnh'],
  ['Ấn tín Tây Sơn', 'Đồng', '1778 – 1802', 1778, 1802, 'Tây Sơn'],
  ['Tiền Quang Trung thông bảo', 'Đồng', '1788 – 1792', 1788, 1792, 'Tây Sơn'],
  ['Sắc phong', 'Giấy', 'Thế kỷ XIX', 1800, 1900, 'Nguyễn'],
] as const
const artefacts = [
  ['Nón ngựa', 'Chất liệu khác', 'Hiện vật', 'Thế kỷ XX', 1900, 2000],
  ['Mặt nạ hát bội', 'Giấy', 'Hiện vật', 'Thế kỷ XX', 1900, 2000],
  ['Trang phục hát bội', 'Vải', 'Hiện vật', 'Thế kỷ XX', 1950, 2000],
  ['Binh khí võ cổ truyền', 'Sắt', 'Hiện vật', 'Thế kỷ XIX – XX', 1800, 1975],
  ['Cồng chiêng Ba Na', 'Đồng', 'Hiện vật', 'Thế kỷ XX', 1900, 1990],
  ['Vũ khí tự tạo', 'Sắt', 'Hiện vật', '1945 – 1975', 1945, 1975],
  ['Truyền đơn, báo bí mật', 'Giấy', 'Tài liệu', '1945 – 1975', 1945, 1975],
  ['Ảnh tư liệu kháng chiến', 'Phim, ảnh, số hóa', 'Tài liệu', '1945 – 1975', 1945, 1975],
  ['Băng ghi hình bài chòi', 'Phim, ảnh, số hóa', 'Tư liệu di sản phi vật thể', '1995 – 2020', 1995, 2020],
  ['Gùi, công cụ làm rẫy', 'Chất liệu khác', 'Hiện vật', 'Thế kỷ XX', 1950, 2000],
] as const

/** Heaviest object of a material, in kilograms; what is light is not weighed. */
const heaviest: Readonly<Record<string, number>> = {
  Đá: 850,
  Đồng: 60,
  Sắt: 12,
  'Gốm, sứ': 8,
  'Đất nung': 45,
  'Chất liệu khác': 6,
}

function facts(material: string, random: SeededRandom): object {
  const most = heaviest[material]
  const size = material === 'Giấy' || material.startsWith('Phim') ? 600 : 1900
  return {
    quantity: random.next() < 0.85 ? 1 : random.between(2, 40),
    heightCm: random.next() < 0.2 ? null : random.between(20, size) / 10,
    widthCm: random.next() < 0.2 ? null : random.between(20, Math.round(size * 0.63)) / 10,
    weightKg: random.next() < 0.5 || most === undefined ? null : random.between(1, most * 10) / 10,
    condition: random.pick(['Nguyên vẹn', 'Sứt mẻ nhẹ', 'Sứt mẻ nhẹ', 'Vỡ, gãy', 'Đã phục chế']),
    acquisition: random.pick(['Khai quật', 'Sưu tầm', 'Sưu tầm', 'Hiến tặng', 'Mua', 'Điều chuyển']),
    acquiredYear: random.between(1979, 2024),
    onDisplay: random.next() < 0.3,
    districtCode: random.next() < 0.15 ? null : random.pick(districts).code,
  }
}

/** Relics, antiquities and national treasures of all museums. */
export function antiquityItems(): object[] {
  const random = seededRandom('antiquities')
  const slips: Readonly<Record<number, object>> = {
    61: { weightKg: -3 },
    150: { museum: null },
    201: { yearFrom: 'không rõ' },
  }
  return Array.from({ length: 260 }, (_, index) => {
    const [name, material, period, yearFrom, yearTo, culture] = random.pick(antiquities)
    const isTreasure = index < 9
    const museum = random.pick(museums.slice(0, 3))
    return {
      code: `${museum.code}-CV${String(index + 1).padStart(4, '0')}`,
      name: `${name} ${index + 1}`,
      kind: isTreasure ? 'Bảo vật quốc gia' : random.pick(['Cổ vật', 'Cổ vật', 'Di vật']),
      material,
      period,
      yearFrom,
      yearTo,
      culture,
      treasureDecision: isTreasure ? `${random.between(88, 2500)}/QĐ-TTg` : null,
      museum: museum.code,
      ...facts(material, random),
      ...slips[index],
    }
  })
}

/** What the museums have in their inventories beside antiquities. */
export function collectionItems(): object[] {
  const random = seededRandom('museum collections')
  const list = museums.flatMap((museum) => Array.from({ length: museum.objects }, (_, nth) => ({ museum, nth })))
  const slips: Readonly<Record<number, object>> = {
    300: { kind: 'Sách' },
    811: { quantity: 'một bộ' },
    1204: { acquiredYear: 20190 },
  }
  return list.map(({ museum, nth }, index) => {
    const [name, material, kind, period, yearFrom, yearTo] = random.pick(artefacts)
    return {
      code: `${museum.code}-${String(nth + 1).padStart(5, '0')}`,
      name: `${name} ${nth + 1}`,
      kind,
      material,
      period,
      yearFrom,
      yearTo,
      culture: null,
      treasureDecision: null,
      museum: museum.code,
      ...facts(material, random),
      ...slips[index],
    }
  })
}
