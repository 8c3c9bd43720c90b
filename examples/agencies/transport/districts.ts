import type { Place } from './geometry.js'

/** A district as it was valid on 2025-06-30, with the middle of it and names of communes and wards in it. */
export interface District extends Place {
  readonly code: string
  readonly name: string
  readonly communes: readonly string[]
  readonly streets: readonly string[]
}

export const districts: readonly District[] = [
  {
    code: '540',
    name: 'Thành phố Quy Nhơn',
    latitude: 13.78,
    longitude: 109.22,
    communes: [
      'Nhơn Bình',
      'Nhơn Phú',
      'Trần Quang Diệu',
      'Bùi Thị Xuân',
      'Ghềnh Ráng',
      'Đống Đa',
      'Thị Nải',
      'Hải Cảng',
    ],
    streets: [
      'Trần Hưng Đạo',
      'Nguyễn Tất Thành',
      'Lê Hồng Phong',
      'Tây Sơn',
      'An Dương Vương',
      'Hùng Vương',
      'Xuân Diệu',
    ],
  },
  {
    code: '542',
    name: 'Huyện An Lão',
    latitude: 14.58,
    longitude: 108.88,
    communes: ['An Hòa', 'An Tân', 'An Hưng', 'An Trung', 'An Quang'],
    streets: ['ĐT 629', 'Đường 7/12'],
  },
  {
    code: '543',
    name: 'Thị xã Hoài Nhơn',
    latitude: 14.45,
    longitude: 109.03,
    communes: ['Bồng Sơn', 'Tam Quan', 'Hoài Thanh', 'Hoài Hảo', 'Hoài Tân', 'Hoài Đức', 'Hoài Xuân'],
    streets: ['Quang Trung', 'Trần Phú', 'Hai Bà Trưng', 'Quốc lộ 1'],
  },
  {
    code: '544',
    name: 'Huyện Hoài Ân',
    latitude: 14.35,
    longitude: 108.97,
    communes: ['Ân Đức', 'Ân Thạnh', 'Ân Mỹ', 'Ân Phong', 'Ân Tín', 'Ân Tường Tây'],
    streets: ['Nguyễn Tất Thành', 'ĐT 630'],
  },
  {
    code: '545',
    name: 'Huyện Phù Mỹ',
    latitude: 14.17,
    longitude: 109.05,
    communes: ['Mỹ Trinh', 'Mỹ Hòa', 'Mỹ Quang', 'Mỹ Hiệp', 'Mỹ Tài', 'Mỹ Phong', 'Mỹ Lộc', 'Mỹ Châu'],
    streets: ['Quốc lộ 1', 'Thanh Niên', 'ĐT 632'],
  },
  {
    code: '546',
    name: 'Huyện Vĩnh Thạnh',
    latitude: 14.1,
    longitude: 108.78,
    communes: ['Vĩnh Hảo', 'Vĩnh Quang', 'Vĩnh Thịnh', 'Vĩnh Hiệp', 'Vĩnh Sơn'],
    streets: ['ĐT 637', 'Nguyễn Huệ'],
  },
  {
    code: '547',
    name: 'Huyện Tây Sơn',
    latitude: 13.9,
    longitude: 108.91,
    communes: ['Bình Nghi', 'Bình Thành', 'Bình Tường', 'Tây Giang', 'Tây Thuận', 'Tây Phú', 'Tây Xuân', 'Bình Hòa'],
    streets: ['Quang Trung', 'Quốc lộ 19', 'Bùi Thị Xuân'],
  },
  {
    code: '548',
    name: 'Huyện Phù Cát',
    latitude: 14,
    longitude: 109.06,
    communes: ['Cát Tân', 'Cát Trinh', 'Cát Hanh', 'Cát Hiệp', 'Cát Nhơn', 'Cát Tường', 'Cát Hưng', 'Cát Thắng'],
    streets: ['Quang Trung', 'Quốc lộ 1', 'ĐT 635'],
  },
  {
    code: '549',
    name: 'Thị xã An Nhơn',
    latitude: 13.89,
    longitude: 109.11,
    communes: ['Nhơn Hòa', 'Nhơn Hưng', 'Nhơn Thành', 'Đập Đá', 'Nhơn Lộc', 'Nhơn Thọ', 'Nhơn Phúc', 'Nhơn Khánh'],
    streets: ['Trần Phú', 'Ngô Gia Tự', 'Nguyễn Đình Chiểu', 'Quốc lộ 19'],
  },
  {
    code: '550',
    name: 'Huyện Tuy Phước',
    latitude: 13.83,
    longitude: 109.16,
    communes: ['Phước Lộc', 'Phước Nghĩa', 'Phước Thuận', 'Phước Hiệp', 'Phước Sơn', 'Phước Hòa', 'Phước An'],
    streets: ['Đào Tấn', 'Nguyễn Huệ', 'Biên Cương', 'ĐT 640'],
  },
  {
    code: '551',
    name: 'Huyện Vân Canh',
    latitude: 13.62,
    longitude: 108.99,
    communes: ['Canh Vinh', 'Canh Hiển', 'Canh Hiệp', 'Canh Thuận', 'Canh Hòa'],
    streets: ['ĐT 638', 'Quang Trung'],
  },
]

export function districtOf(code: string): District {
  const district = districts.find((one) => one.code === code)
  if (district === undefined) throw new RangeError(`There is no district ${code}.`)
  return district
}
