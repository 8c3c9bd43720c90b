import { placeSomewhere } from '../office/places.js'
import { csvRows, dayBetween, dmy, gap, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises, withoutMarks } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const foods = [
  ['Rượu trắng, rượu Bàu Đá', 'Sản xuất', 'Cơ sở rượu Bàu Đá'],
  ['Bia, nước giải khát', 'Sản xuất, kinh doanh', 'Cơ sở nước giải khát'],
  ['Bánh, mứt, kẹo', 'Sản xuất', 'Cơ sở bánh kẹo'],
  ['Bún, bánh tráng, sản phẩm từ bột, tinh bột', 'Sản xuất', 'Cơ sở bún bánh'],
  ['Dầu phụng, dầu dừa', 'Sản xuất', 'Cơ sở ép dầu'],
  ['Sữa chế biến', 'Kinh doanh', 'Đại lý sữa'],
  ['Thực phẩm tổng hợp', 'Kinh doanh', 'Cửa hàng thực phẩm'],
] as const

/** Food producers and traders under industry and trade: enterprises first, then household businesses without a tax code here. */
export function foodRows(): Row[] {
  const random = seededRandom('food industry trade')
  const companies = operatingEnterprises(['107', '110', '4632', '4711'], 96)
  const rows = Array.from({ length: 318 }, (_, index): Row => {
    const [products, kind, word] = random.pick(foods)
    const company = companies[index]
    const place = company?.place ?? placeSomewhere(random, 0.3)
    const issued = dayBetween(random, 2021, 2025)
    const hasCertificate = random.next() < 0.9
    const isKnown = random.next() < 0.6
    return {
      'Mã cơ sở': `TPCT${String(index + 1).padStart(4, '0')}`,
      'Tên cơ sở': company?.name ?? `${word} ${place.commune.name} ${random.between(1, 60)}`,
      'Loại hình': kind,
      'Sản phẩm': products,
      'Giấy chứng nhận / Số': hasCertificate ? `${String(index + 1).padStart(3, '0')}/GCNATTP-SCT` : null,
      'Giấy chứng nhận / Ngày cấp': hasCertificate ? typedDay(random, issued) : null,
      'Giấy chứng nhận / Hết hạn': hasCertificate ? typedDay(random, yearsAfter(issued, 3)) : null,
      'Mã số thuế': company?.taxCode ?? null,
      'Mã huyện': place.district.code,
      'Mã xã': place.commune.code,
      'Địa chỉ': place.address,
      'Toạ độ / Vĩ độ': isKnown ? place.latitude : null,
      'Toạ độ / Kinh độ': isKnown ? place.longitude : null,
    }
  })
  return withSlips(rows, {
    40: { 'Giấy chứng nhận / Ngày cấp': '29/02/2023' },
    188: { 'Loại hình': 'SX nhỏ lẻ' },
    240: { 'Mã xã': '2155' },
  })
}

export function platformLines(): string[][] {
  const random = seededRandom('platforms')
  const owners = operatingEnterprises(['6312', '6201', '4711'], 26)
  const rows = owners.map((owner, index): Row => {
    const name = withoutMarks(owner.name.split(' ').slice(-2).join('')).toLowerCase()
    return {
      'Số đăng ký': `TMĐT-52-${String(index + 1).padStart(3, '0')}`,
      'Tên sàn': `Sàn ${owner.name.split(' ').slice(-2).join(' ')}`,
      'Địa chỉ': `https://${name}${index + 1}.example.vn`,
      'Dịch vụ': random.pick(['Sàn giao dịch', 'Sàn giao dịch', 'Khuyến mại trực tuyến', 'Đấu giá trực tuyến']),
      'Ứng dụng': random.next() < 0.4 ? 'Có' : 'Không',
      'Hàng hóa': random.pick(['Đặc sản Bình Định; nông sản', 'Đồ gỗ, nội thất', 'Vé xe, tour du lịch', 'Điện máy']),
      'Ngày xác nhận': dmy(dayBetween(random, 2017, 2025)),
      'Tình trạng': random.pick(['Đã xác nhận', 'Đã xác nhận', 'Đã xác nhận', 'Sửa đổi', 'Chấm dứt', 'Hủy bỏ']),
      'Đơn vị sở hữu': owner.name,
      'Mã số thuế': owner.taxCode,
      'Mã huyện': owner.place.district.code,
    }
  })
  return csvRows(withSlips(rows, { 7: { 'Địa chỉ': 'đang cập nhật' } }))
}

const products = [
  ['Thủ công mỹ nghệ', ['Nón ngựa Phú Gia', 'Thảm xơ dừa', 'Gốm Vân Sơn', 'Tượng gỗ mỹ nghệ', 'Chiếu cói Hoài Châu']],
  [
    'Chế biến nông, lâm, thủy sản và đồ uống',
    [
      'Rượu Bàu Đá',
      'Nước mắm Tam Quan',
      'Bánh ít lá gai',
      'Nem chợ Huyện',
      'Tinh dầu dừa',
      'Trà gừng',
      'Chả cá Quy Nhơn',
    ],
  ],
  ['Thiết bị, máy móc, dụng cụ', ['Máy tráng bánh', 'Máy sấy nông sản', 'Dao rèn Phương Danh']],
  ['Sản phẩm khác', ['Bàn ghế gỗ ngoài trời', 'Đá granite mỹ nghệ', 'Viên nén gỗ']],
] as const

export function ruralProductRows(): Row[] {
  const random = seededRandom('rural products')
  const makers = operatingEnterprises(['10', '11', '16', '23', '31'], 120)
  const rows = Array.from({ length: 214 }, (_, index): Row => {
    const [group, names] = random.pick(products)
    const maker = random.next() < 0.45 ? random.pick(makers) : undefined
    const place = maker?.place ?? placeSomewhere(random, 0.15)
    const year = random.pick([2014, 2016, 2018, 2020, 2021, 2022, 2023, 2024])
    const level = random.pick([
      'Cấp huyện',
      'Cấp huyện',
      'Cấp tỉnh',
      'Cấp tỉnh',
      'Cấp tỉnh',
      'Cấp khu vực',
      'Cấp quốc gia',
    ])
    const day = dayBetween(random, year, year)
    return {
      'Số giấy chứng nhận': `${index + 1}/CNNTTB-${year}`,
      'Tên sản phẩm': random.pick(names),
      'Nhóm sản phẩm': group,
      Cấp: level,
      Năm: year,
      'Ngày cấp': typedDay(random, day),
      'Ngày hết hạn': gap(random, 0.1, typedDay(random, yearsAfter(day, 2))),
      'Cơ sở': maker?.name ?? `${random.pick(['Hợp tác xã', 'Cơ sở sản xuất', 'Làng nghề'])} ${place.commune.name}`,
      'Mã số thuế': maker?.taxCode ?? null,
      'Mã huyện': place.district.code,
      'Mã xã': place.commune.code,
      'Địa chỉ': place.address,
    }
  })
  return withSlips(rows, {
    50: { Năm: 20_210 },
    133: { 'Số giấy chứng nhận': '133/CNNTTB'.replace('133', ''), 'Tên sản phẩm': null },
  })
}
