import { csvFile, pagedList, workbook } from '../office/documents.js'
import { jsonItems } from '../office/json-items.js'
import { listSheet } from '../office/list-sheet.js'
import { statisticYears } from '../office/periods.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { abtcRows, consularRows, passportRows } from './consular.js'
import { inboundLines, outboundLines, pressLines } from './delegations.js'
import { agreementRows, conferenceRows } from './events.js'
import { aidRows, organisationRows } from './organisations.js'
import { compatriotLines, violationLines } from './people-abroad.js'

const office = 'SỞ NGOẠI VỤ'

const files = [
  ['doan-ra', 'Đoàn ra', outboundLines],
  ['doan-vao', 'Đoàn vào', inboundLines],
  ['bao-chi-nuoc-ngoai', 'Đoàn báo chí nước ngoài', pressLines],
  ['tau-ca-vi-pham', 'Tàu cá vi phạm vùng biển nước ngoài', violationLines],
  ['nguoi-binh-dinh-o-nuoc-ngoai', 'Người Bình Định ở nước ngoài', compatriotLines],
] as const

/** The department of foreign affairs, made up: yearly files, workbooks and the consular counter's service. Numbers, not people. */
export function createExternalRelationsAgency(): SampleAgency {
  return createSite({
    code: 'external-relations',
    title: 'Sở Ngoại vụ (dữ liệu mẫu)',
    documents: [
      ...files.flatMap(([name, title, linesOf]) =>
        statisticYears.map((year) =>
          csvFile(
            `${name}-${year}.csv`,
            `${title} năm ${year}`,
            () => linesOf(year),
            year < 2022 && name.startsWith('doan-') ? 'windows-1258' : 'utf-8',
          ),
        ),
      ),
      workbook('ho-chieu.xlsx', 'Hộ chiếu ngoại giao, hộ chiếu công vụ', () =>
        statisticYears.map((year) =>
          listSheet({
            name: String(year),
            office,
            title: `QUẢN LÝ, SỬ DỤNG HỘ CHIẾU NGOẠI GIAO, CÔNG VỤ NĂM ${year}`,
            rows: passportRows(year),
          }),
        ),
      ),
      workbook('the-abtc.xlsx', 'Thẻ ABTC', () =>
        statisticYears.map((year) =>
          listSheet({
            name: String(year),
            office,
            title: `QUẢN LÝ, SỬ DỤNG THẺ ABTC NĂM ${year}`,
            rows: abtcRows(year),
          }),
        ),
      ),
      workbook('phi-chinh-phu-2025.xlsx', 'Tổ chức phi chính phủ nước ngoài và viện trợ', () => [
        listSheet({ name: 'Tổ chức', office, title: 'TỔ CHỨC PHI CHÍNH PHỦ NƯỚC NGOÀI', rows: organisationRows() }),
        listSheet({ name: 'Viện trợ', office, title: 'VIỆN TRỢ PHI CHÍNH PHỦ NƯỚC NGOÀI', rows: aidRows() }),
      ]),
      workbook('su-kien-thoa-thuan-2025.xlsx', 'Hội nghị quốc tế và thỏa thuận quốc tế', () => [
        listSheet({ name: 'Hội nghị', office, title: 'HỘI NGHỊ, HỘI THẢO QUỐC TẾ', rows: conferenceRows() }),
        listSheet({ name: 'Thỏa thuận', office, title: 'THỎA THUẬN QUỐC TẾ VÀ ĐỐI TÁC', rows: agreementRows() }),
      ]),
      pagedList('/api/lanh-su', 'Chứng nhận, hợp pháp hóa lãnh sự', () => jsonItems(consularRows())),
    ],
  })
}
