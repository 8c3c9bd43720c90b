import { mappedColumns, placeColumns } from '../office/place-columns.js'
import { comma, dayBetween, dotted, gap, rounded, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises, type Enterprise } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const fields = [
  {
    vsic: ['1020', '1030', '1071', '1104', '1610', '1629', '2396', '3100', '1410', '2610'],
    field: 'Sản xuất công nghiệp',
    project: 'Nhà máy',
    unit: 'tấn sản phẩm/năm',
  },
  { vsic: ['0810'], field: 'Khai thác khoáng sản', project: 'Khai thác mỏ', unit: 'm³/năm' },
  { vsic: ['3512'], field: 'Năng lượng', project: 'Nhà máy điện mặt trời', unit: 'MWp' },
  { vsic: ['6810', '4101'], field: 'Khu đô thị, dân cư', project: 'Khu dân cư', unit: 'người' },
  { vsic: ['5510'], field: 'Du lịch, dịch vụ', project: 'Khu du lịch', unit: 'phòng' },
  { vsic: ['0321'], field: 'Nuôi trồng, chế biến thủy sản', project: 'Khu nuôi tôm công nghệ cao', unit: 'tấn/năm' },
  { vsic: ['3811'], field: 'Xử lý chất thải', project: 'Khu xử lý chất thải rắn', unit: 'tấn/ngày' },
] as const

interface Decision {
  readonly number: string
  readonly day: string
  readonly enterprise: Enterprise
  readonly field: (typeof fields)[number]
  readonly project: string
  readonly group: string
}

let made: readonly Decision[] | undefined

function decisions(): readonly Decision[] {
  return (made ??= makeDecisions())
}

function makeDecisions(): Decision[] {
  const random = seededRandom('impact decisions')
  const investors = fields.map((field) => ({ field, enterprises: operatingEnterprises(field.vsic, 160) }))
  return Array.from({ length: 236 }, (_, index): Decision => {
    // Most of them are factories.
    const { field, enterprises } =
      random.next() < 0.5 ? (investors[0] ?? random.pick(investors)) : random.pick(investors)
    const enterprise = random.pick(enterprises)
    const day = dayBetween(random, 2012, 2025)
    return {
      number: `${index + 210}/QĐ-UBND-MT/${day.slice(0, 4)}`,
      day,
      enterprise,
      field,
      project: `${field.project} ${enterprise.place.commune.name} ${random.between(1, 3)}`,
      group: random.next() < 0.3 ? 'I' : 'II',
    }
  })
}

export function impactDecisionRows(): Row[] {
  const random = seededRandom('impact decision rows')
  const rows = decisions().map((decision): Row => ({
    'Số quyết định': decision.number,
    'Ngày quyết định': typedDay(random, decision.day),
    'Dự án': decision.project,
    'Chủ dự án': decision.enterprise.name,
    'Mã số thuế': decision.enterprise.taxCode,
    'Lĩnh vực': decision.field.field,
    Nhóm: decision.group,
    'Diện tích (ha)': gap(random, 0.1, comma(rounded(0.4 + random.next() ** 2 * 80, 2))),
    'Quy mô, công suất': `${dotted(random.between(2, 900) * 10)} ${decision.field.unit}`,
    'Cơ quan phê duyệt': random.next() < 0.06 ? 'Bộ' : 'UBND tỉnh',
    ...placeColumns(decision.enterprise.place),
  }))
  return withSlips(rows, { 17: { 'Ngày quyết định': '30/02/2018' }, 110: { 'Dự án': null }, 180: { Nhóm: 'IV' } })
}

/** The permits of those projects that are built, and of older facilities that never had an assessment. */
export function permitRows(): Row[] {
  const random = seededRandom('environmental permits')
  const built = decisions().filter(({ day }) => day < '2024-06-30' && random.next() < 0.7)
  const rows = built.map((decision, index): Row => {
    const issued = dayBetween(random, 2022, 2025)
    const until = yearsAfter(issued, decision.group === 'I' ? 7 : 10)
    const contents = [
      'Nước thải',
      ...(random.next() < 0.5 ? ['Khí thải'] : []),
      ...(random.next() < 0.4 ? ['Tiếng ồn, độ rung'] : []),
    ]
    return {
      'Số giấy phép': permitNumber(index, issued),
      'Tên cơ sở, dự án': decision.project,
      'Chủ cơ sở': decision.enterprise.name,
      'Mã số thuế': decision.enterprise.taxCode,
      'Lĩnh vực': decision.field.field,
      Nhóm: decision.group,
      'Nội dung cấp phép': contents.join('; '),
      'Nước thải (m³/ngày)': dotted(random.between(5, 1500)),
      'Khí thải (m³/giờ)': contents.includes('Khí thải') ? dotted(random.between(20, 900) * 100) : null,
      'Cơ quan cấp': random.next() < 0.15 ? 'UBND cấp huyện' : 'UBND tỉnh',
      'Ngày cấp': typedDay(random, issued),
      'Hạn đến': typedDay(random, until),
      'Tình trạng': random.next() < 0.02 ? 'Đã thu hồi' : 'Còn hiệu lực',
      'Quyết định ĐTM': gap(random, 0.2, decision.number),
      ...mappedColumns(decision.enterprise.place, random),
    }
  })
  return withSlips(rows, { 9: { 'Nước thải (m³/ngày)': 'theo hợp đồng' }, 64: { 'Mã xã': '21999' } })
}

function permitNumber(index: number, issued: string): string {
  return `${index + 31}/GPMT-UBND/${issued.slice(0, 4)}`
}

/** The permits as the list of discharges refers to them. */
export function permitHolders(): { number: string; taxCode: string; holder: string }[] {
  return permitRows().flatMap((row, index) => {
    const { 'Số giấy phép': number, 'Mã số thuế': taxCode, 'Chủ cơ sở': holder } = row
    const isFactory = row['Lĩnh vực'] === 'Sản xuất công nghiệp' && index % 2 === 0
    return isFactory && typeof number === 'string' && typeof taxCode === 'string' && typeof holder === 'string'
      ? [{ number, taxCode, holder }]
      : []
  })
}
