import { dmy } from '../office/rows.js'
import { districts } from '../office/places.js'
import { seededRandom } from '../seeded-random.js'

/** `name | English name | domain | level | decision | inscribed on | community | season | districts` */
const table = `
  Nghệ thuật Bài Chòi Trung Bộ | Bài Chòi singing | Nghệ thuật trình diễn dân gian | UNESCO đại diện | 12.COM 11.B.37 | 2017-12-07 | Các câu lạc bộ bài chòi | Tết, quanh năm | 540;543;545;548;549;550
  Võ cổ truyền Bình Định | Binh Dinh martial arts | Tri thức dân gian | Danh mục quốc gia | 5079/QĐ-BVHTTDL | 2012-12-27 | Các võ đường | Quanh năm | 540;547;549;550
  Hát bội Bình Định | Binh Dinh hát bội | Nghệ thuật trình diễn dân gian | Danh mục quốc gia | 2684/QĐ-BVHTTDL | 2014-08-25 | Các đoàn hát bội không chuyên | Lễ cầu ngư, cúng đình | 540;548;549;550
  Lễ hội Đống Đa – Tây Sơn | Tay Son festival | Lễ hội truyền thống | Danh mục quốc gia | 3084/QĐ-BVHTTDL | 2023-10-18 | Nhân dân huyện Tây Sơn | 4–5 tháng Giêng | 547
  Lễ hội Cầu ngư Nhơn Hải | Nhon Hai fishermen’s festival | Lễ hội truyền thống | Danh mục quốc gia | 1404/QĐ-BVHTTDL | 2023-05-30 | Ngư dân Nhơn Hải | 12 tháng Hai | 540
  Lễ hội Chùa Bà – Cảng thị Nước Mặn | Nuoc Man temple festival | Lễ hội truyền thống | Danh mục quốc gia | 1849/QĐ-BVHTTDL | 2022-08-05 | Nhân dân Tuy Phước | Cuối tháng Giêng | 550
  Nghề chằm nón ngựa Phú Gia | Phu Gia horse hats | Nghề thủ công truyền thống | Danh mục quốc gia | 858/QĐ-BVHTTDL | 2024-04-09 | Làng Phú Gia | Quanh năm | 548
  Lễ hội mừng lúa mới của người Ba Na | Bana new rice festival | Lễ hội truyền thống | Kiểm kê | | | Người Ba Na Kriêm | Tháng 11 | 546
  Hát lục bát ở Hoài Nhơn | Six-eight singing | Ngữ văn dân gian | Kiểm kê | | | Câu lạc bộ hát lục bát | Quanh năm | 543
  Nghề tiện mỹ nghệ Nhạn Tháp | Nhan Thap wood turning | Nghề thủ công truyền thống | Kiểm kê | | | Làng Nhạn Tháp | Quanh năm | 549
  Nghề rèn Tây Phương Danh | Tay Phuong Danh smithing | Nghề thủ công truyền thống | Kiểm kê | | | Làng Tây Phương Danh | Quanh năm | 549
  Nghề nấu rượu Bàu Đá | Bau Da spirits | Nghề thủ công truyền thống | Kiểm kê | | | Làng Bàu Đá | Quanh năm | 549
  Nghề dệt thổ cẩm Hà Ri | Ha Ri weaving | Nghề thủ công truyền thống | Kiểm kê | | | Người Ba Na | Quanh năm | 546
  Cồng chiêng của người Ba Na, Chăm, H’rê | Gongs of the highlands | Nghệ thuật trình diễn dân gian | Kiểm kê | | | Người Ba Na, Chăm H’roi, H’rê | Lễ hội | 542;546;551
  Tục cúng lúa mới của người H’rê | New rice rite of the H’re | Tập quán xã hội và tín ngưỡng | Kiểm kê | | | Người H’rê | Sau mùa gặt | 542
  Lễ hội Chợ Gò | Cho Go market festival | Lễ hội truyền thống | Kiểm kê | | | Nhân dân Tuy Phước | Mùng 1 Tết | 550
  Tiếng Chăm H’roi | Cham H’roi language | Tiếng nói, chữ viết | Kiểm kê | | | Người Chăm H’roi | Quanh năm | 551
`
const local = [
  ['Lễ cúng đình', 'Lễ hội truyền thống', 'Tháng Hai'],
  ['Lễ cầu an', 'Tập quán xã hội và tín ngưỡng', 'Tháng Giêng'],
  ['Nghề làm bánh tráng', 'Nghề thủ công truyền thống', 'Quanh năm'],
  ['Nghề đan lát', 'Nghề thủ công truyền thống', 'Quanh năm'],
  ['Hò giã vôi', 'Ngữ văn dân gian', 'Hội làng'],
] as const

interface NamedHeritage {
  readonly code: string
  readonly name: string
  /** Codes of the districts where it is at home. */
  readonly districts: readonly string[]
}

export const namedHeritage: readonly NamedHeritage[] = table
  .trim()
  .split('\n')
  .map((line, index) => {
    const parts = line.split('|').map((part) => part.trim())
    return { code: codeOf(index), name: parts[0] ?? '', districts: parts.at(-1)?.split(';') ?? [] }
  })

function codeOf(index: number): string {
  return `PVT${String(index + 1).padStart(3, '0')}`
}

/** The lines of the CSV file; names of places have their codes beside them, several in one cell. */
export function intangibleHeritageLines(): string[][] {
  const random = seededRandom('intangible heritage')
  const named = table
    .trim()
    .split('\n')
    .map((line) => line.split('|').map((part) => part.trim()))
  const inventoried = districts.flatMap((district) =>
    district.communes.slice(0, random.between(2, 5)).map((commune) => {
      const [word, kind, season] = random.pick(local)
      return [`${word} ${commune.name}`, '', kind, 'Kiểm kê', '', '', `Nhân dân ${commune.name}`, season, district.code]
    }),
  )
  const lines = [...named, ...inventoried].map(
    (
      [name = '', english = '', kind = '', level = '', decision = '', day = '', who = '', season = '', codes = ''],
      index,
    ) => {
      const people = random.next() < 0.3 ? '' : String(random.between(12, 900))
      return [
        codeOf(index),
        name,
        english,
        kind,
        level,
        decision,
        day === '' ? '' : dmy(day),
        who,
        season,
        people,
        codes,
      ]
    },
  )
  const slip = lines[20]
  if (slip !== undefined) slip[9] = 'hàng trăm'
  return [
    [
      'Mã',
      'Tên di sản',
      'Tên tiếng Anh',
      'Loại hình',
      'Cấp ghi danh',
      'Số quyết định',
      'Ngày ghi danh',
      'Cộng đồng chủ thể',
      'Thời gian thực hành',
      'Số người thực hành',
      'Mã huyện',
    ],
    ...lines,
  ]
}
