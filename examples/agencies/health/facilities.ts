import { districtOf, districts } from './districts.js'
import { seededRandom } from '../seeded-random.js'
import { addressIn, positionIn, type Site } from './site.js'

/** The agency's own codes of kinds: bệnh viện đa khoa, chuyên khoa, trung tâm y tế, phòng khám đa khoa, trạm y tế. */
export type FacilityKind = 'BVDK' | 'BVCK' | 'TTYT' | 'PKDK' | 'TYT'

export interface Facility extends Site {
  /** The Ministry of Health's code: the province's 52 and three digits. */
  readonly code: string
  readonly kind: FacilityKind
  readonly ownership: 'CL' | 'TN'
  readonly beds: number | undefined
  readonly phone: string | undefined
  readonly active: boolean
  /** Reports its free beds to the bed service. */
  readonly reportsBeds: boolean
}

type Given = readonly [kind: FacilityKind, name: string, district: string, beds: number, ownership?: 'TN']

const larger: readonly Given[] = [
  ['BVDK', 'Bệnh viện Đa khoa tỉnh Bình Định', '540', 1200],
  ['BVDK', 'Bệnh viện Đa khoa khu vực Bồng Sơn', '543', 430],
  ['BVDK', 'Bệnh viện Đa khoa khu vực Phú Phong', '547', 260],
  ['BVCK', 'Bệnh viện Phụ sản - Nhi', '540', 300],
  ['BVCK', 'Bệnh viện Mắt', '540', 150],
  ['BVCK', 'Bệnh viện Y học cổ truyền và Phục hồi chức năng', '540', 250],
  ['BVCK', 'Bệnh viện Tâm thần', '540', 230],
  ['BVCK', 'Bệnh viện Lao và Bệnh phổi', '540', 220],
  ['BVCK', 'Bệnh viện Da liễu', '540', 300],
  ['BVCK', 'Bệnh viện Chỉnh hình và Phục hồi chức năng', '540', 180],
  ['BVDK', 'Bệnh viện Đa khoa tư nhân An Phúc', '540', 120, 'TN'],
  ['BVDK', 'Bệnh viện Đa khoa tư nhân Hòa Bình', '549', 100, 'TN'],
  ['BVCK', 'Bệnh viện Mắt tư nhân Ánh Sáng', '540', 40, 'TN'],
  ...districts.map(({ code, name, weight }): Given => {
    return ['TTYT', `Trung tâm Y tế ${name.charAt(0).toLowerCase()}${name.slice(1)}`, code, 60 + Math.round(weight / 2)]
  }),
  ['PKDK', 'Phòng khám đa khoa khu vực Nhơn Hòa', '549', 15],
  ['PKDK', 'Phòng khám đa khoa khu vực Bình Dương', '545', 20],
  ['PKDK', 'Phòng khám đa khoa khu vực Cát Minh', '548', 15],
  ['PKDK', 'Phòng khám đa khoa khu vực Canh Vinh', '551', 10],
  ['PKDK', 'Phòng khám đa khoa khu vực Ân Tường Tây', '544', 10],
  ['PKDK', 'Phòng khám đa khoa khu vực An Hòa', '542', 12],
]

/** It closed in 2024 and stays in the register, inactive. */
const closed = 'Phòng khám đa khoa khu vực Phước Hòa'
/** Takes no part in the bed service. */
const silent = 'Bệnh viện Đa khoa tư nhân Hòa Bình'

const stations: readonly Given[] = districts.flatMap(({ code, communes }) =>
  communes.map((commune): Given => {
    return ['TYT', `Trạm Y tế ${commune.charAt(0).toLowerCase()}${commune.slice(1)}`, code, 0]
  }),
)

export const facilities: readonly Facility[] = [
  ...larger,
  ['PKDK', closed, '550', 10] satisfies Given,
  ...stations,
].map((given, index) => facilityOf(given, index))

/** With the gaps of a register that is kept by hand: no phone here, no coordinates there, a name typed on another system. */
function facilityOf([kind, name, districtCode, beds, ownership]: Given, index: number): Facility {
  const code = `52${String(index + 1).padStart(3, '0')}`
  const random = seededRandom(`facility ${code}`)
  const district = districtOf(districtCode)
  const own = district.communes.find((commune) => name.endsWith(commune.slice(commune.indexOf(' ') + 1)))
  const towns = district.communes.filter((one) => !one.startsWith('Xã'))
  const commune = own ?? (kind === 'TTYT' ? towns[0] : seededRandom(`town ${code}`).pick(towns)) ?? district.name
  const position = positionIn(district, commune, random)
  return {
    code,
    name: index % 50 === 33 ? name.normalize('NFD') : index % 60 === 41 ? `${name} ` : name,
    kind,
    ownership: ownership ?? 'CL',
    district,
    address: addressIn(commune, random),
    beds: beds === 0 ? undefined : beds,
    phone: index % 13 === 12 ? undefined : phoneNumber(random.between(3_510_000, 3_899_999), index),
    position: index % 19 === 17 ? undefined : position,
    active: name !== closed,
    reportsBeds: beds > 0 && name !== silent && name !== closed,
  }
}

/** The same number in the three ways in which people write it. */
function phoneNumber(local: number, index: number): string {
  const [first, last] = [String(local).slice(0, 4), String(local).slice(4)]
  return [`0256 ${first} ${last}`, `0256.${first}${last}`, `(0256) ${first}${last}`][index % 3] ?? ''
}
