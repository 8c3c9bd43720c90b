import { districts, placeIn, placeInCommune, placeSomewhere, type Place } from '../office/places.js'
import { dayBetween, yearsAfter } from '../office/rows.js'
import { seededRandom, type SeededRandom } from '../seeded-random.js'

const hotspotPlaces = [
  ['PARK', 'Công viên'],
  ['BEACH', 'Bãi biển'],
  ['TOURIST_SITE', 'Điểm du lịch'],
  ['TRANSPORT_HUB', 'Bến xe'],
  ['HOSPITAL', 'Trung tâm Y tế'],
  ['MARKET', 'Chợ'],
  ['ADMINISTRATION', 'UBND'],
  ['CULTURE', 'Nhà văn hóa'],
] as const

/** Free Wi-Fi, as the system of the department lists it. */
export function hotspots(): object[] {
  const random = seededRandom('wifi')
  return Array.from({ length: 236 }, (_, index) => {
    const place = placeSomewhere(random, 0.55)
    const [kind, word] = random.pick(hotspotPlaces)
    return {
      ma: `WF${String(index + 1).padStart(4, '0')}`,
      ten: `${word} ${place.commune.name}${random.next() < 0.3 ? ` ${random.between(1, 4)}` : ''}`,
      ssid: place.district.code === '540' ? 'QuyNhon-Free-WiFi' : 'BinhDinh-WiFi',
      loaiDiaDiem: kind,
      nhaCungCap: random.pick(['VNPT', 'VNPT', 'Viettel', 'FPT Telecom']),
      chuan: random.pick(['802.11n', '802.11ac', '802.11ac', '802.11ax', null]),
      bangThong: random.pick([50, 100, 100, 150, 200, 300]),
      soBoPhat: random.between(1, 8),
      phutMoiLuot: random.pick([null, 15, 30, 60]),
      hoatDongTu: dayBetween(random, 2016, 2025),
      trangThai: random.pick(['hoạt động', 'hoạt động', 'hoạt động', 'hoạt động', 'sửa chữa', 'ngừng']),
      ...located(place, random),
      ...hotspotSlips.get(index),
    }
  })
}

const hotspotSlips: ReadonlyMap<number, object> = new Map<number, object>([
  [33, { viDo: 109.219, kinhDo: 13.775 }],
  [120, { ssid: 'Wifi mien phi cua thanh pho Quy Nhon 2019' }],
])

/** Venues for electronic games. */
export function gameVenues(): object[] {
  const random = seededRandom('games')
  return Array.from({ length: 262 }, (_, index) => {
    const place = placeSomewhere(random, 0.38)
    const capNgay = dayBetween(random, 2019, 2025)
    const name = random.pick(['Cyber', 'Gaming', 'Net', 'eSport', 'Game Center'])
    return {
      ma: `GM${String(index + 1).padStart(4, '0')}`,
      ten: `${name} ${random.pick(['Alpha', 'Hoàng Gia', 'Thiên Long', 'Sao Việt', 'X-Men', 'Bình Minh'])} ${index + 1}`,
      soGiayChungNhan: `${random.between(1, 90)}/GCN-UBND-${capNgay.slice(0, 4)}-${index + 1}`,
      ngayCap: capNgay,
      hetHan: yearsAfter(capNgay, 3),
      trangThai: random.pick(['Đang hoạt động', 'Đang hoạt động', 'Đang hoạt động', 'Tạm ngừng', 'Thu hồi']),
      soMay: random.between(12, 90),
      dienTich: random.between(30, 210),
      cachTruong: random.between(200, 2400),
      ...located(place, random),
      ...gameSlips.get(index),
    }
  })
}

const gameSlips: ReadonlyMap<number, object> = new Map<number, object>([
  [58, { soMay: 'khoảng 30' }],
  [170, { maXa: '99999' }],
])

const postKinds = [
  ['DISTRICT', 'Bưu điện', 1],
  ['OFFICE', 'Bưu cục', 3],
  ['AGENCY', 'Đại lý bưu điện', 1],
  ['BOX', 'Thùng thư', 4],
] as const

/** Every commune has a post and culture point, districts have more. */
export function postalPoints(): object[] {
  const random = seededRandom('post')
  const points = districts.flatMap((district, nth) => {
    const main = nth === 0 ? [point('MAIN', 'Bưu điện Trung tâm', placeIn(district, random), random)] : []
    const others = postKinds.flatMap(([kind, word, count]) =>
      Array.from({ length: nth === 0 ? count * 4 : count }, () => point(kind, word, placeIn(district, random), random)),
    )
    const culture = district.communes.flatMap((commune) =>
      commune.designation === 'Xã'
        ? [point('CULTURE', 'Điểm BĐ-VHX', placeInCommune(district, commune, random), random)]
        : [],
    )
    return [...main, ...others, ...culture]
  })
  return points.map((one, index) => ({
    ma: `BC${String(index + 1).padStart(4, '0')}`,
    ...one,
    ...postSlips.get(index),
  }))
}

const postSlips: ReadonlyMap<number, object> = new Map<number, object>([
  [44, { maBuuChinh: '551' }],
  [201, { ngayHoatDong: '1997-13-01' }],
])

function point(kind: string, word: string, place: Place, random: SeededRandom): object {
  const isOffice = kind !== 'BOX' && kind !== 'AGENCY'
  return {
    loai: kind,
    ten: `${word} ${place.commune.name}`,
    maBuuChinh: `55${String(random.between(100, 999))}`,
    gioMoCua: isOffice ? random.pick(['Mo-Sa 07:00-18:00', 'Mo-Fr 07:30-11:30,13:30-17:00; Sa 07:30-11:30']) : null,
    internet: isOffice && random.next() < 0.6,
    hanhChinhCong: isOffice && random.next() < 0.8,
    ngayHoatDong: dayBetween(random, 1995, 2021),
    dienThoai: isOffice ? `0256 3${random.between(500_000, 999_999)}` : null,
    ...located(place, random),
  }
}

function located(place: Place, random: SeededRandom): object {
  const isKnown = random.next() > 0.05
  return {
    maHuyen: place.district.code,
    maXa: place.commune.code,
    diaChi: place.address,
    viDo: isKnown ? place.latitude : null,
    kinhDo: isKnown ? place.longitude : null,
  }
}
