import { csvFile, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { projectLines } from './projects.js'
import { certificateRows, instrumentRows, standardRows } from './quality.js'

const office = 'SỞ KHOA HỌC VÀ CÔNG NGHỆ'

/** The department of science, made up: CSV files of its tasks (the older one Windows-1258) and a workbook about quality. */
export function createScienceTechnologyAgency(): SampleAgency {
  return createSite({
    code: 'science-technology',
    title: 'Sở Khoa học và Công nghệ (dữ liệu mẫu)',
    documents: [
      csvFile('nhiem-vu-2015-2020.csv', 'Nhiệm vụ KH&CN 2015-2020', () => projectLines('2015-2020'), 'windows-1258'),
      csvFile('nhiem-vu-2021-2025.csv', 'Nhiệm vụ KH&CN 2021-2025', () => projectLines('2021-2025')),
      workbook('tieu-chuan-do-luong-chat-luong.xlsx', 'Tiêu chuẩn, đo lường, chất lượng', () => [
        listSheet({ name: 'Tiêu chuẩn', office, title: 'DANH MỤC TIÊU CHUẨN, QUY CHUẨN', rows: standardRows() }),
        listSheet({
          name: 'Công bố, chứng nhận',
          office,
          title: 'CÔNG BỐ HỢP CHUẨN, HỢP QUY',
          rows: certificateRows(),
        }),
        listSheet({ name: 'Phương tiện đo', office, title: 'PHƯƠNG TIỆN ĐO ĐÃ KIỂM ĐỊNH', rows: instrumentRows() }),
      ]),
    ],
  })
}
