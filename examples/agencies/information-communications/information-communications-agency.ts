import { linkedList, pagedList, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { ckanPortal } from '../office/ckan/portal.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { environmentalCertificates, environmentalStandards } from './environment.js'
import { portalDatasets, portalSite } from './portal-datasets.js'
import { postalLicences, pressAgencies, publishingHouses } from './registers.js'
import { performance } from './statistics.js'
import { gameVenues } from './venues.js'

const office = 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG'

/** The department of communications, made up: an open data portal (CKAN), a JSON service, a workbook for its registers. */
export function createInformationCommunicationsAgency(): SampleAgency {
  const sheet = (name: string, title: string, rows: Parameters<typeof listSheet>[0]['rows']) =>
    listSheet({ name, office, title, rows })
  return createSite({
    code: 'information-communications',
    title: 'Sở Thông tin và Truyền thông (dữ liệu mẫu)',
    documents: [
      pagedList('/api/chat-luong/di-dong', 'Chất lượng băng rộng di động', () => performance('mobile')),
      pagedList('/api/chat-luong/co-dinh', 'Chất lượng băng rộng cố định', () => performance('fixed')),
      linkedList('/api/tro-choi-dien-tu', 'Điểm trò chơi điện tử', gameVenues),
      workbook('so-theo-doi-2025.xlsx', 'Sổ theo dõi bưu chính, báo chí, xuất bản, tiêu chuẩn', () => [
        sheet('Giấy phép bưu chính', 'DANH SÁCH GIẤY PHÉP BƯU CHÍNH', postalLicences()),
        sheet('Báo chí', 'DANH SÁCH CƠ QUAN BÁO CHÍ', pressAgencies()),
        sheet('Nhà xuất bản', 'DANH SÁCH NHÀ XUẤT BẢN', publishingHouses()),
        sheet('Tiêu chuẩn môi trường', 'DANH MỤC TIÊU CHUẨN MÔI TRƯỜNG', environmentalStandards()),
        sheet('Chứng nhận môi trường', 'DANH SÁCH CHỨNG NHẬN MÔI TRƯỜNG', environmentalCertificates()),
      ]),
      ...ckanPortal(portalSite, portalDatasets()),
    ],
  })
}
