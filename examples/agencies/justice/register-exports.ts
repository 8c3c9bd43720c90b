import type { XmlElement } from '../office/xml-document.js'
import { xmlReport, type RowLayout } from '../office/xml-report.js'
import { lawPracticeRows, notaryRows } from './legal-services.js'

const office = 'SỞ TƯ PHÁP'
const whereabouts: RowLayout = [
  ['LienHe/DienThoai', 'Điện thoại'],
  ['DiaChi/@maHuyen', 'Mã huyện'],
  ['DiaChi/@maXa', 'Mã xã'],
  ['DiaChi/ChiTiet', 'Địa chỉ'],
  ['DiaChi/ToaDo/ViDo', 'Toạ độ / Vĩ độ'],
  ['DiaChi/ToaDo/KinhDo', 'Toạ độ / Kinh độ'],
]

/** The register of notaries. */
export function notaryReport(): XmlElement {
  return xmlReport({
    root: 'BaoCaoCongChung',
    office,
    title: 'Tổ chức hành nghề công chứng',
    rowName: 'ToChuc',
    rows: notaryRows(),
    layout: [
      ['@ma', 'Mã'],
      ['@loai', 'Loại'],
      ['TenToChuc', 'Tên tổ chức'],
      ['ThanhLap/SoQuyetDinh', 'Thành lập / Số quyết định'],
      ['ThanhLap/Ngay', 'Thành lập / Ngày'],
      ['SoDangKyHoatDong', 'Số đăng ký hoạt động'],
      ['SoCongChungVien', 'Công chứng viên'],
      ['KetQua2024/SoViec', 'Việc công chứng năm 2024'],
      ['KetQua2024/PhiCongChung', 'Phí công chứng (đồng)'],
      ['MaSoThue', 'Mã số thuế'],
      ['TinhTrang', 'Tình trạng'],
      ...whereabouts,
    ],
  })
}

/** The register of lawyers' practices: an older program, which writes UTF-16, and one practice twice. */
export function lawPracticeReport(): XmlElement {
  const rows = lawPracticeRows()
  return xmlReport({
    root: 'DanhSachToChucLuatSu',
    attributes: { 'xmlns:ls': 'urn:example:bo-tu-phap:luat-su:2.0' },
    prefix: 'ls:',
    office,
    title: 'Tổ chức hành nghề luật sư',
    rowName: 'ToChuc',
    rows: [...rows, ...rows.slice(40, 41)],
    listSeparator: '; ',
    layout: [
      ['@ma', 'Mã'],
      ['Ten', 'Tên tổ chức'],
      ['HinhThuc', 'Hình thức'],
      ['DangKy/So', 'Đăng ký / Số'],
      ['DangKy/NgayCap', 'Đăng ký / Ngày cấp'],
      ['MaSoThue', 'Mã số thuế'],
      ['SoLuatSu', 'Số luật sư'],
      ['LinhVuc', 'Lĩnh vực'],
      ['TinhTrang', 'Tình trạng'],
      ['LienHe/Website', 'Website'],
      ...whereabouts,
    ],
  })
}
