import { dayBetween, gap, referenceDay, withSlips, yearsAfter, type Row } from '../office/rows.js'
import { seededRandom } from '../seeded-random.js'

/** Ingredient, ATC code, strengths, forms (with the unit that they are sold by), price of a unit in VND, prescription. */
const substances = `Paracetamol|N02BE01|250 mg,500 mg,650 mg|Viên nén,Thuốc bột, cốm|350|;Ibuprofen|M01AE01|200 mg,400 mg|Viên nén bao phim|650|;Amoxicilin|J01CA04|250 mg,500 mg|Viên nang|900|x;Cefuroxim|J01DC02|250 mg,500 mg|Viên nén bao phim|4200|x;Cefixim|J01DD08|100 mg,200 mg|Viên nang|3800|x;Azithromycin|J01FA10|250 mg,500 mg|Viên nén bao phim|5600|x;Ciprofloxacin|J01MA02|500 mg|Viên nén bao phim|1400|x;Metformin|A10BA02|500 mg,850 mg,1000 mg|Viên nén bao phim|620|x;Gliclazid|A10BB09|30 mg,80 mg|Viên nén|1100|x;Amlodipin|C08CA01|5 mg,10 mg|Viên nén|480|x;Losartan|C09CA01|25 mg,50 mg|Viên nén bao phim|900|x;Perindopril|C09AA04|4 mg,5 mg|Viên nén|2600|x;Bisoprolol|C07AB07|2,5 mg,5 mg|Viên nén bao phim|850|x;Atorvastatin|C10AA05|10 mg,20 mg|Viên nén bao phim|950|x;Rosuvastatin|C10AA07|10 mg,20 mg|Viên nén bao phim|1300|x;Omeprazol|A02BC01|20 mg,40 mg|Viên nang|700|x;Esomeprazol|A02BC05|20 mg,40 mg|Viên nang,Thuốc tiêm|2400|x;Salbutamol|R03AC02|2 mg,4 mg|Viên nén,Siro|300|x;Loratadin|R06AX13|10 mg|Viên nén|420|;Cetirizin|R06AE07|10 mg|Viên nén bao phim|380|;Dextromethorphan|R05DA09|15 mg|Viên nén,Siro|500|;Natri clorid|B05BB01|0,9%|Dịch truyền,Thuốc nhỏ mắt|9500|;Glucose|B05BA03|5%,10%|Dịch truyền|11000|;Ceftriaxon|J01DD04|1 g,2 g|Thuốc tiêm|14500|x;Diclofenac|M01AB05|50 mg,75 mg|Viên nén,Thuốc tiêm|700|x;Vitamin C|A11GA01|500 mg,1000 mg|Viên nén|300|;Oresol|A07CA|4,1 g,27,9 g|Thuốc bột, cốm|1600|;Cao bạch quả||40 mg,80 mg|Viên nang|1200|;Cao đinh lăng||150 mg|Viên nén bao phim|700|;Actiso||100 mg|Viên nang|500|;Diệp hạ châu||400 mg|Viên nang|600|;Hoàn lục vị||8 g|Trà thuốc, hoàn|3200|;Hoạt huyết dưỡng não||120 mg|Viên nén bao phim|900|;Thập toàn đại bổ||10 g|Trà thuốc, hoàn|3500|`

const makers = [
  ['Công ty Dược – Trang thiết bị y tế Bình Định (mẫu)', 'VN', 'Việt Nam', 'VD'],
  ['Công ty Cổ phần Dược phẩm Miền Trung (mẫu)', 'VN', 'Việt Nam', 'VD'],
  ['Công ty Dược phẩm Sông Côn (mẫu)', 'VN', 'Việt Nam', 'VD'],
  ['Sample Pharma GmbH', 'DE', 'Đức', 'VN'],
  ['Sample Laboratories Ltd.', 'IN', 'Ấn Độ', 'VN'],
  ['Sample Santé S.A.', 'FR', 'Pháp', 'VN'],
] as const

/** Unit, and how the price compares with that of a tablet. */
const unitOf: Readonly<Record<string, readonly [unit: string, factor: number]>> = {
  'Thuốc tiêm': ['Lọ', 1],
  'Dịch truyền': ['Chai', 1],
  'Thuốc nhỏ mắt': ['Lọ', 0.4],
  Siro: ['Chai', 60],
  'Thuốc bột, cốm': ['Gói', 3],
  'Trà thuốc, hoàn': ['Gói', 1],
}

interface Product {
  readonly row: Row
  readonly number: string
  readonly name: string
  readonly maker: string
  readonly unit: string
  readonly price: number
}

