import { placeSomewhere } from '../office/places.js'
import { dayBetween, gap, referenceDay, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const table = `
  TCVN ISO 9001:2015|Hệ thống quản lý chất lượng – Các yêu cầu|TCVN|03.100.70|Bộ Khoa học và Công nghệ|2015-12-31
  TCVN ISO 22000:2018|Hệ thống quản lý an toàn thực phẩm|TCVN|67.020|Bộ Khoa học và Công nghệ|2018-12-28
  TCVN ISO 45001:2018|Hệ thống quản lý an toàn và sức khỏe nghề nghiệp|TCVN|13.100|Bộ Khoa học và Công nghệ|2018-12-28
  TCVN 6260:2020|Xi măng poóc lăng hỗn hợp|TCVN|91.100.10|Bộ Khoa học và Công nghệ|2020-07-14
  TCVN 1651-2:2018|Thép cốt bê tông – Phần 2: Thép thanh vằn|TCVN|77.140.15|Bộ Khoa học và Công nghệ|2018-12-28
  TCVN 6477:2016|Gạch bê tông|TCVN|91.100.30|Bộ Khoa học và Công nghệ|2016-12-30
  TCVN 4732:2016|Đá ốp, lát tự nhiên|TCVN|91.100.15|Bộ Khoa học và Công nghệ|2016-12-30
  TCVN 5603:2023|Nguyên tắc chung về vệ sinh thực phẩm|TCVN|67.020|Bộ Khoa học và Công nghệ|2023-12-29
  QCVN 16:2023/BXD|Sản phẩm, hàng hóa vật liệu xây dựng|QCVN|91.100|Bộ Xây dựng|2023-06-30
  QCVN 1:2022/BKHCN|Xăng, nhiên liệu điêzen và nhiên liệu sinh học|QCVN|75.160.20|Bộ Khoa học và Công nghệ|2022-12-29
  QCVN 7:2019/BKHCN|Thép làm cốt bê tông|QCVN|77.140.15|Bộ Khoa học và Công nghệ|2019-11-15
  QCVN 3:2019/BKHCN|An toàn đồ chơi trẻ em|QCVN|97.200.50|Bộ Khoa học và Công nghệ|2019-09-26
  QCVN 2:2021/BKHCN|Mũ bảo hiểm cho người đi mô tô, xe máy|QCVN|13.340.20|Bộ Khoa học và Công nghệ|2021-06-15
  QCVN 4:2009/BKHCN|An toàn đối với thiết bị điện, điện tử|QCVN|97.030|Bộ Khoa học và Công nghệ|2009-09-30
  QCĐP 01:2022/BĐ|Nước sạch sử dụng cho mục đích sinh hoạt|QCĐP|13.060.20|UBND tỉnh Bình Định|2022-03-28
  QCĐP 02:2023/BĐ|Nước mắm Bình Định|QCĐP|67.120.30|UBND tỉnh Bình Định|2023-08-15
  ISO/IEC 17025:2017|General requirements for the competence of testing and calibration laboratories|ISO|03.120.20|ISO|2017-11-29
`

export function standardRows(): Row[] {
  return table
    .trim()
    .split('\n')
    .map((line): Row => {
      const [number = '', title = '', kind = '', ics = '', issuer = '', day = ''] = line.trim().split('|')
      return {
        'Số hiệu': number,
        'Tên tiêu chuẩn': title,
        Loại: kind,
        'Hiệu lực': 'Còn hiệu lực',
        ICS: ics,
        'Cơ quan ban hành': issuer,
        'Ngày ban hành': { date: day },
      }
    })
}

const declared = [
  ['TCVN ISO 9001:2015', 'Chứng nhận hệ thống', '16', 'Sản xuất và kinh doanh sản phẩm gỗ'],
  ['TCVN ISO 22000:2018', 'Chứng nhận hệ thống', '10', 'Chế biến thủy sản đông lạnh'],
  ['TCVN 4732:2016', 'Công bố hợp chuẩn', '23', 'Đá granite ốp lát'],
  ['QCVN 16:2023/BXD', 'Công bố hợp quy', '23', 'Đá ốp lát tự nhiên'],
  ['QCVN 1:2022/BKHCN', 'Công bố hợp quy', '47', 'Xăng không chì, dầu điêzen'],
  ['QCVN 4:2009/BKHCN', 'Công bố hợp quy', '26', 'Thiết bị điện, điện tử gia dụng'],
  ['QCĐP 01:2022/BĐ', 'Công bố hợp quy', '11', 'Nước uống đóng chai'],
] as const

export function certificateRows(): Row[] {
  const rows = declared.flatMap(([standard, kind, vsic, scope], group) => {
    const random = seededRandom(`certificates ${standard}`)
    return operatingEnterprises([vsic], 48).map((holder, index): Row => {
      const issued = dayBetween(random, 2022, 2025)
      return {
        'Số giấy': `${group + 1}${String(index + 1).padStart(3, '0')}/${kind.startsWith('Công bố') ? 'TB-TĐC' : 'CN'}-${issued.slice(0, 4)}`,
        Loại: kind,
        'Tiêu chuẩn': standard,
        'Doanh nghiệp': holder.name,
        'Mã số thuế': holder.taxCode,
        'Phạm vi': scope,
        'Tổ chức chứng nhận': random.pick(['QUATEST 2', 'VinaCert', 'QUACERT', 'Chi cục TĐC Bình Định']),
        'Ngày cấp': typedDay(random, issued),
        'Ngày hết hạn': gap(random, 0.05, typedDay(random, yearsAfter(issued, 3))),
        'Mã huyện': holder.place.district.code,
      }
    })
  })
  return withSlips(rows, { 60: { 'Số giấy': null }, 150: { 'Ngày cấp': '30/02/2024' } })
}

const instruments = [
  ['Cột đo xăng dầu', ['47', '46'], ['Tatsuno Sunny', 'Tominaga', 'Gilbarco SK700'], '0,5 %', 1],
  ['Cân ô tô', ['16', '23', '08'], ['Mettler Toledo 80 t', 'Cardinal 60 t', 'CAS 100 t'], 'III', 1],
  ['Cân', ['10', '46'], ['Nhơn Hòa 60 kg', 'Nhơn Hòa 100 kg', 'CAS AD-H'], 'III', 1],
  ['Taximet', ['49'], ['Vietmap T5', 'Taplus T4', 'Esmart'], '1', 1],
  ['Đo huyết áp', ['86'], ['ALPK2', 'Omron HEM-907'], '± 3 mmHg', 1],
  ['Áp kế', ['10', '35'], ['Yamaki 10 bar', 'Wika 16 bar'], '1,6', 1],
  ['Đồng hồ nước', ['55', '38'], ['Zenner DN50', 'Itron DN80'], '2', 5],
] as const

/** Instruments of businesses with their latest verification; those of homes are not listed. */
export function instrumentRows(): Row[] {
  const rows = instruments.flatMap(([kind, vsic, models, accuracy, years]) => {
    const random = seededRandom(`instruments ${kind}`)
    return operatingEnterprises(vsic, 60).flatMap((user) =>
      Array.from({ length: random.between(2, 8) }, (): Row => {
        const verified = dayBetween(random, 2024, 2025)
        const isElsewhere = random.next() < 0.2
        const place = isElsewhere ? placeSomewhere(random) : user.place
        const isGood = random.next() < 0.97
        return {
          'Loại phương tiện đo': kind,
          Kiểu: random.pick(models),
          'Số sản xuất': `${random.pick(['A', 'SN', 'T'])}${random.between(10_000, 999_999)}`,
          'Cấp chính xác': accuracy,
          'Cơ sở sử dụng': user.name,
          'Mã số thuế': user.taxCode,
          'Chế độ': random.pick(['Định kỳ', 'Định kỳ', 'Định kỳ', 'Ban đầu', 'Sau sửa chữa']),
          'Kết quả': isGood ? 'Đạt' : 'Không đạt',
          'Kiểm định / Ngày': typedDay(random, verified < referenceDay ? verified : referenceDay),
          'Kiểm định / Hạn': isGood ? typedDay(random, yearsAfter(verified, years)) : null,
          'Tổ chức kiểm định': random.pick(['Trung tâm Phân tích và Đo lường Bình Định', 'QUATEST 2']),
          'Mã huyện': place.district.code,
          'Mã xã': place.commune.code,
          'Địa chỉ': place.address,
        }
      }),
    )
  })
  const stamped = rows.map((row, index): Row => ({ 'Số tem': `BĐ25-${String(index + 1).padStart(5, '0')}`, ...row }))
  return withSlips(stamped, { 700: { 'Số tem': 'BĐ25-00701'.replace('701', '700') }, 912: { 'Mã huyện': '5400' } })
}
