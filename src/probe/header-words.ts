import { folded } from '../connectors/mapping/text-folding.js'

/** What offices shorten, in folded Vietnamese. */
const shortened: Readonly<Record<string, string>> = {
  hs: 'hoc sinh',
  gv: 'giao vien',
  tl: 'thanh lap',
  sdt: 'so dien thoai',
  dt: 'dien thoai',
  tp: 'thanh pho',
  dc: 'dia chi',
  sl: 'so luong',
  gp: 'giay phep',
  gpkd: 'giay phep kinh doanh',
  gcn: 'giay chung nhan',
  cq: 'co quan',
  tx: 'thi xa',
}

/** Field names by what Vietnamese headers call them; folded, whole headers. */
const words: Readonly<Record<string, readonly string[]>> = {
  code: ['ma', 'ma so', 'ma dinh danh', 'so hieu', 'ky hieu', 'code', 'ma truong', 'ma co so', 'ma don vi'],
  name: ['ten', 'ten goi', 'ten truong', 'ten don vi', 'ten co so', 'don vi', 'co so', 'name'],
  district: [
    'huyen',
    'quan huyen',
    'ma huyen',
    'ten huyen',
    'huyen thi xa thanh pho',
    'huyen thi xa',
    'dia ban',
    'district',
  ],
  commune: ['xa', 'xa phuong', 'phuong xa', 'ma xa', 'ten xa', 'xa phuong thi tran', 'phuong', 'commune', 'ward'],
  address: ['dia chi', 'dia diem', 'noi dat', 'dia chi co so', 'address'],
  latitude: ['vi do', 'lat', 'latitude', 'toa do vi do'],
  longitude: ['kinh do', 'lng', 'lon', 'long', 'longitude', 'toa do kinh do'],
  phone: ['dien thoai', 'so dien thoai', 'dien thoai lien he', 'tel', 'phone'],
  email: ['email', 'thu dien tu', 'e mail'],
  website: ['website', 'trang web', 'trang thong tin'],
  pupils: ['hoc sinh', 'so hoc sinh', 'tong so hoc sinh', 'hoc sinh tong so', 'so tre'],
  girls: ['hoc sinh nu', 'so hoc sinh nu', 'nu'],
  teachers: ['giao vien', 'so giao vien', 'tong so giao vien'],
  classes: ['lop', 'so lop', 'tong so lop'],
  openedOn: ['ngay thanh lap', 'thanh lap', 'ngay hoat dong'],
  beds: ['giuong', 'so giuong', 'giuong benh', 'so giuong benh'],
  licenceNumber: ['so giay phep', 'giay phep', 'so giay chung nhan', 'so giay phep kinh doanh', 'so gcn'],
  licensedOn: ['ngay cap', 'ngay cap phep', 'ngay cap giay phep'],
  capacity: ['suc chua', 'cong suat', 'capacity'],
  price: ['gia', 'don gia', 'gia ve', 'muc thu', 'price'],
  kind: ['loai', 'loai hinh', 'hinh thuc', 'phan loai', 'kind'],
  ownership: ['loai hinh', 'hinh thuc so huu', 'so huu'],
  area: ['dien tich', 'area'],
  year: ['nam', 'year'],
  schoolYear: ['nam hoc'],
  quantity: ['so luong', 'quantity'],
  status: ['trang thai', 'tinh trang', 'status'],
  note: ['ghi chu', 'note'],
}

const byHeader = new Map<string, string[]>()
for (const [field, headers] of Object.entries(words)) {
  for (const header of headers) byHeader.set(header, [...(byHeader.get(header) ?? []), field])
}

/** A name as programs write them, or the path of one: `tenToChuc`, `DiaChi/@maHuyen`. */
const programName = /^[@\w.:-]+(\/[@\w.:-]+)*$/

/** The levels of a header from the outermost, names of programs as words: `DiaChi/@maHuyen` → `Dia Chi`, `ma Huyen`. */
export function headerLevels(header: string): string[] {
  if (!programName.test(header)) return header.split(' / ')
  return header.split('/').map((name) => name.replace(/^@?(\w+:)?/, '').replace(/([a-z0-9])([A-Z])/g, '$1 $2'))
}

/** The header of the column itself, without those above it. */
export function lastLevel(header: string): string {
  return headerLevels(header).at(-1) ?? header
}

/** A header without diacritics, units, signs and shortenings: `Số HS (người)` → `so hoc sinh`. */
export function headerWords(header: string): string {
  const bare = folded(headerLevels(header).join(' '))
    .replace(/\([^)]*\)/g, ' ')
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
  return bare
    .split(' ')
    .map((word) => shortened[word] ?? word)
    .join(' ')
}

/** The usual field names for a header; its last level counts by itself too (`Toạ độ / Vĩ độ`). */
export function usualFields(header: string): readonly string[] {
  const last = lastLevel(header)
  return byHeader.get(headerWords(header)) ?? (last === header ? [] : (byHeader.get(headerWords(last)) ?? []))
}

/** Numbers the rows of a printed list and is no data: STT, TT. */
export function isRowNumber(header: string): boolean {
  return ['stt', 'tt', 'so tt', 'so thu tu', 'thu tu', 'no'].includes(headerWords(header))
}

/** Its values are names of something, however they look: never numbers. */
export function isCodeHeader(header: string): boolean {
  const text = headerWords(lastLevel(header))
  return (
    /^(ma|so hieu|ky hieu|id|code)( |$)/.test(text) ||
    /(dien thoai|phone|fax|tel|giay phep|chung nhan|can cuoc|cccd|cmnd|ma so|postcode|bien so|tai khoan|quyet dinh)/.test(
      text,
    )
  )
}
