export interface District {
  /** The statistics office's code as it was valid on 2025-06-30. */
  readonly code: string
  /** With its designation, as the agency prints it. */
  readonly name: string
  readonly latitude: number
  readonly longitude: number
  /** How many people there are, in thousands; roughly, for shares only. */
  readonly weight: number
  readonly communes: readonly string[]
}

const district = (
  [code, name, latitude, longitude, weight]: readonly [string, string, number, number, number],
  designation: 'Phường' | 'Thị trấn',
  urban: string,
  rural: string,
): District => ({
  code,
  name,
  latitude,
  longitude,
  weight,
  communes: [
    ...listed(urban).map((commune) => `${designation} ${commune}`),
    ...listed(rural).map((commune) => `Xã ${commune}`),
  ],
})

const listed = (names: string): string[] => names.split(', ')

/** The eleven districts and 159 communes of the reference date. */
export const districts: readonly District[] = [
  district(
    ['540', 'Thành phố Quy Nhơn', 13.78, 109.22, 290],
    'Phường',
    'Nhơn Bình, Nhơn Phú, Đống Đa, Trần Quang Diệu, Hải Cảng, Quang Trung, Thị Nại, Lê Hồng Phong, Trần Hưng Đạo, Ngô Mây, Lý Thường Kiệt, Lê Lợi, Trần Phú, Bùi Thị Xuân, Nguyễn Văn Cừ, Ghềnh Ráng',
    'Nhơn Lý, Nhơn Hội, Nhơn Hải, Nhơn Châu, Phước Mỹ',
  ),
  district(
    ['542', 'Huyện An Lão', 14.58, 108.88, 28],
    'Thị trấn',
    'An Lão',
    'An Hưng, An Trung, An Dũng, An Vinh, An Toàn, An Tân, An Hòa, An Quang, An Nghĩa',
  ),
  district(
    ['543', 'Thị xã Hoài Nhơn', 14.45, 109.03, 210],
    'Phường',
    'Tam Quan, Bồng Sơn, Tam Quan Bắc, Tam Quan Nam, Hoài Hảo, Hoài Thanh Tây, Hoài Thanh, Hoài Hương, Hoài Tân, Hoài Xuân, Hoài Đức',
    'Hoài Sơn, Hoài Châu Bắc, Hoài Châu, Hoài Phú, Hoài Mỹ, Hoài Hải',
  ),
  district(
    ['544', 'Huyện Hoài Ân', 14.35, 108.97, 86],
    'Thị trấn',
    'Tăng Bạt Hổ',
    'Ân Hảo Tây, Ân Hảo Đông, Ân Sơn, Ân Mỹ, Dak Mang, Ân Tín, Ân Thạnh, Ân Phong, Ân Đức, Ân Hữu, Bok Tới, Ân Tường Tây, Ân Tường Đông, Ân Nghĩa',
  ),
  district(
    ['545', 'Huyện Phù Mỹ', 14.17, 109.05, 162],
    'Thị trấn',
    'Phù Mỹ, Bình Dương',
    'Mỹ Đức, Mỹ Châu, Mỹ Thắng, Mỹ Lộc, Mỹ Lợi, Mỹ An, Mỹ Phong, Mỹ Trinh, Mỹ Thọ, Mỹ Hòa, Mỹ Thành, Mỹ Chánh, Mỹ Quang, Mỹ Hiệp, Mỹ Tài, Mỹ Cát, Mỹ Chánh Tây',
  ),
  district(
    ['546', 'Huyện Vĩnh Thạnh', 14.1, 108.78, 31],
    'Thị trấn',
    'Vĩnh Thạnh',
    'Vĩnh Sơn, Vĩnh Kim, Vĩnh Hiệp, Vĩnh Hảo, Vĩnh Hòa, Vĩnh Thịnh, Vĩnh Thuận, Vĩnh Quang',
  ),
  district(
    ['547', 'Huyện Tây Sơn', 13.9, 108.91, 116],
    'Thị trấn',
    'Phú Phong',
    'Bình Tân, Tây Thuận, Bình Thuận, Tây Giang, Bình Thành, Tây An, Bình Hòa, Tây Bình, Bình Tường, Tây Vinh, Vĩnh An, Tây Xuân, Bình Nghi, Tây Phú',
  ),
  district(
    ['548', 'Huyện Phù Cát', 14.0, 109.06, 183],
    'Thị trấn',
    'Ngô Mây, Cát Tiến',
    'Cát Sơn, Cát Minh, Cát Khánh, Cát Tài, Cát Lâm, Cát Hanh, Cát Thành, Cát Trinh, Cát Hải, Cát Hiệp, Cát Nhơn, Cát Hưng, Cát Tường, Cát Tân, Cát Thắng, Cát Chánh',
  ),
  district(
    ['549', 'Thị xã An Nhơn', 13.89, 109.11, 176],
    'Phường',
    'Bình Định, Đập Đá, Nhơn Thành, Nhơn Hưng, Nhơn Hòa',
    'Nhơn Mỹ, Nhơn Hạnh, Nhơn Phong, Nhơn Hậu, Nhơn An, Nhơn Phúc, Nhơn Khánh, Nhơn Lộc, Nhơn Tân, Nhơn Thọ',
  ),
  district(
    ['550', 'Huyện Tuy Phước', 13.83, 109.16, 180],
    'Thị trấn',
    'Tuy Phước, Diêu Trì',
    'Phước Thắng, Phước Hưng, Phước Quang, Phước Hòa, Phước Sơn, Phước Hiệp, Phước Lộc, Phước Thuận, Phước Nghĩa, Phước An, Phước Thành',
  ),
  district(
    ['551', 'Huyện Vân Canh', 13.62, 108.99, 27],
    'Thị trấn',
    'Vân Canh',
    'Canh Liên, Canh Hiệp, Canh Vinh, Canh Hiển, Canh Thuận, Canh Hòa',
  ),
]

const byCode = new Map(districts.map((one) => [one.code, one]))

export function districtOf(code: string): District {
  const found = byCode.get(code)
  if (found === undefined) throw new Error(`There is no district ${code}.`)
  return found
}
