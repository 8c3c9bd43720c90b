import { dayBetween, gap, typedDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { operatingEnterprises } from '../planning-investment/enterprises.js'
import { seededRandom } from '../seeded-random.js'

const standards = `
  TCVN ISO 14001:2015|Hệ thống quản lý môi trường – Các yêu cầu và hướng dẫn sử dụng|TCVN|13.020.10|Bộ Khoa học và Công nghệ|2015-12-31|TCVN ISO 14001:2010
  TCVN ISO 14001:2010|Hệ thống quản lý môi trường – Các yêu cầu và hướng dẫn sử dụng|TCVN cũ|13.020.10|Bộ Khoa học và Công nghệ|2010-12-29|
  ISO 50001:2018|Energy management systems – Requirements with guidance for use|Quốc tế|27.015|ISO|2018-08-21|
  TCVN ISO 14064-1:2011|Khí nhà kính – Phần 1: Quy định kỹ thuật và hướng dẫn định lượng, báo cáo|TCVN|13.020.40|Bộ Khoa học và Công nghệ|2011-12-30|
  IEC 62474:2018|Material declaration for products of and for the electrotechnical industry|Quốc tế|29.020|IEC|2018-11-28|
  IEC 63000:2016|Technical documentation for the assessment of products with respect to hazardous substances|Quốc tế|13.020|IEC|2016-10-19|
  2011/65/EU|Hạn chế chất nguy hại trong thiết bị điện, điện tử (RoHS)|Nước ngoài||Liên minh châu Âu|2011-06-08|
  QCVN 40:2011/BTNMT|Quy chuẩn kỹ thuật quốc gia về nước thải công nghiệp|QCVN|13.060.30|Bộ Tài nguyên và Môi trường|2011-12-28|
  QCVN 19:2009/BTNMT|Quy chuẩn kỹ thuật quốc gia về khí thải công nghiệp đối với bụi và các chất vô cơ|QCVN|13.040.40|Bộ Tài nguyên và Môi trường|2009-11-16|
  QCVN 118:2018/BTTTT|Tương thích điện từ đối với thiết bị đa phương tiện – Yêu cầu phát xạ|QCVN|33.100.10|Bộ Thông tin và Truyền thông|2018-12-20|
  TCVN 9509:2012|Thiết bị chiếu sáng và điện tử – Hiệu suất năng lượng|TCVN|29.020|Bộ Khoa học và Công nghệ|2012-12-28|
  EPEAT|Electronic Product Environmental Assessment Tool|Nước ngoài||Global Electronics Council|2006-07-01|
`

export function environmentalStandards(): Row[] {
  return standards
    .trim()
    .split('\n')
    .map((line): Row => {
      const [number = '', title = '', kind = '', ics = '', issuer = '', day = '', replaces = ''] = line
        .trim()
        .split('|')
      return {
        'Số hiệu': number,
        'Tên tiêu chuẩn': title,
        Loại: kind.replace(' cũ', ''),
        'Hiệu lực': kind.endsWith('cũ') ? 'Đã được thay thế' : 'Còn hiệu lực',
        ICS: ics === '' ? null : ics,
        'Cơ quan ban hành': issuer,
        'Ngày ban hành': { date: day },
        'Thay thế': replaces === '' ? null : replaces,
      }
    })
}

/** Certificates of the makers of electronics and telecommunications equipment. */
export function environmentalCertificates(): Row[] {
  const random = seededRandom('environmental certificates')
  const rows = operatingEnterprises(['26'], 90).flatMap((maker, index): Row[] => {
    if (random.next() > 0.6) return []
    const issued = dayBetween(random, 2022, 2025)
    const [standard, kind, scope] = random.pick([
      ['TCVN ISO 14001:2015', 'Hệ thống quản lý', 'Lắp ráp bảng mạch và thiết bị viễn thông'],
      ['ISO 50001:2018', 'Hệ thống quản lý', 'Sản xuất linh kiện điện tử'],
      ['IEC 63000:2016', 'Sản phẩm', 'Bộ chuyển mạch, bộ nguồn'],
      ['QCVN 118:2018/BTTTT', 'Công bố hợp quy', 'Thiết bị đầu cuối, bộ phát Wi-Fi'],
    ] as const)
    return [
      {
        'Số giấy': `MT-${String(index + 1).padStart(3, '0')}/${issued.slice(0, 4)}`,
        Loại: kind,
        'Tiêu chuẩn': standard,
        'Doanh nghiệp': maker.name,
        'Mã số thuế': maker.taxCode,
        'Phạm vi': scope,
        'Tổ chức chứng nhận': random.pick(['QUACERT', 'Bureau Veritas', 'TÜV NORD', 'SGS Việt Nam']),
        'Ngày cấp': typedDay(random, issued),
        'Ngày hết hạn': gap(random, 0.1, typedDay(random, yearsAfter(issued, 3))),
        'Mã huyện': maker.place.district.code,
      },
    ]
  })
  return withSlips(rows, { 4: { 'Ngày cấp': 'quý I/2024' } })
}
