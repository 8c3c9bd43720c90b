import { linkedList, pagedList, workbook } from '../office/documents.js'
import { listSheet } from '../office/list-sheet.js'
import { createSite } from '../office/site.js'
import type { SampleAgency } from '../sample-agency.js'
import { environmentalCertificates, environmentalStandards } from './environment.js'
import { postalLicences, pressAgencies, publishingHouses } from './registers.js'
import { coverage, performance, subscriptions } from './statistics.js'
import { gameVenues, hotspots, postalPoints } from './venues.js'

const office = 'SỞ THÔNG TIN VÀ TRUYỀN THÔNG'

/** The department of communications, made up: a JSON service for figures and points, a workbook for its registers. */
export function createInformationCommunicationsAgency(): SampleAgency {
  const sheet = (name: string, title: string, rows: Parameters<typeof listSheet>[0]['rows']) =>
    listSheet({ name, office, title, rows })
  return createSite({
    code: 'information-communications',
    title: 'Sở Thông tin và Truyền thông (dữ liệu mẫu)',
    documents: [
      pagedList('/api/thue-bao/di-dong', 'Thuê bao điện thoại di động', () => subscriptions('mobile')),
      pagedList('/api/thue-bao/co-dinh', 'Thuê bao điện thoại cố định', () => subscriptions('fixed')),
      pagedList('/api/thue-bao/bang-rong-co-dinh', 'Thuê bao băng rộng cố định', () =>
        subscriptions('fixed-broadband'),
      ),
      pagedList('/api/thue-bao/bang-rong-di-dong', 'Thuê bao băng rộng di động', () =>
        subscriptions('mobile-broadband'),
      ),
      pagedList('/api/phu-song/di-dong', 'Thôn, làng phủ sóng di động băng rộng', () => coverage('mobile')),
      pagedList('/api/phu-song/co-dinh', 'Thôn, làng có băng rộng cố định', () => coverage('fixed')),
      pagedList('/api/chat-luong/di-dong', 'Chất lượng băng rộng di động', () => performance('mobile')),
      pagedList('/api/chat-luong/co-dinh', 'Chất lượng băng rộng cố định', () => performance('fixed')),
      linkedList('/api/wifi', 'Điểm Wi-Fi công cộng', hotspots),
      linkedList('/api/buu-chinh', 'Điểm phục vụ bưu chính', postalPoints),
      linkedList('/api/tro-choi-dien-tu', 'Điểm trò chơi điện tử', gameVenues),
      workbook('so-theo-doi-2025.xlsx', 'Sổ theo dõi bưu chính, báo chí, xuất bản, tiêu chuẩn', () => [
        sheet('Giấy phép bưu chính', 'DANH SÁCH GIẤY PHÉP BƯU CHÍNH', postalLicences()),
        sheet('Báo chí', 'DANH SÁCH CƠ QUAN BÁO CHÍ', pressAgencies()),
        sheet('Nhà xuất bản', 'DANH SÁCH NHÀ XUẤT BẢN', publishingHouses()),
        sheet('Tiêu chuẩn môi trường', 'DANH MỤC TIÊU CHUẨN MÔI TRƯỜNG', environmentalStandards()),
        sheet('Chứng nhận môi trường', 'DANH SÁCH CHỨNG NHẬN MÔI TRƯỜNG', environmentalCertificates()),
      ]),
    ],
  })
}
