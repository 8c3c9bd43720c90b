import { dayOf, schoolsInYear } from './school-rows.js'

const header = [
  'Mã cơ sở',
  'Tên cơ sở',
  'Mã huyện',
  'Mã xã',
  'Địa chỉ',
  'Loại hình',
  'Ngày thành lập',
  'Số nhóm trẻ',
  'Số trẻ',
  'Số trẻ nữ',
  'Số giáo viên',
  'Vĩ độ',
  'Kinh độ',
]

/** The nurseries of 2024-2025 as rows of a CSV file: decimal commas, dd/MM/yyyy, a total at the end. */
export function nurseryRows(): string[][] {
  const nurseries = schoolsInYear('NURSERY', '2024-2025')
  const rows = nurseries.map(({ school, classes, pupils, girls, teachers }, index) => [
    // One clerk forgot the code.
    index === 31 ? '' : school.code,
    school.name,
    school.district.code,
    school.commune.code,
    school.address,
    school.isPublic ? 'Công lập' : 'Tư thục',
    dayOf(school.openedOn) ?? '',
    String(classes),
    String(pupils),
    String(girls),
    String(teachers),
    decimalComma(school.latitude),
    decimalComma(school.longitude),
  ])
  const pupils = nurseries.reduce((sum, nursery) => sum + nursery.pupils, 0)
  return [header, ...rows, ['Tổng cộng', '', '', '', '', '', '', '', String(pupils), '', '', '', '']]
}

function decimalComma(degrees: number | undefined): string {
  return degrees === undefined ? '' : String(degrees).replace('.', ',')
}
