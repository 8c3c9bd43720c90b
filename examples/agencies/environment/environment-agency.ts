import { csvFile, linkedList, pagedList, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { csvRows, type Row } from '../office/rows.js'
import { createSite, type SiteDocument } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import type { SheetContent } from '../workbook.js'
import { farmlandPriceRows, streetPriceRows, tableYears } from './land-prices.js'
import { samplings } from './measurements.js'
import { mineralAreaRows, mineralLicenceRows } from './minerals.js'
import { impactDecisionRows, permitHolders, permitRows } from './permits.js'
import { pollutedSiteRows, reportRows } from './reports.js'
import { stationItems, type Medium } from './stations.js'
import { capacityRows, wastewaterRows, waterLicenceRows } from './water.js'

/** The environment department, made up: its monitoring system answers in pages, licences and land prices are files. */
export function createEnvironmentAgency(): SampleAgency {
  return createSite({
    code: 'environment',
    title: 'Sở Tài nguyên và Môi trường (dữ liệu mẫu)',
    documents: [
      ...monitoring('khong-khi', 'không khí', ['KK']),
      ...monitoring('nuoc', 'nước', ['NM', 'NB', 'NDD']),
      ...monitoring('dat', 'đất', ['DAT']),
      workbook('o-nhiem-va-nguon-thai-2025.xlsx', 'Khu vực ô nhiễm, khả năng chịu tải, nguồn thải', () => [
        sheet('Ô nhiễm đất', 'KHU VỰC Ô NHIỄM MÔI TRƯỜNG ĐẤT', pollutedSiteRows()),
        sheet('Khả năng chịu tải', 'KHẢ NĂNG CHỊU TẢI CỦA NGUỒN NƯỚC MẶT', capacityRows(), ['Mã đoạn', 'Nguồn nước']),
        sheet('Nguồn thải', 'NGUỒN THẢI VÀO NƯỚC MẶT', wastewaterRows(permitHolders())),
      ]),
      workbook('khoang-san-2025.xlsx', 'Quy hoạch và giấy phép khoáng sản', () => [
        sheet('Quy hoạch', 'KHU VỰC QUY HOẠCH KHOÁNG SẢN', mineralAreaRows()),
        sheet('Giấy phép', 'GIẤY PHÉP THĂM DÒ, KHAI THÁC KHOÁNG SẢN', mineralLicenceRows()),
      ]),
      workbook('tai-nguyen-nuoc-2025.xlsx', 'Giấy phép tài nguyên nước', () => [
        sheet('Giấy phép', 'GIẤY PHÉP TÀI NGUYÊN NƯỚC', waterLicenceRows()),
      ]),
      workbook('moi-truong-2025.xlsx', 'Đánh giá tác động, giấy phép và báo cáo môi trường', () => [
        sheet('ĐTM', 'QUYẾT ĐỊNH PHÊ DUYỆT KẾT QUẢ THẨM ĐỊNH ĐTM', impactDecisionRows()),
        sheet('Giấy phép môi trường', 'GIẤY PHÉP MÔI TRƯỜNG', permitRows()),
        sheet('Báo cáo', 'DANH MỤC BÁO CÁO MÔI TRƯỜNG', reportRows()),
      ]),
      ...tableYears.map((year) =>
        workbook(`gia-dat-nong-nghiep-${year}.xlsx`, `Bảng giá đất nông nghiệp từ năm ${year}`, () => [
          sheet('Giá đất', `BẢNG GIÁ ĐẤT NÔNG NGHIỆP (TỪ NĂM ${year})`, farmlandPriceRows(year), ['Mã huyện', 'Mã xã']),
        ]),
      ),
      ...tableYears.map((year) =>
        csvFile(
          `gia-dat-phi-nong-nghiep-${year}.csv`,
          `Bảng giá đất phi nông nghiệp từ năm ${year}`,
          () => csvRows(streetPriceRows(year)),
          year === '2020' ? 'windows-1258' : 'utf-8',
        ),
      ),
    ],
  })
}

function sheet(name: string, title: string, rows: readonly Row[], merged: readonly string[] = []): SheetContent {
  return listSheet({ name, office: 'SỞ TÀI NGUYÊN VÀ MÔI TRƯỜNG', title, rows, merged })
}

function monitoring(path: string, what: string, media: readonly Medium[]): SiteDocument[] {
  return [
    linkedList(`/api/quan-trac/${path}/diem`, `Điểm quan trắc ${what}`, () => stationItems(media)),
    pagedList(`/api/quan-trac/${path}/ket-qua`, `Kết quả quan trắc ${what}`, () => samplings(media)),
  ]
}
