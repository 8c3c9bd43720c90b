import { csvFile, pagedList, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { csvRows, type Row } from '../office/rows.js'
import { createSite, type SiteDocument } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { budgetYears, disclosureDocuments, disclosureRows, stateBudgetRows } from './budget.js'
import { depositRows, depositYears } from './deposits.js'
import { auctionRows, capitalMarketRows, customsAgentRows, procurementRows } from './notices.js'
import { projectItems } from './projects.js'

/** The finance department, made up: projects come in pages, budgets and rates as a CSV file a year, the rest as workbooks. */
export function createFinanceAgency(): SampleAgency {
  return createSite({
    code: 'finance',
    title: 'Sở Tài chính (dữ liệu mẫu)',
    documents: [
      pagedList('/api/du-an', 'Dự án đầu tư công', projectItems),
      ...depositYears.map((year) =>
        csvFile(
          `lai-suat-${year}.csv`,
          `Lãi suất tiền gửi ${year}`,
          () => csvRows(depositRows(year)),
          year === '2025' ? 'utf-8' : 'windows-1258',
        ),
      ),
      ...budgetYears.map((year) =>
        csvFile(
          `ngan-sach-${year}.csv`,
          `Ngân sách nhà nước ${year}`,
          () => csvRows(stateBudgetRows(year)),
          year < 2023 ? 'windows-1258' : 'utf-8',
        ),
      ),
      list('cong-khai-ngan-sach.xlsx', 'Công khai ngân sách', [
        ['Thực hiện', 'THỰC HIỆN NGÂN SÁCH THEO QUÝ', disclosureRows],
        ['Văn bản', 'VĂN BẢN CÔNG KHAI NGÂN SÁCH', disclosureDocuments],
      ]),
      list('dau-gia-2025.xlsx', 'Lựa chọn tổ chức đấu giá', [
        ['Thông báo', 'THÔNG BÁO LỰA CHỌN TỔ CHỨC ĐẤU GIÁ', auctionRows],
      ]),
      list('mua-sam-2025.xlsx', 'Mua sắm tài sản công', [['Mua sắm', 'MUA SẮM TÀI SẢN CÔNG', procurementRows]]),
      list('thi-truong-von-2025.xlsx', 'Tổ chức trên thị trường chứng khoán', [
        ['Danh sách', 'TỔ CHỨC TRÊN THỊ TRƯỜNG CHỨNG KHOÁN', capitalMarketRows],
      ]),
      list('dai-ly-hai-quan-2025.xlsx', 'Đại lý hải quan', [
        ['Danh sách', 'ĐẠI LÝ LÀM THỦ TỤC HẢI QUAN', customsAgentRows],
      ]),
    ],
  })
}

function list(
  file: string,
  title: string,
  sheets: readonly (readonly [name: string, title: string, rows: () => Row[]])[],
): SiteDocument {
  return workbook(file, title, () =>
    sheets.map(([name, heading, rows]) => listSheet({ name, office: 'SỞ TÀI CHÍNH', title: heading, rows: rows() })),
  )
}
