import { csvFile, pagedList, workbook } from '../office/documents.js'
import { jsonItems } from '../office/json-items.js'
import { listSheet } from '../office/list-sheet.js'
import { statisticYears } from '../office/periods.js'
import { createSite } from '../office/site.js'
import type { Row } from '../office/rows.js'
import type { SampleAgency } from '../sample-agency.js'
import type { SheetContent } from '../workbook.js'
import { licenceRows, registrationLines } from './figures.js'
import { expresswayRows, inlandPortRows, seaportRows, stationRows } from './infrastructure.js'
import { drivingSchoolRows, noParkingRows, operatorRows, parkingRows, taxiRows } from './lists.js'
import { fareRows, routeRows } from './routes.js'
import { signalRows } from './signals.js'

function sheet(name: string, title: string, rows: readonly Row[]): SheetContent {
  return listSheet({ name, office: 'SỞ GIAO THÔNG VẬN TẢI', title, rows })
}

/** The offices of the transport department beside its bus system, made up: workbooks, yearly files and two services. */
export function createTransportOffice(): SampleAgency {
  return createSite({
    code: 'transport-office',
    title: 'Sở Giao thông vận tải – văn phòng (dữ liệu mẫu)',
    documents: [
      workbook('tuyen-co-dinh-2025.xlsx', 'Tuyến cố định và giá cước', () => [
        sheet('Tuyến', 'MẠNG LƯỚI TUYẾN CỐ ĐỊNH', routeRows()),
        sheet('Giá cước', 'KÊ KHAI GIÁ CƯỚC TUYẾN CỐ ĐỊNH', fareRows()),
      ]),
      workbook('ha-tang-2025.xlsx', 'Cảng biển, ga, cao tốc, thủy nội địa', () => [
        sheet('Cảng biển', 'HỆ THỐNG CẢNG BIỂN', seaportRows()),
        sheet('Ga', 'GA ĐƯỜNG SẮT', stationRows()),
        sheet('Cao tốc', 'ĐƯỜNG BỘ CAO TỐC', expresswayRows()),
        sheet('Thủy nội địa', 'CẢNG, BẾN THỦY NỘI ĐỊA', inlandPortRows()),
      ]),
      workbook('danh-sach-2025.xlsx', 'Đào tạo lái xe, trông giữ xe, cấm đỗ, taxi', () => [
        sheet('Đào tạo lái xe', 'CƠ SỞ ĐÀO TẠO, SÁT HẠCH LÁI XE', drivingSchoolRows()),
        sheet('Trông giữ xe', 'ĐIỂM TRÔNG GIỮ XE VÀ GIÁ DỊCH VỤ', parkingRows()),
        sheet('Cấm đỗ', 'TUYẾN ĐƯỜNG CẤM ĐỖ XE', noParkingRows()),
        sheet('Taxi', 'HÃNG TAXI', taxiRows()),
      ]),
      ...statisticYears.map((year) =>
        csvFile(`dang-ky-xe-${year}.csv`, `Đăng ký xe cơ giới năm ${year}`, () => registrationLines(year)),
      ),
      workbook('giay-phep-lai-xe.xlsx', 'Cấp giấy phép lái xe', () =>
        statisticYears.map((year) => sheet(String(year), `CẤP GIẤY PHÉP LÁI XE NĂM ${year}`, licenceRows(year))),
      ),
      pagedList('/api/bao-hieu', 'Báo hiệu đường bộ', () => jsonItems(signalRows())),
      pagedList('/api/don-vi-van-tai', 'Đơn vị kinh doanh vận tải', () => jsonItems(operatorRows())),
    ],
  })
}