function products(): Product[] {
  return substances.split(';').flatMap((line) => {
    const [ingredient = '', atc = '', strengths = '', forms = '', price = '0', prescription = ''] = line.split('|')
    // Decimal commas stand between digits, separators before a digit that follows a unit or before a form's capital letter.
    const eachStrength = strengths.split(/(?<=[g%]),/u)
    const eachForm = forms.split(/,(?=\p{Lu})/u)
    return eachStrength.flatMap((strength) =>
      eachForm.flatMap((form) =>
        makers.map(([maker, country, countryName, prefix], nth): Product => {
          const random = seededRandom(`medicine ${ingredient} ${strength} ${form} ${nth}`)
          const registered = dayBetween(random, 2019, 2024)
          const number = `${prefix}-${random.between(10_000, 39_999)}-${registered.slice(2, 4)}`
          const until = yearsAfter(registered, 5)
          const [unit, factor] = unitOf[form] ?? ['Viên', 1]
          const name = `${ingredient.split(' ')[0] ?? ingredient}${['', ' MT', ' SC', '-S', ' Lab', ' Plus'][nth] ?? ''} ${strength}`
          return {
            number,
            name,
            maker,
            unit,
            price: Math.round((Number(price) * factor * (0.8 + nth * 0.25)) / 10) * 10,
            row: {
              'Số đăng ký': number,
              'Tên thuốc': name,
              'Loại thuốc':
                atc !== '' ? 'Thuốc hóa dược' : /Hoàn|Thập/u.test(ingredient) ? 'Thuốc cổ truyền' : 'Thuốc dược liệu',
              'Hoạt chất': ingredient,
              'Mã ATC': atc === '' ? null : atc,
              'Hàm lượng': strength,
              'Dạng bào chế': form,
              'Quy cách đóng gói': unit === 'Viên' ? 'Hộp 10 vỉ x 10 viên' : `Hộp 10 ${unit.toLowerCase()}`,
              'Thuốc kê đơn': prescription === 'x' ? 'Có' : 'Không',
              'Tuổi thọ (tháng)': random.pick([24, 36, 36, 48]),
              'Cơ sở sản xuất': maker,
              'Mã nước': country,
              Nước: countryName,
              'Ngày cấp': registered,
              'Hết hạn': until,
              'Hiệu lực': until < referenceDay ? 'Hết hiệu lực' : 'Còn hiệu lực',
            },
          }
        }),
      ),
    )
  })
}

export function medicineRows(): Row[] {
  return withSlips(
    products().map(({ row }) => row),
    { 20: { 'Dạng bào chế': 'Viên' }, 150: { 'Ngày cấp': '2023-02-29' }, 260: { 'Tuổi thọ (tháng)': -36 } },
  )
}

/** Buyers, and the mark in the numbers of their decisions. */
const buyers = [
  ['Sở Y tế Bình Định (đấu thầu tập trung)', 'SYT'],
  ['Bệnh viện Đa khoa tỉnh Bình Định', 'BVĐKT'],
  ['Trung tâm Y tế thị xã An Nhơn', 'TTYTAN'],
  ['Trung tâm Y tế thị xã Hoài Nhơn', 'TTYTHN'],
] as const

export function priceRows(): Row[] {
  const rows = products().flatMap(({ number, name, maker, unit, price }): Row[] => {
    const random = seededRandom(`medicine price ${number}`)
    const randomBuyer = seededRandom(`buyer of ${number}`)
    const row = (kind: string, year: number, factor: number): Row => {
      const [buyer, mark] = randomBuyer.pick(buyers)
      const bought = kind === 'Giá trúng thầu'
      return {
        'Số đăng ký': number,
        'Tên thuốc': name,
        'Loại giá': kind,
        'Ngày công bố': dayBetween(random, year, year),
        'Số văn bản': `${randomBuyer.between(12, 940)}/${bought ? `QĐ-${mark}` : 'KKG'}`,
        'Đơn vị tính': unit,
        Giá: Math.round((price * factor) / 5) * 5,
        'Đơn vị kê khai, trúng thầu': gap(random, 0.05, maker),
        'Số lượng trúng thầu': bought ? random.between(2, 900) * 100 : null,
        'Đơn vị mua sắm': bought ? buyer : null,
      }
    }
    const later = random.next() < 0.4 ? [row('Giá kê khai lại', 2024, 1.06)] : []
    const bids = [2023, 2024, 2025].filter(() => random.next() < 0.5).map((year) => row('Giá trúng thầu', year, 0.78))
    return [row('Giá kê khai', 2022, 1), ...later, ...bids]
  })
  return withSlips(rows, { 61: { Giá: -350 }, 333: { 'Đơn vị tính': 'Vỉ' } })
}
