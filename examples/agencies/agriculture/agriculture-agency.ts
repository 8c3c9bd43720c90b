import { csvFile, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { csvRows, type Row } from '../office/rows.js'
import { createSite, type SiteDocument } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { cropInputRows, cropRows, croplandRows, cropYears, planRows, soilRows, varietyRows } from './crops.js'
import { aquacultureRows, assessmentRows, habitatRows, protectedAreaRows, quotaRows } from './fishery.js'
import { compartmentRows, forestChangeRows, forestRows } from './forests.js'
import { demandRows, priceRows, priceYears } from './livestock-market.js'
import {
  breedRows,
  certificateRows,
  establishmentRows,
  farmRows,
  feedProductRows,
  foodRows,
  herdRows,
  ingredientRows,
} from './livestock.js'
import { observationRows, pointRows, reservoirRows, shortageRows } from './water.js'

/** The agriculture department, made up: each of its offices keeps workbooks, figures of crops and prices are a CSV file a year. */
export function createAgricultureAgency(): SampleAgency {
  return createSite({
    code: 'agriculture',
    title: 'Sở Nông nghiệp và Phát triển nông thôn (dữ liệu mẫu)',
    documents: [
      ...cropYears.map((year) =>
        csvFile(
          `trong-trot-${year}.csv`,
          `Trồng trọt ${year}`,
          () => csvRows(cropRows(year)),
          year < '2023' ? 'windows-1258' : 'utf-8',
        ),
      ),
      ...priceYears.map((year) =>
        csvFile(
          `gia-chan-nuoi-${year}.csv`,
          `Giá sản phẩm chăn nuôi ${year}`,
          () => csvRows(priceRows(year)),
          year === '2022' ? 'windows-1258' : 'utf-8',
        ),
      ),
      book('trong-trot-2025.xlsx', 'Đất trồng trọt, giống, vật tư', [
        ['Giống', 'BẢO HỘ GIỐNG CÂY TRỒNG', varietyRows],
        ['Dinh dưỡng đất', 'KẾT QUẢ PHÂN TÍCH DINH DƯỠNG ĐẤT', soilRows],
        ['Sử dụng đất', 'SỬ DỤNG ĐẤT TRỒNG TRỌT', croplandRows],
        ['Vật tư', 'PHÂN BÓN, THUỐC BẢO VỆ THỰC VẬT KHUYẾN CÁO', cropInputRows],
      ]),
      book('ke-hoach-san-xuat.xlsx', 'Kế hoạch và kết quả sản xuất', [
        ['Kế hoạch', 'KẾ HOẠCH VÀ KẾT QUẢ SẢN XUẤT', planRows],
      ]),
      book('chan-nuoi-2025.xlsx', 'Chăn nuôi', [
        ['Giống', 'GIỐNG VẬT NUÔI', breedRows],
        ['Nguyên liệu', 'NGUYÊN LIỆU, THỨC ĂN TRUYỀN THỐNG', ingredientRows],
        ['Sản phẩm', 'SẢN PHẨM THỨC ĂN CHĂN NUÔI', feedProductRows],
        ['Trang trại', 'TRANG TRẠI CHĂN NUÔI', farmRows],
        ['Cơ sở', 'CƠ SỞ GIẾT MỔ, CHẾ BIẾN, BUÔN BÁN', establishmentRows],
        ['Đàn vật nuôi', 'ĐÀN VẬT NUÔI VÀ SẢN PHẨM', herdRows],
        ['Nhu cầu', 'NHU CẦU SẢN PHẨM CHĂN NUÔI', demandRows],
      ]),
      book('giay-chung-nhan-2025.xlsx', 'Giấy chứng nhận đủ điều kiện', [
        ['Thức ăn', 'CƠ SỞ SẢN XUẤT THỨC ĂN CHĂN NUÔI', () => certificateRows('feed', 24)],
        ['Trang trại', 'CHĂN NUÔI TRANG TRẠI QUY MÔ LỚN', () => certificateRows('farm', 46)],
        ['Phân bón', 'CƠ SỞ SẢN XUẤT, BUÔN BÁN PHÂN BÓN', () => certificateRows('fertiliser', 280)],
        ['Thuốc BVTV', 'CƠ SỞ SẢN XUẤT, BUÔN BÁN THUỐC BVTV', () => certificateRows('pesticide', 320)],
      ]),
      book('an-toan-thuc-pham-2025.xlsx', 'Cơ sở thực phẩm ngành nông nghiệp', [
        ['Cơ sở', 'CƠ SỞ SẢN XUẤT, KINH DOANH THỰC PHẨM', foodRows],
      ]),
      book('thuy-san-2025.xlsx', 'Thủy sản', [
        ['Nguồn lợi', 'ĐÁNH GIÁ NGUỒN LỢI THỦY SẢN', assessmentRows],
        ['Sinh cảnh', 'MÔI TRƯỜNG SỐNG CỦA LOÀI THỦY SẢN', habitatRows],
        ['Bảo tồn biển', 'KHU BẢO TỒN BIỂN', protectedAreaRows],
        ['Nuôi trồng', 'CƠ SỞ NUÔI TRỒNG THỦY SẢN', aquacultureRows],
        ['Hạn ngạch', 'HẠN NGẠCH GIẤY PHÉP KHAI THÁC', quotaRows],
      ]),
      book('lam-nghiep-2024.xlsx', 'Lâm nghiệp', [
        ['Phòng hộ', 'RỪNG PHÒNG HỘ', () => compartmentRows('phong-ho')],
        ['Đặc dụng', 'RỪNG ĐẶC DỤNG', () => compartmentRows('dac-dung')],
        ['Sản xuất', 'RỪNG SẢN XUẤT', () => compartmentRows('san-xuat')],
        ['Hiện trạng', 'HIỆN TRẠNG RỪNG', forestRows],
        ['Diễn biến', 'DIỄN BIẾN RỪNG', forestChangeRows],
      ]),
      book('thuy-loi-2025.xlsx', 'Nguồn nước, hạn, mặn', [
        ['Hồ chứa', 'TÌNH HÌNH HỒ CHỨA', reservoirRows],
        ['Thiếu nước', 'TÌNH HÌNH THIẾU NƯỚC', shortageRows],
        ['Điểm đo', 'ĐIỂM ĐO MẶN', pointRows],
        ['Số đo', 'SỐ ĐO MẶN, MỰC NƯỚC', observationRows],
      ]),
    ],
  })
}

function book(
  file: string,
  title: string,
  sheets: readonly (readonly [name: string, title: string, rows: () => Row[]])[],
): SiteDocument {
  return workbook(file, title, () =>
    sheets.map(([name, heading, rows]) =>
      listSheet({ name, office: 'SỞ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN', title: heading, rows: rows() }),
    ),
  )
}
