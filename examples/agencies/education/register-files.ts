import { csvFile, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import type { SiteDocument } from '../office/site.js'
import type { SampleFile } from './sample-file.js'
import { libraryRows, titleLines } from './libraries.js'
import { computerRows, continuingRows, languageRows, vocationalRows } from './training.js'

const office = 'SỞ GIÁO DỤC VÀ ĐÀO TẠO'

/** The department's registers of libraries and of institutions that are no schools. */
export function registerFiles(): SampleFile[] {
  return [
    workbook('thu-vien-2025.xlsx', 'Thư viện', () => [
      listSheet({ name: 'Thư viện', office, title: 'DANH SÁCH THƯ VIỆN', rows: libraryRows() }),
    ]),
    csvFile('dau-sach.csv', 'Đầu sách, báo, tạp chí, tài liệu', titleLines),
    workbook('co-so-dao-tao-2025.xlsx', 'Cơ sở giáo dục nghề nghiệp, thường xuyên, ngoại ngữ, tin học', () => [
      listSheet({ name: 'GDNN', office, title: 'CƠ SỞ GIÁO DỤC NGHỀ NGHIỆP', rows: vocationalRows() }),
      listSheet({ name: 'GDTX', office, title: 'CƠ SỞ GIÁO DỤC THƯỜNG XUYÊN', rows: continuingRows() }),
      listSheet({ name: 'Tin học', office, title: 'TRUNG TÂM TIN HỌC', rows: computerRows() }),
      listSheet({ name: 'Ngoại ngữ', office, title: 'TRUNG TÂM NGOẠI NGỮ', rows: languageRows() }),
    ]),
  ].map(fileOf)
}

function fileOf(document: SiteDocument): SampleFile {
  return {
    name: document.path.slice('/files/'.length),
    title: document.title,
    contentType: document.contentType,
    modified: new Date('2025-06-30T01:00:00Z'),
    bytes: () => Buffer.from(document.body(new URLSearchParams())),
  }
}
